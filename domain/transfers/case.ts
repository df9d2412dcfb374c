import { z } from 'zod';
import { isDay, isMonth } from '../kernel/period.ts';
import { ok, type Result, refuse } from '../kernel/result.ts';
import type { Adjustment, EvidenceRow, Exemption, Household, HouseholdState } from '../records/household.ts';
import { EXEMPTIONS } from '../records/programme/condition.ts';
import { pathText, sayIssue } from '../records/programme/say-issue.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import type { Fill } from './values.ts';

const Scalar = z.union([z.string(), z.number(), z.boolean()]);
const attributes = z.record(z.string(), Scalar).default({});
const Day = z.string().refine(isDay, 'a day, YYYY-MM-DD');
const Month = z.string().refine(isMonth, 'a month, YYYY-MM');

const MemberCase = z.strictObject({
  id: z.string().min(1),
  birthDate: Day.optional(),
  sex: z.enum(['F', 'M']).optional(),
  grade: z.number().optional(),
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
        period: Month,
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
  adjustments: z.array(z.unknown()).default([]),
  /** Values for parameters that the definition leaves open: the owner's, not published ones. */
  parameters: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  state: z.looseObject({ lastPeriod: Month, months: z.int().min(0) }).nullish(),
});

export type Assessment = {
  readonly date: string;
  readonly household: Household;
  readonly evidence: readonly EvidenceRow[];
  readonly exemptions: readonly Exemption[];
  readonly adjustments: readonly Adjustment[];
  readonly fill: Fill;
  readonly state: HouseholdState | undefined;
};

const TYPE_OK: { readonly [type: string]: (value: unknown) => boolean } = {
  money: (value) => typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)),
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  text: (value) => typeof value === 'string',
  month: (value) => typeof value === 'string' && (isMonth(value) || isDay(value)),
  percent: (value) => typeof value === 'number' && value >= 0 && value <= 100,
  count: (value) => typeof value === 'number' && value >= 0,
};

type Parsed = z.infer<typeof AssessmentCase>;

/** Attributes and evidence that the programme does not declare, or of another type, with where they stand. */
function faults(definition: ProgrammeDefinition, parsed: Parsed): { path: string; message: string }[] {
  const found: { path: string; message: string }[] = [];
  const check = (path: string, of: 'household' | 'member', values: { [name: string]: unknown }) => {
    for (const [name, value] of Object.entries(values)) {
      const declared = definition.attributes[name];
      const known = Object.entries(definition.attributes)
        .filter(([, item]) => item.of === of)
        .map(([id]) => id);
      if (declared?.of !== of)
        found.push({
          path: `${path}.${name}`,
          message: `${definition.id} has no ${of} attribute "${name}"; it has ${known.join(', ') || 'none'}`,
        });
      else if (!TYPE_OK[declared.type]!(value))
        found.push({ path: `${path}.${name}`, message: `must be ${declared.type}` });
      else if (declared.values && !declared.values.includes(String(value)))
        found.push({ path: `${path}.${name}`, message: `must be one of ${declared.values.join(', ')}` });
    }
  };
  check('household.attributes', 'household', parsed.household.attributes);
  const members = new Set<string>();
  parsed.household.members.forEach((member, i) => {
    if (members.has(member.id))
      found.push({ path: `household.members[${i}].id`, message: `"${member.id}" is there twice` });
    members.add(member.id);
    check(`household.members[${i}].attributes`, 'member', member.attributes);
  });
  parsed.evidence.forEach((row, i) => {
    const kind = definition.evidence[row.kind];
    if (!kind)
      found.push({
        path: `evidence[${i}].kind`,
        message: `${definition.id} has no evidence "${row.kind}"; it has ${Object.keys(definition.evidence).join(', ')}`,
      });
    else if (kind.type !== 'boolean' && !TYPE_OK[kind.type]!(row.value))
      found.push({ path: `evidence[${i}].value`, message: `must be ${kind.type}` });
    if (row.member !== undefined && !members.has(row.member))
      found.push({ path: `evidence[${i}].member`, message: `there is no member "${row.member}"` });
  });
  for (const name of Object.keys(parsed.parameters))
    if (!definition.parameters[name])
      found.push({ path: `parameters.${name}`, message: `there is no parameter "${name}"` });
  return found;
}

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
    household: rest as unknown as Household,
    evidence: evidence.map(
      ({ member, ...row }) => ({ subject: member ?? household.id, ...row }) as unknown as EvidenceRow,
    ),
    exemptions: exemptions.map(
      ({ member, ...item }) => ({ subject: member ?? household.id, ...item }) as unknown as Exemption,
    ),
    adjustments: adjustments as Adjustment[],
    fill: parameters,
    state: (state ?? undefined) as unknown as HouseholdState | undefined,
  });
}
