import { z } from 'zod';
import { joiningShards, shardName, shardOf } from '../domain/kernel/shards.ts';
import type { EvidenceRow } from '../domain/records/household.ts';
import { bulk, CycleRef, frozenInputs } from './support/cycle.ts';
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
 * roster does not know is an issue with its file and line: listed, never dropped in silence.
 */
export const handler = step('ShuffleEvidence', { input: Input, output: Output }, async (input, { ports }) => {
  const inputs = await frozenInputs(ports, input);
  const { source } = input;
  const personShards = inputs.evidence.find((batch) => batch.batch === source.batch)!.personShards;
  const households = new Map<string, string>();
  for (const shard of joiningShards(source.shard, personShards, inputs.roster.personShards)) {
    const prefix = `roster/${inputs.roster.batch}`;
    for (let part = 0; part < inputs.roster.shards; part++) {
      const key = `${prefix}/members/${shardName(part)}.jsonl`;
      for (const [subject, household] of await readSegment<[string, string]>(
        ports.objects,
        'bulk',
        key,
        shard,
      ))
        households.set(subject, household);
    }
  }
  const out = new Segments(inputs.roster.shards);
  const issues = new JsonLines();
  let matched = 0;
  for (const stage of ['rows', 'exemptions']) {
    const body = await ports.objects.get(
      bulk(`evidence/${source.batch}/${stage}/${shardName(source.shard)}.jsonl`),
    );
    if (!body) continue;
    for (const row of parseLines<ShuffledRow>(body)) {
      const household = households.get(row.subject);
      if (household) {
        out.add(shardOf(household, inputs.roster.shards), {
          ...row,
          household,
          ...(stage === 'exemptions' && { exemption: true }),
        });
        matched += 1;
      } else issues.add(unknownSubject(row));
    }
  }
  const name = shuffledName(source);
  await out.write(ports.objects, 'bulk', `${input.prefix}/shuffled/${name}.jsonl`);
  await writeOnce(ports.objects, bulk(`${input.prefix}/exceptions/shuffle-${name}.jsonl`), issues.bytes());
  return { matched, unknown: issues.count };
});

const unknownSubject = (row: ShuffledRow) => ({
  stage: 'ShuffleEvidence',
  code: 'EVIDENCE_UNKNOWN_SUBJECT',
  subject: row.subject,
  file: row.file,
  line: row.line,
  message: `evidence for ${row.subject}, who is not in the frozen roster`,
});
