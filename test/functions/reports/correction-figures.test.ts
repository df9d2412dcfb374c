import { expect, it } from 'vitest';
import { minor } from '../../../domain/kernel/money.ts';
import { correctionCounter } from '../../../functions/support/reports/correction-figures.ts';
import { type CorrectionRow, correctionsCsv } from '../../../functions/support/reports/corrections-csv.ts';
import { collect } from '../../contract/collect.ts';

const row = (more: Partial<CorrectionRow> & Pick<CorrectionRow, 'household' | 'kind'>): CorrectionRow => ({
  corrections: ['R-1'],
  reasons: 'late_evidence',
  because: 'acta 3',
  submittedBy: 'gestora',
  approvedBy: 'coordinador',
  approvedAt: '2026-02-01T00:00:00Z',
  ...more,
});
async function* each(rows: readonly CorrectionRow[]) {
  yield* rows;
}

it('arrears and recoveries are counted apart and by cycle, a household once with all of its corrections', async () => {
  const counter = correctionCounter('PEN');
  const moved = (household: string, kind: 'arrears' | 'recovery', origin: string, amount: number) =>
    row({ household, kind, origin, benefit: 'base', amountMinor: minor(amount) });
  const rows = [
    { ...moved('H1', 'arrears', '2025-11', 20_000), corrections: ['R-1', 'R-2'] },
    { ...moved('H1', 'recovery', '2025-09', 5_000), corrections: ['R-1', 'R-2'] },
    moved('H2', 'arrears', '2025-11', 10_050),
    row({ household: 'H3', kind: 'none' }),
  ];
  const text = Buffer.concat(await collect(correctionsCsv(counter.count(each(rows)), 'PEN'))).toString();
  const none = { count: 0, amount: '0.00' };
  expect(counter.figures()).toEqual({
    applied: 4,
    households: 3,
    arrears: { count: 2, amount: '300.50' },
    recoveries: { count: 1, amount: '50.00' },
    origins: [
      { origin: '2025-09', arrears: none, recoveries: { count: 1, amount: '50.00' } },
      { origin: '2025-11', arrears: { count: 2, amount: '300.50' }, recoveries: none },
    ],
  });
  expect(text.split('\r\n')[1]).toMatch(/^R-1 \+ R-2,H1,arrears,2025-11,base,,200\.00,/);
  expect(text.split('\r\n')[4]).toMatch(/^R-1,H3,none,,,,,late_evidence,/);
});
