import { z } from 'zod';
import { isDay, isMonth } from '../kernel/period.ts';
import { ok, type Result, refuse } from '../kernel/result.ts';
import type { Adjustment, EvidenceRow, Exemption, Household, HouseholdState } from '../records/household.ts';
import { EXEMPTIONS } from '../records/programme/condition.ts';
import { pathText, sayIssue } from '../records/programme/say-issue.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import { faults } from './case-faults.ts';
import { AdjustmentCase, StateCase } from './case-state.ts';
import { plainAttributes, plainValue } from './case-types.ts';
import type { Fill } from './values.ts';

const Scalar = z.union([z.string(), z.number(), z.boolean()]);
const attributes = z.record(z.string(), Scalar).default({});
const Day = z.string().refine(isDay, 'a day, YYYY-MM-DD');
const Month = z.string().refine(isMonth, 'a month, YYYY-MM');

const MemberCase = z.strictObject({
  id: z.string().min(1),
  birthDate: Day.optional(),
  sex: z.enum(['F', 'M']).optional(),
  grade: z.int().min(0).optional(),
  relationship: z.string().optional(),
  attributes,
});

/** One household in one period, as `cumple assess` reads it (DESIGN, section 7). */
export const AssessmentCase = z.strictObject({
  programme: z.unknown(),
  date: Day,
  household: z.strictObject({
    id: z.string().min(1),
    territory: z.string().default(''),
    attributes,
    members: z.array(MemberCase),
    payee: z.unknown().optional(),
  }),
  evidence: z
    .array(
      z.strictObject({
        member: z.string().optional(),
        kind: z.string(),
        /** Absent: the month that `date` lies in. */
        period: Month.optional(),
        value: Scalar,
        source: z.string().optional(),
      }),
    )
    .default([]),
  exemptions: z
    .array(
      z.strictObject({
        member: z.string().optional(),
        condition: z.string(),
        kind: z.enum(EXEMPTIONS),
        from: Month,
        until: Month,
        reason: z.string().default(''),
      }),
    )
    .default([]),
  adjustments: z.array(AdjustmentCase).default([]),
  /** Values for parameters that the definition leaves open: the owner's, not published ones. */
  parameters: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  state: StateCase.nullish(),
});

export type ParsedCase = z.infer<typeof AssessmentCase>;

export type Assessment = {
  readonly date: string;
  readonly household: Household;
  readonly evidence: readonly EvidenceRow[];
  readonly exemptions: readonly Exemption[];
  readonly adjustments: readonly Adjustment[];
  readonly fill: Fill;
  readonly state: HouseholdState | undefined;
};

const bad = (list: readonly { path: string; message: string }[]): Result<never> =>
  refuse('BAD_INPUT', list.map(({ path, message }) => `${path}: ${message}`).join('\n'), {
    at: list[0]?.path ?? '',
    next: 'Correct the case; "cumple programme explain" lists attributes and kinds of evidence.',
  });

/** A case read strictly against its programme. Refuses BAD_INPUT with each path and what is wrong. */
export function readCase(definition: ProgrammeDefinition, json: unknown): Result<Assessment> {
  const parsed = AssessmentCase.safeParse(json);
  if (!parsed.success)
    return bad(
      parsed.error.issues
        .flatMap((issue) => sayIssue(issue, json))
        .map((fault) => ({ ...fault, path: fault.path || pathText(['case']) })),
    );
  const wrong = faults(definition, parsed.data);
  if (wrong.length > 0) return bad(wrong);
  const { household, evidence, exemptions, state, parameters, date, adjustments } = parsed.data;
  const { payee: _payee, ...rest } = household;
  return ok({
    date,
    household: {
      ...rest,
      attributes: plainAttributes(definition, rest.attributes),
      members: rest.members.map((member) => ({
        ...member,
        attributes: plainAttributes(definition, member.attributes),
      })),
    } as unknown as Household,
    evidence: evidence.map(
      ({ member, ...row }) =>
        ({
          subject: member ?? household.id,
          ...row,
          period: row.period ?? date.slice(0, 7),
          value: plainValue(definition, row.kind, row.value),
        }) as unknown as EvidenceRow,
    ),
    exemptions: exemptions.map(
      ({ member, ...item }) => ({ subject: member ?? household.id, ...item }) as unknown as Exemption,
    ),
    adjustments: adjustments as unknown as Adjustment[],
    fill: parameters,
    state: (state ?? undefined) as unknown as HouseholdState | undefined,
  });
}
