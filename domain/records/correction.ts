import { z } from 'zod';
import type { Month } from '../kernel/period.ts';
import { ok, type Result, refuse } from '../kernel/result.ts';
import { DaySchema, IdSchema } from './contract-value.ts';
import type { EvidenceRow, Exemption, Household, Member } from './household.ts';
import { EXEMPTIONS } from './programme/condition.ts';
import { pathText, sayIssue } from './programme/say-issue.ts';

/** Why the past is looked at again. */
export const CORRECTION_REASONS = [
  'late_evidence',
  'justification',
  'appeal_upheld',
  'registry_change',
] as const;
export type CorrectionReason = (typeof CORRECTION_REASONS)[number];

const MonthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month, YYYY-MM');
const Text = z.string().min(1).max(300);
const Scalar = z.union([z.string().max(300), z.number(), z.boolean()]);
const attributes = z.record(z.string(), Scalar).optional();

const MemberChange = z.strictObject({
  id: Text,
  birthDate: DaySchema.optional(),
  sex: z.enum(['F', 'M']).optional(),
  grade: z.number().optional(),
  relationship: Text.optional(),
  attributes,
  /** The person was not of this household. */
  left: z.literal(true).optional(),
});

const RegistryChange = z.strictObject({
  /** First month for which the registry should have said so. */
  from: MonthSchema,
  territory: Text.optional(),
  attributes,
  members: z.array(MemberChange).optional(),
});

/** What somebody asks to be corrected in a household's closed cycles. */
export const CorrectionSchema = z
  .strictObject({
    id: IdSchema,
    programme: IdSchema,
    household: Text,
    reason: z.enum(CORRECTION_REASONS),
    /** Why, in words, for those who approve and audit it. */
    because: Text,
    /** Rows that replace those of the same subject, kind and month. */
    evidence: z
      .array(
        z.strictObject({
          subject: Text,
          kind: Text,
          period: MonthSchema,
          value: Scalar,
          source: Text.optional(),
        }),
      )
      .default([]),
    exemptions: z
      .array(
        z.strictObject({
          subject: Text,
          condition: Text,
          kind: z.enum(EXEMPTIONS),
          from: MonthSchema,
          until: MonthSchema,
          reason: Text,
        }),
      )
      .default([]),
    registry: z.array(RegistryChange).default([]),
  })
  .refine(
    ({ evidence, exemptions, registry }) => evidence.length + exemptions.length + registry.length > 0,
    'una corrección trae evidence, exemptions o registry / a correction brings evidence, exemptions or registry',
  );

type Patch = {
  readonly from: Month;
  readonly territory?: string;
  readonly attributes?: Household['attributes'];
  readonly members?: readonly (Partial<Member> & { readonly id: string; readonly left?: true })[];
};
export type CorrectionCase = {
  readonly id: string;
  readonly programme: string;
  readonly household: string;
  readonly reason: CorrectionReason;
  readonly because: string;
  readonly evidence: readonly EvidenceRow[];
  readonly exemptions: readonly Exemption[];
  readonly registry: readonly Patch[];
};

/** A correction read strictly. Refuses BAD_INPUT with each path and what is wrong. */
export function parseCorrection(json: unknown): Result<CorrectionCase> {
  const parsed = CorrectionSchema.safeParse(json);
  if (parsed.success) return ok(parsed.data as unknown as CorrectionCase);
  const faults = parsed.error.issues
    .flatMap((issue) => sayIssue(issue, json))
    .map(({ path, message }) => ({ path: path || pathText(['correction']), message }));
  return refuse('BAD_INPUT', faults.map(({ path, message }) => `${path}: ${message}`).join('\n'), {
    at: faults[0]?.path ?? '',
    next: 'correct the file and submit it again',
  });
}

const rowKey = ({ subject, kind, period }: EvidenceRow) => JSON.stringify([subject, kind, period]);

/** Evidence as it is known now: a correction's row replaces that of the same subject, kind and month; the last wins. */
export function correctedEvidence(
  rows: readonly EvidenceRow[],
  corrections: readonly Pick<CorrectionCase, 'evidence'>[],
): EvidenceRow[] {
  const known = new Map(rows.map((row) => [rowKey(row), row]));
  for (const { evidence } of corrections) for (const row of evidence) known.set(rowKey(row), row);
  return [...known.values()];
}

/** A household as it should have been in a month: changes whose `from` has come, one after the other. */
export function correctedHousehold(
  household: Household,
  corrections: readonly Pick<CorrectionCase, 'registry'>[],
  period: Month,
): Household {
  let corrected = household;
  for (const { registry } of corrections)
    for (const change of registry) if (change.from <= period) corrected = patched(corrected, change);
  return corrected;
}

function patched(household: Household, { territory, attributes: changed, members = [] }: Patch): Household {
  const known = new Map(household.members.map((member) => [member.id, member]));
  for (const { left, ...change } of members) {
    const before = known.get(change.id);
    if (left) known.delete(change.id);
    else
      known.set(change.id, {
        ...before,
        ...change,
        attributes: { ...before?.attributes, ...change.attributes },
      });
  }
  return {
    ...household,
    ...(territory !== undefined && { territory }),
    attributes: { ...household.attributes, ...changed },
    members: [...known.values()],
  };
}
