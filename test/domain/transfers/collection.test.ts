import { describe, expect, it } from 'vitest';
import { minor } from '../../../domain/kernel/money.ts';
import { type Month, month } from '../../../domain/kernel/period.ts';
import { unwrap } from '../../../domain/kernel/result.ts';
import type { Undelivered } from '../../../domain/payments/undelivered.ts';
import { correctedEvidence } from '../../../domain/records/correction.ts';
import { parseProgramme } from '../../../domain/records/programme.ts';
import { collectionEvidence, collectionWindow } from '../../../domain/transfers/collection.ts';
import { compileProgramme } from '../../../domain/transfers/compile.ts';
import { condition, draft, flat, label, money, number } from './support.ts';

const collected = { collected: { label, of: 'household', type: 'boolean', certifier: label } };
const programme = (unclaimed: object, more: object = {}) =>
  unwrap(
    parseProgramme(
      draft({
        frequency: 'bimonthly',
        evidence: { ...(draft().evidence as object), ...collected },
        conditions: [
          condition('school'),
          condition('collection', { of: 'household', evidence: 'collected', ...more }),
        ],
        benefits: [flat('b')],
        parameters: { amount: money('100.00'), window: number(90, 'days'), half: number(6, 'months') },
        payment: { channels: [{ channel: 'cash' }], unclaimed: { cite: 'law', ...unclaimed } },
      }),
    ),
  );
const suspends = { rule: 'suspend', condition: 'collection' };

describe('how long cash waits', () => {
  it.each([
    [{ rule: 'accumulate' }, undefined],
    [{ rule: 'expire', days: 'window' }, { days: 90 }],
    [{ rule: 'expire', months: 'half' }, { months: 6 }],
    [suspends, undefined],
  ])('%j', (unclaimed, window) => {
    const definition = programme(unclaimed);
    const { values } = unwrap(compileProgramme(definition, month('2025-03')));
    expect(collectionWindow(definition, values)).toEqual(window);
  });

  it('has a value before a cycle opens', () => {
    const definition = programme({ rule: 'expire', days: 'window' });
    const open = {
      ...definition,
      parameters: { ...definition.parameters, window: { ...definition.parameters.window!, values: [] } },
    };
    const compiled = compileProgramme(open, month('2025-03'));
    expect(compiled.ok ? 'opens' : compiled.error.code).toBe('VALUE_NOT_PUBLISHED');
  });
});

describe('what was not collected, as evidence', () => {
  const owed = (why: Undelivered['why'], triedIn?: string): Undelivered => ({
    origin: month('2025-01'),
    amountMinor: minor(5000),
    why,
    attempt: 1,
    ...(triedIn && { triedIn: triedIn as Month }),
  });
  const said = (period: string, value: boolean) => ({
    subject: 'H1',
    kind: 'collected',
    period: month(period),
    value,
  });
  const not = [{ ...said('2025-03', false), source: 'bank' }];
  const rows: [string, object, Undelivered[], ReturnType<typeof said>[], object[]][] = [
    ['of the cycle before', suspends, [owed('unclaimed', '2025-01')], [], not],
    ['of two cycles before: nothing was ordered since', suspends, [owed('unclaimed', '2024-11')], [], []],
    ['of a cycle that nobody knows', suspends, [owed('unclaimed')], [], []],
    ['came back for another reason', suspends, [owed('returned', '2025-01')], [], []],
    ['nothing owed', suspends, [], [], []],
    ['said otherwise by a file', suspends, [owed('unclaimed', '2025-01')], [said('2025-03', true)], []],
    ['a file about another month', suspends, [owed('unclaimed', '2025-01')], [said('2025-01', true)], not],
    [
      'a file about another household',
      suspends,
      [owed('unclaimed', '2025-01')],
      [{ ...said('2025-03', true), subject: 'H2' }],
      not,
    ],
    [
      'a file about another kind',
      suspends,
      [owed('unclaimed', '2025-01')],
      [{ ...said('2025-03', true), kind: 'attends' }],
      not,
    ],
    ['accumulates only', { rule: 'accumulate' }, [owed('unclaimed', '2025-01')], [], []],
  ];
  it.each(rows)('%s', (_title, unclaimed, undelivered, known, expected) => {
    expect(collectionEvidence(programme(unclaimed), month('2025-03'), 'H1', undelivered, known)).toEqual(
      expected,
    );
  });

  it('is replaced by a correction that says it was collected', () => {
    const bank = collectionEvidence(
      programme(suspends),
      month('2025-03'),
      'H1',
      [owed('unclaimed', '2025-01')],
      [],
    );
    const row = said('2025-03', true);
    expect(correctedEvidence(bank, [{ evidence: [row] }])).toEqual([row]);
  });

  it('is of the month that the condition looks back to', () => {
    const late = programme(suspends, { window: { each: 'period', lagMonths: 2 } });
    expect(
      collectionEvidence(late, month('2025-03'), 'H1', [owed('unclaimed', '2025-01')], [])[0]?.period,
    ).toBe('2025-01');
  });
});
