import { z } from 'zod';
import type { Ports } from '../adapters/ports.ts';
import { joiningShards, shardName, shardOf } from '../domain/kernel/shards.ts';
import type { EvidenceRow, Exemption } from '../domain/records/household.ts';
import type { ProgrammeDefinition } from '../domain/records/programme.ts';
import { bulk, CycleRef, definitionByHash, type FrozenInputs, frozenInputs } from './support/cycle.ts';
import { step } from './support/handler.ts';
import { JsonLines, parseLines, writeOnce } from './support/jsonl.ts';
import { readSegment, Segments } from './support/segments.ts';

const Input = CycleRef.extend({ source: z.object({ batch: z.string(), shard: z.number().int() }) });
const Output = z.object({ matched: z.number().int(), unknown: z.number().int() });

/** A row of evidence with the household that it speaks of. */
export type ShuffledRow = EvidenceRow & {
  readonly household: string;
  readonly file?: string;
  readonly line?: number;
};
export const shuffledName = (source: { batch: string; shard: number }) =>
  `${source.batch}-${shardName(source.shard)}`;

/**
 * Brings evidence, which arrives by person, to the shard of the person's household. A subject that the frozen
 * roster does not know is an issue with its file and line: listed, never dropped in silence. Where a household and a
 * person have the same id, the kind of the evidence says of which of them it is.
 */
export const handler = step('ShuffleEvidence', { input: Input, output: Output }, async (input, { ports }) => {
  const inputs = await frozenInputs(ports, input);
  const { source } = input;
  const subjects = await subjectsOf(ports, inputs, source);
  const definition = subjects.clash ? await definitionByHash(ports, inputs.definitionHash) : undefined;
  const out = new Segments(inputs.roster.shards);
  const issues = new JsonLines();
  let [matched, unknown] = [0, 0];
  for (const stage of ['rows', 'exemptions']) {
    const body = await ports.objects.get(
      bulk(`evidence/${source.batch}/${stage}/${shardName(source.shard)}.jsonl`),
    );
    if (!body) continue;
    for (const row of parseLines<ShuffledRow>(body)) {
      const household = householdOf(row, subjects, definition);
      if (household !== undefined && household !== 'either') {
        out.add(shardOf(household, inputs.roster.shards), {
          ...row,
          household,
          ...(stage === 'exemptions' && { exemption: true }),
        });
        matched += 1;
      } else {
        issues.add(household === 'either' ? ofEither(row) : unknownSubject(row));
        unknown += 1;
      }
    }
  }
  const name = shuffledName(source);
  await out.write(ports.objects, 'bulk', `${input.prefix}/shuffled/${name}.jsonl`);
  await writeOnce(ports.objects, bulk(`${input.prefix}/exceptions/shuffle-${name}.jsonl`), issues.bytes());
  return { matched, unknown };
});

type Subjects = {
  readonly households: ReadonlySet<string>;
  /** The household of each person. */
  readonly homes: ReadonlyMap<string, string>;
  /** Whether some person has the id of some household, their own or another. */
  readonly clash: boolean;
};

/** The households and people of the roster who may be subjects of a shard of evidence. */
async function subjectsOf(
  ports: Ports,
  { evidence, roster }: FrozenInputs,
  source: { readonly batch: string; readonly shard: number },
): Promise<Subjects> {
  const personShards = evidence.find((batch) => batch.batch === source.batch)!.personShards;
  const households = new Set<string>();
  const homes = new Map<string, string>();
  for (const shard of joiningShards(source.shard, personShards, roster.personShards))
    for (let part = 0; part < roster.shards; part++) {
      const key = `roster/${roster.batch}/members/${shardName(part)}.jsonl`;
      // A household stands as its own before its members: who comes again with the same id is a member of it.
      for (const [subject, household] of await readSegment<[string, string]>(
        ports.objects,
        'bulk',
        key,
        shard,
      ))
        if (subject === household && !households.has(subject)) households.add(subject);
        else homes.set(subject, household);
    }
  let clash = false;
  for (const id of homes.keys()) clash ||= households.has(id);
  return { households, homes, clash };
}

/** Of which household a row speaks; `either` where it may be of a household or of a person, and nothing tells. */
function householdOf(
  row: ShuffledRow,
  { households, homes }: Subjects,
  definition: ProgrammeDefinition | undefined,
): string | 'either' | undefined {
  const { subject } = row;
  const home = homes.get(subject);
  if (!households.has(subject) || home === undefined || !definition)
    return home ?? (households.has(subject) ? subject : undefined);
  const { condition } = row as unknown as Partial<Exemption>;
  if (condition === undefined) return definition.evidence[row.kind]?.of === 'household' ? subject : home;
  const asked = definition.conditions.find(({ id }) => id === condition);
  return asked?.of === 'household' ? subject : 'either';
}

const issueOf = (row: ShuffledRow, code: string, message: string) => ({
  stage: 'ShuffleEvidence',
  code,
  subject: row.subject,
  file: row.file,
  line: row.line,
  message,
});
const unknownSubject = (row: ShuffledRow) =>
  issueOf(row, 'EVIDENCE_UNKNOWN_SUBJECT', `evidence for ${row.subject}, who is not in the frozen roster`);
const ofEither = (row: ShuffledRow) =>
  issueOf(
    row,
    'AMBIGUOUS_SUBJECT',
    `${row.subject} is a household and a person of the frozen roster; neither is exempted`,
  );
