import { unwrap } from '../../../domain/kernel/result.ts';
import { parseProgramme } from '../../../domain/records/programme.ts';
import { assessCase } from '../../../domain/transfers/assess.ts';
import { condition, draft, flat, label, number } from './support.ts';

/** A case that is in order, and small changes of it. */
const notPublished = (unit: string) => ({
  label,
  unit,
  values: [{ from: '2020-01', notPublished: true, cite: 'law' }],
});
const evidence = (of: string) => ({ label, of, type: 'boolean', certifier: label });
export const definition = unwrap(
  parseProgramme(
    draft({
      evidence: { attends: evidence('member'), collects: evidence('household') },
      parameters: {
        amount: notPublished('money'),
        open: notPublished('percent'),
        least: number('85', 'percent'),
        table: {
          label,
          unit: 'percent',
          values: [{ from: '2020-01', rows: [{ when: { month: 1 }, value: 1 }], cite: 'law' }],
        },
      },
      conditions: [
        condition('school', { of: { age: { min: 0 } }, exemptions: ['health'] }),
        condition('health', { of: 'household', evidence: 'collects' }),
      ],
      benefits: [
        flat('grant', 'amount', { requires: [{ condition: 'school', scope: 'household' }] }),
        flat('other', 'amount', { when: { calendarMonth: [12] } }),
      ],
    }),
  ),
);

export const child = { id: 'C', birthDate: '2015-01-01' };
export const good = {
  programme: 'test',
  date: '2025-02-10',
  household: { id: 'H', attributes: { income: '10.00' }, members: [child] },
  evidence: [{ member: 'C', kind: 'attends', period: '2025-02', value: true as unknown }],
  parameters: { amount: '100.00' },
};
export const assess = (change: Record<string, unknown>) => assessCase(definition, { ...good, ...change });
export const family = (change: Record<string, unknown>) => ({ household: { ...good.household, ...change } });
export const fact = (change: Record<string, unknown>) => ({ evidence: [{ ...good.evidence[0], ...change }] });
export const state = (change: Record<string, unknown>) => ({
  state: { lastPeriod: '2025-01', firstPeriod: '2025-01', months: 1, status: 'active', ...change },
});
export const held = (change: Record<string, unknown>) =>
  state({ held: [{ benefit: 'grant', origin: '2025-01', amountMinor: 500, why: 'blocked', ...change }] });

export const adjustment = {
  id: 'A1',
  kind: 'arrears',
  benefit: 'grant',
  amountMinor: 500,
  origin: '2024-12',
  reason: 'late_evidence',
};
