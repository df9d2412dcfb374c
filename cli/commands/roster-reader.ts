import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Refused } from '../../domain/kernel/result.ts';
import type { EvidenceRow, Exemption, Household, Member } from '../../domain/records/household.ts';
import { Problems } from '../../domain/records/intake-codes.ts';
import { mappingForFile, readEvidence, readExemption } from '../../domain/records/intake-evidence.ts';
import { type ReadRow, readHousehold, readMember } from '../../domain/records/intake-household.ts';
import type { Mapping } from '../../domain/records/mapping.ts';
import { detectDelimiter, endsInsideQuotes, splitRecord } from '../../functions/support/intake/csv.ts';

export type ReadRoster = {
  readonly households: readonly Household[];
  readonly evidence: ReadonlyMap<string, readonly EvidenceRow[]>;
  readonly exemptions: ReadonlyMap<string, readonly Exemption[]>;
  /** Rows that could not be read, and evidence about people who are not on the roster. */
  readonly rejected: number;
};

function rows(path: string): string[][] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    throw new Refused({
      code: 'BAD_INPUT',
      message: `cannot read ${path}`,
      at: path,
      next: 'Check the path.',
    });
  }
  const [head = '', ...lines] = text.split(/\r?\n/);
  const delimiter = detectDelimiter(head);
  const records = [head];
  let open = false;
  for (const line of lines) {
    if (open) records[records.length - 1] += `\n${line}`;
    else if (line !== '') records.push(line);
    open = (open || line !== '') && endsInsideQuotes(line, open, delimiter);
  }
  return records.map((record) => splitRecord(record, delimiter) ?? []);
}

/**
 * A roster and its evidence as records, for trying a version out: the same columns and mapping as a cycle, all
 * in memory. Bad rows are counted and left out; a cycle's intake says what is wrong with each.
 */
export function readRoster(dir: string, evidenceFiles: readonly string[], mapping: Mapping): ReadRoster {
  let rejected = 0;
  const each = <T>(path: string, reader: (header: string[]) => ReadRow<T>, use: (value: T) => void) => {
    const [header = [], ...records] = rows(path);
    const read = reader(header);
    for (const cells of records) {
      const problems = new Problems();
      const value = cells.length === header.length ? read(cells, problems) : undefined;
      if (value === undefined) rejected += 1;
      else use(value);
    }
  };
  const households = new Map<string, Household & { members: Member[] }>();
  const homeOf = new Map<string, string>();
  const { households: ofHouseholds, members: ofMembers } = mapping;
  if (!ofHouseholds || !ofMembers)
    throw new Refused({ code: 'BAD_INPUT', message: 'the mapping has no households or members' });
  each(
    join(dir, ofHouseholds.file),
    (header) => readHousehold(ofHouseholds, header, mapping),
    (household) => {
      if (!households.has(household.id)) households.set(household.id, { ...household, members: [] });
    },
  );
  each(
    join(dir, ofMembers.file),
    (header) => readMember(ofMembers, header, mapping),
    ({ household, member }) => {
      const home = households.get(household);
      if (!home || homeOf.has(member.id)) {
        rejected += 1;
        return;
      }
      homeOf.set(member.id, household);
      home.members.push(member);
    },
  );
  const evidence = new Map<string, EvidenceRow[]>();
  const exemptions = new Map<string, Exemption[]>();
  const take =
    <T extends { subject: string }>(into: Map<string, T[]>) =>
    (row: T) => {
      const home = homeOf.get(row.subject) ?? (households.has(row.subject) ? row.subject : undefined);
      if (home === undefined) rejected += 1;
      else if (into.has(home)) into.get(home)!.push(row);
      else into.set(home, [row]);
    };
  for (const path of evidenceFiles) {
    // As in a cycle, the name of the file says what it is.
    if (basename(path).startsWith('exemptions')) {
      const excused = mappingForFile(mapping.exemptions, basename(path))!;
      each(path, (header) => readExemption(excused, header, mapping), take(exemptions));
      continue;
    }
    const mine = mappingForFile(mapping.evidence, basename(path));
    if (!mine)
      throw new Refused({
        code: 'BAD_INPUT',
        message: `no evidence mapping fits ${basename(path)}`,
        at: path,
      });
    each(path, (header) => readEvidence(mine, header, mapping), take(evidence));
  }
  return { households: [...households.values()], evidence, exemptions, rejected };
}
