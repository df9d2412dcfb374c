import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, expect, test } from 'vitest';
import { month } from '../../domain/kernel/period.ts';
import { unwrap } from '../../domain/kernel/result.ts';
import { parseProgramme } from '../../domain/records/programme.ts';
import { runCycle } from '../../local/cycle.ts';
import { cciOf } from '../../local/generate/draw.ts';
import { juntosCycle, newDir, SAMPLE, testSession } from './harness.ts';

// JUNTOS with other payment rules: the daughter is paid where there is one, the extremely poor in cash and the others
// into an account, on days by the document's last digit, from a roster that is closed on 15 August.

type Row = Record<string, string>;
let exceptions: Row[];
let payments: Row[];

beforeAll(async () => {
  const base = await juntosCycle();
  const juntos = base.source as unknown as Record<string, object>;
  const label = { es: 'Hija', en: 'Daughter' };
  const source = {
    ...juntos,
    payment: {
      ...juntos.payment,
      payees: [{ label, who: { relationship: ['daughter'] } }],
      channels: [
        { channel: 'cash', when: { attribute: { name: 'sisfoh', is: 'extreme_poor' } } },
        { channel: 'account' },
      ],
      calendar: [{ digit: 1, days: [10, 20] }],
      cutOffDay: 15,
    },
  };
  const dir = newDir();
  const session = await testSession(dir);
  await runCycle(session, { ...base, source: source as never, definition: unwrap(parseProgramme(source)) });
  await session.close();
  const rows = (name: string): Row[] =>
    parse(readFileSync(join(dir, 'reports/juntos/2025-09', name), 'utf8'), { columns: true, bom: true });
  exceptions = rows('exceptions.csv');
  payments = rows('payment-list.csv');
});

const found = (code: string) =>
  exceptions.filter((row) => row.code === code).map(({ subject, detail_es }) => `${subject} ${detail_es}`);

test('a payee who is not the first in the order stands before the approver, and is paid', () => {
  expect(found('PAYEE_OUT_OF_ORDER')).toContain('H001 cobra M0101, el orden nombra a M0103');
  expect(payments.map(({ payee_id }) => payee_id)).toContain('H001');
});

test('so does a household that is paid by a channel that its rule does not give it', () => {
  const listed = found('CHANNEL_OUT_OF_RULE');
  expect(listed).toContain('H001 cobra en cuenta, la regla dice en efectivo');
  expect(listed).toContain('H004 cobra en efectivo, la regla dice en cuenta');
  expect(listed.filter((line) => /^H00[23] /.test(line))).toEqual([]);
});

test('and a roster that was taken in after its last day', () => {
  expect(found('ROSTER_AFTER_CUT_OFF')).toEqual([' cargado el 2025-09-30, cerrado el 2025-08-15']);
});

test('the payment list says on which days each is paid', () => {
  const days = new Map(payments.map(({ payee_document, pay_days }) => [payee_document, pay_days]));
  expect(days.get('90000011')).toBe('10 20');
  expect(days.get('90000022')).toBe('');
});

test('a household whose account or payee is another than in the last cycle stands before the approver', async () => {
  const roster = newDir();
  cpSync(SAMPLE, roster, { recursive: true });
  const households = readFileSync(join(roster, 'households.csv'), 'utf8');
  const changed = households
    .replace('01800000040100013700', cciOf(99, false))
    .replace('90000044', '90000055');
  writeFileSync(join(roster, 'households.csv'), changed);
  const dir = newDir();
  const session = await testSession(dir);
  await runCycle(session, await juntosCycle());
  await runCycle(session, await juntosCycle({ period: month('2025-11'), rosterDir: roster }));
  await session.close();
  const rows: Row[] = parse(readFileSync(join(dir, 'reports/juntos/2025-11/exceptions.csv'), 'utf8'), {
    columns: true,
    bom: true,
  });
  expect(
    rows
      .filter(({ code }) => code === 'PAYEE_CHANGED')
      .map(({ subject, detail_es }) => `${subject} ${detail_es}`),
  ).toEqual(['H001 otra cuenta desde 2025-09', 'H004 otro documento desde 2025-09']);
});
