import { expect, it } from 'vitest';
import { type Day, day } from '../../../domain/kernel/period.ts';
import { hasLapsed, lapsesOn } from '../../../domain/payments/unclaimed.ts';

it.each([
  ['2025-03-10', { days: 90 }, '2025-06-08'],
  ['2025-03-10', { months: 6 }, '2025-09-10'],
  ['2025-08-31', { months: 6 }, '2026-02-28'],
  ['2023-08-31', { months: 6 }, '2024-02-29'],
  ['2025-01-30', { months: 1 }, '2025-02-28'],
  ['2025-02-28', { months: 1 }, '2025-03-28'],
])('what was there to collect on %s, with %j, lapses on %s', (available, window, end) => {
  expect(lapsesOn(day(available), window)).toBe(end);
});

const six = { months: 6 };
it.each([
  ['sent back the day before the window ends: owed', 'unclaimed', '2025-03-10', '2025-09-09', six, false],
  ['sent back on the day that it ends: lost', 'unclaimed', '2025-03-10', '2025-09-10', six, true],
  ['the programme lets nothing lapse', 'unclaimed', '2025-03-10', '2029-01-01', undefined, false],
  ['returned by the bank for another reason', 'returned', '2025-03-10', '2025-12-31', six, false],
  ['no day from which it could be collected', 'unclaimed', undefined, '2025-12-31', six, false],
  ['no day on which it came back', 'unclaimed', '2025-03-10', undefined, six, false],
] as const)('%s', (_title, why, availableOn, returned, window, lapsed) => {
  const item = { why, ...(availableOn && { availableOn: day(availableOn) }) };
  expect(hasLapsed(item, returned as Day | undefined, window)).toBe(lapsed);
});
