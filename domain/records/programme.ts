import { z } from 'zod';
import { type Currency, MINOR_DIGITS } from '../kernel/money.ts';
import { FREQUENCY_MONTHS, type Frequency } from '../kernel/period.ts';
import { ok, type Result, refuse } from '../kernel/result.ts';
import { Citation, Id, Label, MonthField, Reading } from './programme/basics.ts';
import { Benefit, Cap, Modifier, Retention } from './programme/benefit.ts';
import { checkDefinition } from './programme/check.ts';
import { Condition } from './programme/condition.ts';
import { Ladder } from './programme/consequence.ts';
import { Parameter } from './programme/parameter.ts';
import { Anomaly, Approval, Incompatibility, Payment, Stay } from './programme/payment.ts';
import { AgeDay, HouseholdPredicate, MemberPredicate } from './programme/predicate.ts';
import { sayIssue } from './programme/say-issue.ts';

export const ATTRIBUTE_TYPES = ['money', 'number', 'boolean', 'text', 'month'] as const;
/** A fact of the registry that rules may ask for. */
export const Attribute = z.strictObject({
  of: z.enum(['household', 'member']),
  type: z.enum(ATTRIBUTE_TYPES),
  label: Label,
  values: z.array(z.string()).min(1).optional(),
});

/** A kind of evidence, who certifies it, and whom it speaks about. */
export const EvidenceKind = z.strictObject({
  label: Label,
  of: z.enum(['household', 'member']),
  type: z.enum(['boolean', 'percent', 'count', 'text']),
  certifier: Label,
});

/**
 * A programme as data: everything that a decree may change, dated and cited. Rules name parameters;
 * parameters carry values with dates. See docs/programmes.md.
 */
export const ProgrammeDefinition = z.strictObject({
  $schema: z.string().optional(),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{1,47}$/, 'a programme id: lower-case letters, digits and "-"'),
  code: z.string().regex(/^[A-Z0-9]{4}$/, 'four capital letters or digits'),
  version: z.string().min(1),
  name: Label,
  country: z.string().regex(/^[A-Z]{2}$/, 'two capital letters (ISO 3166)'),
  currency: z.enum(Object.keys(MINOR_DIGITS) as [Currency, ...Currency[]]),
  from: MonthField,
  until: MonthField.optional(),
  frequency: z.enum(Object.keys(FREQUENCY_MONTHS) as [Frequency, ...Frequency[]]),
  /** A calendar month in which a period starts. */
  anchorMonth: z.int().min(1).max(12),
  /** The day on which ages are taken unless a rule says another. */
  ageAt: AgeDay,
  citations: z.record(Id, Citation),
  readings: z.array(Reading).default([]),
  attributes: z.record(Id, Attribute).default({}),
  evidence: z.record(Id, EvidenceKind).default({}),
  /** Named groups of members. */
  groups: z.record(Id, MemberPredicate).default({}),
  parameters: z.record(Id, Parameter),
  eligibility: z.strictObject({ rule: HouseholdPredicate, label: Label, cite: Id }),
  stay: Stay.optional(),
  conditions: z.array(Condition).default([]),
  benefits: z.array(Benefit).min(1),
  caps: z.array(Cap).default([]),
  modifiers: z.array(Modifier).default([]),
  retention: Retention.optional(),
  ladders: z.array(Ladder).default([]),
  approval: Approval,
  payment: Payment,
  incompatibilities: z.array(Incompatibility).default([]),
  anomalies: z.array(Anomaly).default([]),
});
export type ProgrammeDefinition = z.infer<typeof ProgrammeDefinition>;

/**
 * A definition from its JSON value (an object, not text). Refuses INVALID_DEFINITION with every fault: its
 * path, what is wrong and what to do; `at` is the first path.
 */
export function parseProgramme(json: unknown): Result<ProgrammeDefinition> {
  const parsed = ProgrammeDefinition.safeParse(json);
  const faults = parsed.success
    ? checkDefinition(parsed.data)
    : parsed.error.issues.flatMap((issue) => sayIssue(issue, json));
  if (parsed.success && faults.length === 0) return ok(parsed.data);
  const lines = faults.map((fault) => `${fault.path || 'definition'}: ${fault.message}`);
  return refuse('INVALID_DEFINITION', lines.join('\n'), {
    at: faults[0]?.path ?? '',
    next: 'Correct the definition at these paths and run "cumple programme check" again.',
  });
}
