import { NUMBER_KINDS } from '../../../domain/kernel/check-digits.ts';
import { type Issue, Refused } from '../../../domain/kernel/result.ts';
import {
  type ClaimSubmission,
  ClaimSubmissionSchema,
  type Registration,
  RegistrationSchema,
} from '../../../domain/records/claim.ts';
import type { ContractDefinition } from '../../../domain/records/contract.ts';
import { zodWords } from '../http/problem.ts';
import type { Language } from '../http/said.ts';
import { detectDelimiter, splitRecord } from '../intake/csv.ts';
import { readRecords } from '../intake/records.ts';

/** One claim of a CSV: the rows that name the same person and milestone, with the line of the first. */
export type CsvClaim = {
  readonly line: number;
  readonly submission: ClaimSubmission;
  /** The person, where the rows say enough to register them. */
  readonly registration: Registration;
};
export type CsvClaims = {
  readonly rows: number;
  readonly claims: readonly CsvClaim[];
  readonly issues: readonly Issue[];
};

const REQUIRED = ['participant', 'milestone', 'kind', 'date'] as const;
const OPTIONAL = [
  'end',
  'provider',
  'person_kind',
  'person_number',
  'birth_date',
  'document_sha256',
  'document_bytes',
  'document_type',
  'document_name',
] as const;
type Row = { readonly line: number; readonly cells: ReadonlyMap<string, string> };

/**
 * Reads a CSV of claims (comma or semicolon, UTF-8 with or without BOM): a row is one fact of a claim, and rows of
 * the same participant and milestone are one claim. Other columns are fields of the event or attributes of the person,
 * as the contract names them. Refused as a whole: no rows, a missing or unknown column. A bad row is an issue with its
 * line, and takes its whole claim with it: half a claim must not go in.
 */
