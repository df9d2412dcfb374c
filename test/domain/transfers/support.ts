import type { Minor } from '../../../domain/kernel/money.ts';
import { type Day, month } from '../../../domain/kernel/period.ts';
import { unwrap } from '../../../domain/kernel/result.ts';
import type {
  Adjustment,
  EvidenceRow,
  Exemption,
  Household,
  HouseholdState,
  Member,
  Verdict,
} from '../../../domain/records/household.ts';
import { type ProgrammeDefinition, parseProgramme } from '../../../domain/records/programme.ts';
import {
  type CompiledProgramme,
  type CompileOptions,
  compileProgramme,
} from '../../../domain/transfers/compile.ts';
import { verifyCompliance } from '../../../domain/transfers/compliance.ts';
import { calculateTransfers, type TransferResult } from '../../../domain/transfers/entitlement.ts';

export const label = { es: 'uno', en: 'one' };
export const rule = (id: string) => ({ id, label, cite: 'law' });
export const money = (value: string, from = '2020-01') => ({
  label,
  unit: 'money',
  values: [{ from, value, cite: 'law' }],
});
export const number = (value: number | string, unit = 'count') => ({
  label,
  unit,
  values: [{ from: '2020-01', value, cite: 'law' }],
});

/** Those whom a benefit of one line a child, or a condition on children, is about. */
export const child = { age: { max: 17 } };
export const flat = (id: string, amount = 'amount', more: Record<string, unknown> = {}) => ({
  ...rule(id),
  kind: 'flat',
  per: 'month',
  amount,
  ...more,
});
export const perChild = (id: string, more: Record<string, unknown> = {}) => ({
  ...rule(id),
  kind: 'per_member',
  per: 'month',
  bands: [{ who: child, amount: 'amount' }],
  ...more,
});
/** A condition on every child: evidence that must say yes, and holds the money while it is missing. */
export const condition = (id: string, more: Record<string, unknown> = {}) => ({
  ...rule(id),
  of: child,
  evidence: 'attends',
  check: { type: 'is_true' },
  window: { each: 'period' },
  missing: 'hold',
  ...more,
});
/** What a benefit requires where each child answers for itself. */
export const ofEach = (...conditions: string[]) =>
  conditions.map((id) => ({ condition: id, scope: 'member' }));

/** A small programme in order, to which a test adds the rule that it is about. */
export const draft = (parts: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 'test',
  code: 'TEST',
  version: '1',
  name: label,
  country: 'PE',
  currency: 'PEN',
  from: '2020-01',
  frequency: 'monthly',
  anchorMonth: 1,
  ageAt: 'month_start',
  citations: { law: { title: 'Law 1' } },
  attributes: {
    income: { of: 'household', type: 'money', label },
    off: { of: 'household', type: 'boolean', label },
    wage: { of: 'member', type: 'money', label },
  },
  evidence: {
    attends: { label, of: 'member', type: 'boolean', certifier: label },
    pct: { label, of: 'member', type: 'percent', certifier: label },
    visits: { label, of: 'member', type: 'count', certifier: label },
    planned: { label, of: 'member', type: 'count', certifier: label },
    level: { label, of: 'member', type: 'text', certifier: label },
  },
  parameters: { amount: money('100.00') },
  eligibility: { label, cite: 'law', rule: { everyHousehold: true } },
  benefits: [{ ...rule('flat'), kind: 'flat', per: 'month', amount: 'amount' }],
  approval: { secondCheckerFrom: '1000.00' },
  payment: { channels: [{ channel: 'cash' }], unclaimed: { rule: 'accumulate', cite: 'law' } },
  ...parts,
});
export const define = (parts: Record<string, unknown> = {}): ProgrammeDefinition =>
  unwrap(parseProgramme(draft(parts)));

export const person = (id: string, birthDate = '2012-06-15', more: Partial<Member> = {}): Member => ({
  id,
  birthDate: birthDate as Day,
  attributes: {},
  ...more,
});
export const home = (members: readonly Member[], attributes: Household['attributes'] = {}): Household => ({
  id: 'H1',
  territory: 'T1',
  attributes,
  members,
});
export const fact = (
  subject: string,
  kind: string,
  value: EvidenceRow['value'],
  period = '2025-01',
): EvidenceRow => ({
  subject,
  kind,
  period: month(period),
  value,
});

export const compiled = (
  parts: Record<string, unknown>,
  period = '2025-01',
  options?: CompileOptions,
): CompiledProgramme => unwrap(compileProgramme(define(parts), month(period), options));

export type Run = TransferResult & { readonly verdicts: readonly Verdict[] };
/** Judges and pays in one go. */
export function pay(
  programme: CompiledProgramme,
  household: Household,
  evidence: readonly EvidenceRow[] = [],
  more: {
    state?: HouseholdState;
    exemptions?: readonly Exemption[];
    adjustments?: readonly Adjustment[];
  } = {},
): Run {
  const verdicts = verifyCompliance(programme, household, evidence, more.exemptions ?? [], more.state);
  return { ...calculateTransfers(programme, household, verdicts, more.state, more.adjustments), verdicts };
}
/** Payable, held and forfeited in minor units. */
export const split = (run: TransferResult): [number, number, number] => [
  run.payableMinor,
  run.heldMinor,
  run.forfeitedMinor,
];
export const minorOf = (value: number): Minor => value as Minor;
