import type { CaseEvent, CaseParticipant, SettlementState } from '../../../domain/records/claim-case.ts';
import type { ContractDefinition } from '../../../domain/records/contract.ts';
import { parseContract } from '../../../domain/records/contract-check.ts';
import { type SettlementInput, settleContract } from '../../../domain/results/disbursement.ts';
import type { Settlement, SettlementRefusal } from '../../../domain/results/settlement.ts';

const text = (name: string) => ({ es: name, en: name });
export const parameter = (unit: string, value: unknown, more: object = {}) => ({
  label: text(unit),
  unit,
  values: [{ value, cite: 's' }],
  ...more,
});
const outcome = (predicate: object) => ({ label: text('outcome'), predicate, cite: 's' });
const job = { kind: 'job' };

/** A contract of our own that uses every primitive once; tests change what they are about. */
export const BASE = {
  id: 'test',
  version: '1',
  name: text('test'),
  country: 'SV',
  currency: 'USD',
  payer: 'payer',
  dates: { from: '2020-01-01', until: '2020-12-31', claimsUntil: '2021-06-30', cite: 's' },
  rounding: 'half_up',
  sources: { s: { title: 'A test source', confidence: 'high' } },
  parameters: {
    enrolmentPrice: parameter('money', '100.00'),
    placementPrice: {
      label: text('price by sex'),
      unit: 'money',
      keys: ['sex'],
      values: [
        {
          until: '2020-06-30',
          rows: [
            { when: { sex: 'female' }, value: '300.00' },
            { when: { sex: 'male' }, value: '200.00' },
          ],
          cite: 's',
        },
        {
          from: '2020-07-01',
          rows: [
            { when: { sex: 'female' }, value: '330.00' },
            { when: { sex: 'male' }, value: '220.00' },
          ],
          cite: 's',
        },
      ],
    },
    placementMonths: parameter('months', 3),
    weeks: parameter('weeks', 13),
    five: parameter('months', 5),
    six: parameter('months', 6),
    retentionPrice: parameter('money', '150.00'),
    sustainedPrice: parameter('money', '80.00'),
  },
  calendars: { school: [{ from: '2020-04-06', until: '2020-04-19' }] },
  attributes: {
    sex: { label: text('sex'), type: 'text', values: ['female', 'male'] },
    rural: { label: text('rural'), type: 'boolean' },
  },
  events: {
    enrolled: { label: text('enrolled'), fields: {} },
    certified: { label: text('certified'), fields: {} },
    attended: { label: text('attended'), covers: 'week', fields: {} },
    job: {
      label: text('job'),
      fields: { employer: { label: text('employer'), type: 'id', notProvider: true } },
    },
  },
  outcomes: {
    enrolled: outcome({ type: 'event', kind: 'enrolled' }),
    placed: outcome({
      type: 'event',
      ...job,
      within: { after: { event: 'certified' }, months: 'placementMonths' },
    }),
    retained: outcome({ type: 'months_of', ...job, atLeast: 'five', of: 'six' }),
    sustained: outcome({
      type: 'duration',
      kind: 'attended',
      weeks: 'weeks',
      continuous: true,
      excluding: ['school'],
    }),
  },
  milestones: [
    {
      id: 'enrolment',
      label: text('enrolment'),
      outcome: 'enrolled',
      price: { type: 'unit', parameter: 'enrolmentPrice' },
      cite: 's',
    },
    {
      id: 'placement',
      label: text('placement'),
      outcome: 'placed',
      price: { type: 'unit', parameter: 'placementPrice' },
      cite: 's',
    },
    {
      id: 'retention',
      label: text('retention'),
      outcome: 'retained',
      requires: ['placement'],
      price: { type: 'unit', parameter: 'retentionPrice' },
      cite: 's',
    },
    {
      id: 'sustained',
      label: text('sustained'),
      outcome: 'sustained',
      price: { type: 'unit', parameter: 'sustainedPrice' },
      cite: 's',
    },
  ],
};

/** The base contract with fields replaced and parameters added. */
export function contractWith(
  change: Record<string, unknown> = {},
  parameters: Record<string, unknown> = {},
): ContractDefinition {
  const parsed = parseContract({ ...BASE, ...change, parameters: { ...BASE.parameters, ...parameters } });
  if (!parsed.ok) throw new Error(parsed.issues.map((issue) => `${issue.path}: ${issue.message}`).join('\n'));
  return parsed.value;
}

export const event = (kind: string, date: string, more: object = {}): CaseEvent => ({ kind, date, ...more });
export const person = (
  id: string,
  events: CaseEvent[],
  more: Partial<CaseParticipant> = {},
): CaseParticipant => ({
  id,
  attributes: { sex: 'female', rural: false },
  events,
  ...more,
});
/** Enrolled, certified in February, in a job from March to the day given. */
export const worker = (
  id: string,
  until = '2020-08-31',
  more: Partial<CaseParticipant> = {},
): CaseParticipant =>
  person(
    id,
    [
      event('enrolled', '2020-01-10'),
      event('certified', '2020-02-28'),
      event('job', '2020-03-02', { end: until, employer: 'mill' }),
    ],
    more,
  );

export function trySettle(contract: ContractDefinition, input: Partial<SettlementInput>) {
  return settleContract(contract, { date: '2020-12-31', provider: 'institute', participants: [], ...input });
}
export function settled(contract: ContractDefinition, input: Partial<SettlementInput>): Settlement {
  const result = trySettle(contract, input);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}
export function refusedAs(contract: ContractDefinition, input: Partial<SettlementInput>): SettlementRefusal {
  const result = trySettle(contract, input);
  if (result.ok) throw new Error('expected a refusal');
  return result.error;
}
export const reasons = (settlement: Settlement): string[] =>
  settlement.refused.map((entry) => `${entry.participant} ${entry.milestone} ${entry.reason}`);
export const next = (settlement: Settlement): { state: SettlementState } => ({ state: settlement.state });