export async function readClaimsCsv(
  text: string,
  contract: ContractDefinition,
  provider: string,
  { file = 'claims.csv', language = 'es' }: { file?: string; language?: Language } = {},
): Promise<CsvClaims> {
  const rows = await readRows(text, contract, file);
  const issues: Issue[] = rows.issues;
  const groups = new Map<string, Row[]>();
  for (const row of rows.rows) {
    const key = JSON.stringify([row.cells.get('participant'), row.cells.get('milestone')]);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  const claims: CsvClaim[] = [];
  for (const group of groups.values()) {
    const before = issues.length;
    const claim = readClaim(
      group,
      contract,
      { provider, language },
      (line, path, message, code = 'BAD_VALUE') => issues.push({ code, path, message, file, line }),
    );
    if (issues.length === before && claim) claims.push(claim);
  }
  issues.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return { rows: rows.count, claims, issues };
}

async function readRows(text: string, contract: ContractDefinition, file: string) {
  const chunks = async function* () {
    yield Buffer.from(text);
  };
  const rows: Row[] = [];
  const issues: Issue[] = [];
  let header: string[] | undefined;
  let delimiter: ',' | ';' = ',';
  let count = 0;
  for await (const batch of readRecords(chunks(), file, 'csv'))
    for (const [i, record] of batch.records.entries()) {
      const line = batch.lines[i]!;
      if (!header) {
        delimiter = detectDelimiter(record);
        header = readHeader(splitRecord(record, delimiter), contract, file);
        continue;
      }
      count += 1;
      const cells = splitRecord(record, delimiter);
      if (!cells || cells.length !== header.length) {
        const message = `the row has ${cells?.length ?? 0} columns, the header ${header.length}`;
        issues.push({ code: 'BAD_ROW', path: '', message, file, line });
      } else rows.push({ line, cells: new Map(header.map((name, k) => [name, cells[k]!.trim()])) });
    }
  if (count === 0)
    throw new Refused({
      code: 'FILE_EMPTY',
      message: `${file} has no rows`,
      at: file,
      next: 'check the export',
    });
  return { rows, issues, count };
}

function readHeader(cells: string[] | undefined, contract: ContractDefinition, file: string): string[] {
  const header = (cells ?? []).map((name) => name.trim());
  const fields = Object.values(contract.events).flatMap((event) => Object.keys(event.fields));
  const known = new Set<string>([...REQUIRED, ...OPTIONAL, ...fields, ...Object.keys(contract.attributes)]);
  const wrong = [
    ...REQUIRED.filter((name) => !header.includes(name)).map((name) => `lacks ${name}`),
    ...header
      .filter((name) => !known.has(name))
      .map((name) => `does not know ${name || 'a column without a name'}`),
    ...header.filter((name, i) => header.indexOf(name) !== i).map((name) => `has ${name} twice`),
  ];
  if (wrong.length === 0) return header;
  throw new Refused({
    code: 'FILE_HEADER',
    message: `${file}: the header ${wrong.join('; ')}`,
    at: `${file}:1`,
    next: `its columns are ${[...known].join(', ')}`,
  });
}

type Add = (line: number, path: string, message: string, code?: string) => void;

function readClaim(
  group: readonly Row[],
  contract: ContractDefinition,
  { provider, language }: { provider: string; language: Language },
  add: Add,
): CsvClaim | undefined {
  const first = group[0]!;
  const seen = new Set<string>();
  for (const { line, cells } of group) {
    const content = JSON.stringify([...cells]);
    if (seen.has(content)) add(line, '', 'the same row came before', 'DUPLICATE_ROW');
    seen.add(content);
    const other = cells.get('provider');
    // On behalf of another institute: nothing of such a claim goes in, and the row says so.
    if (other && other !== provider)
      add(line, 'provider', 'not the institute of the token', 'OTHER_PROVIDER');
  }
  const words = { error: zodWords(language) };
  const content = {
    contract: contract.id,
    participant: first.cells.get('participant'),
    milestone: first.cells.get('milestone'),
    events: group.map((row) => eventOf(row, contract)),
    documents: documentsOf(group),
  };
  const submission = ClaimSubmissionSchema.safeParse(content, words);
  const registration = RegistrationSchema.safeParse(registrationOf(first, contract), words);
  for (const { error, success } of [submission, registration])
    if (!success)
      for (const issue of error.issues) {
        const row = issue.path[0] === 'events' ? group[Number(issue.path[1])] : first;
        add(
          (row ?? first).line,
          issue.path.filter((part) => typeof part === 'string').join('.'),
          issue.message,
        );
      }
  if (!submission.success || !registration.success) return undefined;
  return { line: first.line, submission: submission.data, registration: registration.data };
}

const filled = (row: Row, names: readonly string[]): [string, string][] =>
  names.flatMap((name) => {
    const value = row.cells.get(name);
    return value === undefined || value === '' ? [] : [[name, value]];
  });

function eventOf(row: Row, contract: ContractDefinition) {
  const kind = row.cells.get('kind')!;
  const fields = Object.keys(contract.events[kind]?.fields ?? {});
  const document = row.cells.get('document_sha256');
  return {
    kind,
    ...Object.fromEntries(filled(row, ['date', 'end', ...fields])),
    ...(document && { document }),
  };
}

function documentsOf(group: readonly Row[]) {
  const documents = new Map<string, { sha256: string; bytes: number; type: string; name: string }>();
  for (const { cells } of group) {
    const sha256 = cells.get('document_sha256');
    if (sha256)
      documents.set(sha256, {
        sha256,
        bytes: Number(cells.get('document_bytes') || Number.NaN),
        type: cells.get('document_type') ?? '',
        name: cells.get('document_name') || sha256.slice(0, 12),
      });
  }
  return [...documents.values()];
}

function registrationOf(row: Row, contract: ContractDefinition) {
  const { cells } = row;
  const number = cells.get('person_number');
  const kind = NUMBER_KINDS.find((name) => name === cells.get('person_kind'));
  return {
    contract: contract.id,
    id: cells.get('participant'),
    ...(number && { number: { kind: kind ?? cells.get('person_kind'), value: number } }),
    ...(cells.get('birth_date') && { birthDate: cells.get('birth_date') }),
    attributes: Object.fromEntries(filled(row, Object.keys(contract.attributes))),
  };
}
