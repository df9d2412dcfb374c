import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../domain/kernel/result.ts';
import { adjustment, assess, child, fact, family, held, state } from './a-case.ts';

describe('a case that is in order', () => {
  const accepted: [name: string, change: Record<string, unknown>][] = [
    ['born on the last day of the period', family({ members: [{ ...child, birthDate: '2025-02-28' }] })],
    ['without a birth date', family({ members: [{ id: 'C' }] })],
    ['grade 0', family({ members: [{ ...child, grade: 0 }] })],
    ['income of nothing', family({ attributes: { income: 0 } })],
    ['the highest income', family({ attributes: { income: 999999999999 } })],
    [
      'an exemption of one month',
      {
        exemptions: [{ condition: 'school', kind: 'health', from: '2025-02', until: '2025-02', member: 'C' }],
      },
    ],
    ['a filled amount of nothing', { parameters: { amount: '0.00' } }],
    ['a filled share of the whole', { parameters: { amount: '1.00', open: 100 } }],
    ['a filled share of nothing', { parameters: { amount: '1.00', open: 0 } }],
    ['held money of a cent', held({ amountMinor: 1 })],
    ['a household out', state({ status: 'out' })],
    ['no month yet', state({ months: 0 })],
    ['an adjustment of a cent', { adjustments: [{ ...adjustment, amountMinor: 1 }] }],
    ['a count of nothing', state({ counts: { grant: 0 } })],
  ];
  for (const [name, change] of accepted) it(`${name} is read`, () => expect(assess(change).ok).toBe(true));
  it('an exemption without a member is of the household', () => {
    const exemptions = [{ condition: 'school', kind: 'health', from: '2025-02', until: '2025-02' }];
    expect(unwrap(assess({ ...fact({ value: false }), exemptions })).payable).toBe('100.00');
  });
  it.each<[unknown, string]>([
    [true, '100.00'],
    [1, '100.00'],
    ['Sí', '100.00'],
    ['YES', '100.00'],
    ['1', '100.00'],
    ['true', '100.00'],
    ['si', '100.00'],
    [false, '0.00'],
    [0, '0.00'],
    ['No', '0.00'],
    ['0', '0.00'],
    ['false', '0.00'],
  ])('evidence %j pays %s', (value, payable) =>
    expect(unwrap(assess(fact({ value }))).payable).toBe(payable),
  );
});
