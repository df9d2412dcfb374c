import { expect, it } from 'vitest';
import { minor } from '../../../domain/kernel/money.ts';
import { LATE_EFFECTS, type LateAnswer } from '../../../domain/payments/late.ts';
import type { ReconciledLine } from '../../../domain/payments/reconciled-line.ts';
import { LATE_WORDS, lateCounter, lateCsv } from '../../../functions/support/reports/late-csv.ts';
import { reconciliationHtml } from '../../../functions/support/reports/reconciliation-html.ts';
import { collect } from '../../contract/collect.ts';
import { sampleReport } from './fixture.ts';

const answer = (id: string, effect: LateAnswer['effect'], amount: number): LateAnswer => ({
  effect,
  before: 'pending',
  line: {
    ...{ endToEndId: `E-${id}`, uetr: 'u', programme: 'p', cycle: '2025-09', payeeKind: 'household' },
    ...{ payeeId: id, purpose: 'transfer', attempt: 1, method: 'account', territory: 'Aldea' },
    ...{ amountMinor: minor(amount), currency: 'PEN', state: 'returned', reasonCode: 'AC04' },
    ...{ bankStatus: 'ACSC', debitedMinor: minor(amount), returnedMinor: minor(amount) },
  } as ReconciledLine,
});
async function* each(answers: readonly LateAnswer[]) {
  yield* answers;
}
const three = [answer('=H1', 'owed', 20_000), answer('H2', 'owed', 10_050), answer('H3', 'arrived', 5_000)];

it('late answers are listed with words in both languages, and counted as they are listed', async () => {
  const counter = lateCounter('PEN', 2);
  const text = Buffer.concat(await collect(lateCsv(counter.count(each(three))))).toString();
  const lines = text.trim().split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(/before,before_es,state,state_es.*effect,effect_es,effect_en$/);
  // A name that a spreadsheet would run is kept from it.
  expect(lines[1]).toContain(
    "E-=H1,2025-09,household,'=H1,Aldea,transfer,1,account,200.00,PEN,pending,Pendiente",
  );
  expect(lines[1]).toMatch(/owed,Se debe de nuevo: se ordena otra vez,Owed again: it is ordered again$/);
  const none = { count: 0, amount: '0.00' };
  expect(counter.figures()).toEqual({
    reports: 2,
    effects: {
      arrived: { count: 1, amount: '50.00' },
      owed: { count: 2, amount: '300.50' },
      ...{ lapsed: none, in_doubt: none, too_late: none },
    },
  });
});

it('the page says what late reports changed, and nothing where none came', () => {
  const page = (more = {}) => Buffer.from(reconciliationHtml(sampleReport(more))).toString('utf8');
  expect(page()).not.toContain('late-answers.csv');
  const effects = Object.fromEntries(LATE_EFFECTS.map((effect) => [effect, { count: 0, amount: '0.00' }]));
  const text = page({
    late: { reports: 2, effects: { ...effects, in_doubt: { count: 3, amount: '1600.00' } } },
  });
  expect(text).toContain('Informes del banco que llegaron tarde');
  expect(text).toContain(LATE_WORDS.in_doubt.es);
  expect(text).toContain('1\u202f600.00');
  expect(text).not.toContain(LATE_WORDS.arrived.es);
});
