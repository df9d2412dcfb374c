import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXCEPTION_CODES } from '../../../domain/payments/exceptions.ts';
import { ROW_CODES } from '../../../domain/records/intake-codes.ts';
import { detailText } from '../../../functions/support/reports/detail-texts.ts';
import { anomalyText, exceptionText } from '../../../functions/support/reports/exception-texts.ts';
import { reasonText } from '../../../functions/support/reports/reason-texts.ts';
import { progressLine, stageWords } from '../../../functions/support/reports/stage-words.ts';
import { summaryText } from '../../../functions/support/reports/summary.ts';
import { sampleReport } from './fixture.ts';

describe('words for codes', () => {
  const codes = [
    ...EXCEPTION_CODES,
    ...Object.keys(ROW_CODES),
    'SHARED_ACCOUNT',
    'PAYEE_MISSING',
    'ACCOUNT_CHECK_DIGIT',
    'AM10',
    'BANK_FILE_REFUSED',
    'LATE_IN_DOUBT',
    'LATE_AFTER_REISSUE',
    'AMBIGUOUS_SUBJECT',
  ];
  it.each(codes)('%s has a meaning and a next step in both languages', (code) => {
    const { message, next } = exceptionText(code);
    for (const text of [message.es, message.en, next.es, next.en]) expect(text.length).toBeGreaterThan(10);
    expect(message.es).not.toBe(message.en);
  });

  it('an unknown code keeps its name instead of being guessed', () => {
    expect(exceptionText('NEW_CODE').message).toEqual({ es: 'NEW_CODE', en: 'NEW_CODE' });
    expect(reasonText('ZZ99')).toBeUndefined();
    expect(reasonText(undefined)).toBeUndefined();
  });

  it('an anomaly has words too', () => expect(anomalyText('PAYEE_HELD').es).toContain('retenido'));
});

it.each([
  ['status XYZ1', 'estado XYZ1'],
  ['edad is "x", expected a whole number', 'edad es «x», se esperaba a whole number'],
  ['debit with reference R1; perhaps E1', 'debit con referencia R1; quizá E1'],
  [
    'attendance 2026-09 of P1 says 80 in a.csv:2 and 90 here; neither counts',
    'attendance 2026-09 de P1 dice 80 en a.csv:2 y 90 aquí; ninguno vale',
  ],
  [
    'P1 is listed twice in household H1; members.csv line 9 counts',
    'P1 figura dos veces en el hogar H1; vale members.csv línea 9',
  ],
  [
    'H2 is a household and a person of the frozen roster; neither is exempted',
    'H2 es un hogar y una persona del padrón congelado; no exime a ninguno',
  ],
  ['there is no household H999 in the households file', 'no hay un hogar H999 en el archivo de hogares'],
  ['the same as evidence.csv line 2; counted once', 'igual a evidence.csv línea 2; se cuenta una vez'],
  [
    'cycle 2025-09: it was returned, now the bank says paid',
    'ciclo 2025-09: estaba devuelto, ahora el banco dice pagado',
  ],
  ["the bank's own words", "the bank's own words"],
])('detail "%s" in Spanish', (en, es) => expect(detailText(en)).toEqual({ es, en }));

it('every Task state of the workflows has words for the person who watches', () => {
  const tasks = new Set<string>();
  const walk = (states: Record<string, { Type: string; ItemProcessor?: { States: never } }>) => {
    for (const [name, state] of Object.entries(states)) {
      if (state.Type === 'Task') tasks.add(name);
      if (state.ItemProcessor) walk(state.ItemProcessor.States);
    }
  };
  const dir = new URL('../../../workflows/', import.meta.url);
  for (const name of ['payment-cycle', 'bank-report', 'roster-intake', 'evidence-intake'])
    if (readdirSync(dir).includes(`${name}.asl.json`))
      walk(JSON.parse(readFileSync(new URL(`${name}.asl.json`, dir), 'utf8')).States);
  expect([...tasks].filter((task) => !stageWords(task))).toEqual([]);
  expect(progressLine('ReconcileShards')).toContain('Concilia');
  expect(progressLine('IsNewReport')).toBeUndefined();
});

it('the summary on screen gives totals, controls and where the files are', () => {
  const text = summaryText(sampleReport(), { dir: 'out', root: 'abc123' });
  expect(text).toContain('root of the bundle abc123');
  expect(text).toMatch(/pagado \/ paid +209800\.00 +1043\n/);
  expect(text.match(/✓ +0\.00/g)).toHaveLength(3);
  expect(text).toContain('out/reports/juntos/2026-09/reconciliation.html');
  const lists = (over: Parameters<typeof sampleReport>[0]) =>
    /out\/.*\/(payment-list\.csv.*)\n/.exec(summaryText(sampleReport(over), { dir: 'out' }))?.[1];
  expect(lists({})).not.toContain('late-answers.csv');
  const none = { count: 0, amount: '0.00' };
  const corrections = { applied: 1, households: 1, arrears: none, recoveries: none, origins: [] };
  expect(lists({ corrections, disbursements: { count: 1, payable: '5.00' } })).toMatch(
    /corrections\.csv, providers\/, manifest/,
  );
  expect(text).toContain('! 12 SHARED_ACCOUNT');
  expect(text).not.toContain('UNVERIFIED_SHARE');
  expect(
    summaryText(sampleReport({ identities: [{ name: 'balance', difference: '5.00' }] }), { dir: 'x' }),
  ).toContain('✗');
});
