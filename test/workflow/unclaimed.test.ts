import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import type { Ports } from '../../adapters/ports.ts';
import { month } from '../../domain/kernel/period.ts';
import { unwrap } from '../../domain/kernel/result.ts';
import { parseProgramme } from '../../domain/records/programme.ts';
import { closedCycles, householdsInCycle } from '../../functions/support/closed-cycles.ts';
import { decideCorrection, submitCorrection } from '../../functions/support/corrections/register.ts';
import { headKey } from '../../functions/support/cycle.ts';
import { historyOf } from '../../functions/support/history.ts';
import { type CycleRequest, runCycle } from '../../local/cycle.ts';
import { juntosCycle, newDir, testSession } from './harness.ts';

// In the sample's first cycle the 300.00 of H003 are there to collect from 30 September, and the bank sends them back
// on 30 October, thirty days later.

type Parts = { readonly [part: string]: unknown };
const ORDERED = ['300.00', 'transfer', '2025-09'];
const AGAIN = ['300.00', 'reissue:2025-09:2', '2025-11'];

/** Two cycles of JUNTOS with another rule for cash: what H003 was ordered in each, and the exceptions of the first. */
async function twoCycles(
  unclaimed: object,
  more: (definition: Parts) => Parts = () => ({}),
  between: (ports: Ports) => Promise<void> = async () => {},
) {
  const dir = newDir();
  const { source } = await juntosCycle();
  const juntos = source as Parts & { payment: object };
  const altered = { ...juntos, ...more(juntos), payment: { ...juntos.payment, unclaimed } };
  const definition = unwrap(parseProgramme(altered));
  const rows = (period: string, name: string): Record<string, string>[] =>
    parse(readFileSync(join(dir, `reports/juntos/${period}/${name}`), 'utf8'), { columns: true, bom: true });
  const session = await testSession(dir);
  for (const period of ['2025-09', '2025-11'] as const) {
    const request: Partial<CycleRequest> = { period: month(period), definition, source: altered as never };
    if (period !== '2025-09') await between(session.ports);
    await runCycle(session, await juntosCycle(request));
  }
  const ordered = ['2025-09', '2025-11'].flatMap((period) =>
    rows(period, 'reconciliation.csv')
      .filter(({ payee_id }) => payee_id === 'H003')
      .map(({ amount, purpose, cycle }) => [amount, purpose, cycle]),
  );
  const lapsed = rows('2025-09', 'exceptions.csv').filter(({ code }) => code === 'UNCLAIMED_LAPSED');
  const history = await historyOf(session.ports, 'juntos', 'H003');
  const head = await session.ports.control.get(headKey('juntos'));
  const closed = await closedCycles(session.ports, { prefix: String(head?.prefix) });
  const again = await householdsInCycle(session.ports, closed.at(-1)!, new Set(['H003']));
  await session.close();
  return { ordered, lapsed, history, known: again.get('H003')!.evidence };
}

const days = (value: number) => (juntos: Parts) => ({
  parameters: {
    ...(juntos.parameters as object),
    to_collect: {
      label: { es: 'Días para cobrar', en: 'Days to collect' },
      unit: 'days',
      values: [{ from: '2020-01', value, cite: 'ap2025' }],
    },
  },
});
const expire = { rule: 'expire', days: 'to_collect', cite: 'ap2025' };

test('cash that was there for all its days and came back is no longer owed, and is listed', async () => {
  const { ordered, lapsed } = await twoCycles(expire, days(30));
  expect(ordered).toContainEqual(ORDERED);
  expect(ordered).not.toContainEqual(AGAIN);
  expect(lapsed).toEqual([expect.objectContaining({ subject: 'H003', amount: '300.00' })]);
});

test('cash that came back a day sooner is ordered again', async () => {
  const { ordered, lapsed } = await twoCycles(expire, days(31));
  expect(ordered).toContainEqual(AGAIN);
  expect(lapsed).toEqual([]);
});

const suspend = { rule: 'suspend', condition: 'collection', cite: 'ap2025' };
const suspends = (juntos: Parts): Parts => {
  const label = { es: 'Cobro del pago anterior', en: 'Collection of the last payment' };
  const rule = { label, cite: 'ap2025' };
  return {
    evidence: {
      ...(juntos.evidence as object),
      collected: { label, of: 'household', type: 'boolean', certifier: label },
    },
    conditions: [
      ...(juntos.conditions as object[]),
      {
        ...rule,
        id: 'collection',
        of: 'household',
        evidence: 'collected',
        check: { type: 'is_true' },
        window: { each: 'period' },
        missing: 'pay',
      },
    ],
    ladders: [
      {
        ...rule,
        id: 'suspension',
        conditions: ['collection'],
        scope: 'household',
        over: ['base'],
        steps: [{ id: 'suspended', label, effect: 'forfeit', repeat: true }],
      },
    ],
  };
};

test('a programme that suspends whoever did not collect needs nobody to tell it', async () => {
  const { ordered, history, known } = await twoCycles(suspend, suspends);
  // What it did not collect stays owed; the new payment is what it loses.
  expect(ordered.filter(([, , cycle]) => cycle === '2025-11')).toContainEqual(AGAIN);
  const [first, second] = history;
  expect(first!.verdicts.filter(({ condition }) => condition === 'collection')).toMatchObject([
    { status: 'unverified' },
  ]);
  expect(second!.verdicts.filter(({ condition }) => condition === 'collection')).toMatchObject([
    { status: 'non_compliant', observed: false },
  ]);
  // A correction reckons the cycle again with the same knowledge.
  expect(known).toContainEqual({
    ...{ subject: 'H003', kind: 'collected', period: '2025-11' },
    ...{ value: false, source: 'bank' },
  });
  const base = second!.result.lines.filter(({ benefit }) => benefit === 'base');
  expect(base.map(({ outcome }) => outcome)).toEqual(['forfeited']);
});

test('who did not collect money that was not due has not failed to collect, and is judged so again', async () => {
  const { history, known } = await twoCycles(suspend, suspends, async (ports) => {
    const asked = { programme: 'juntos', id: 'U-1' };
    const change = { from: month('2025-09'), attributes: { sisfoh: 'non_poor' } };
    const why = { household: 'H003', reason: 'registry_change', because: 'visita' } as const;
    const correction = { ...asked, ...why, evidence: [], exemptions: [], registry: [change] };
    await submitCorrection(ports, correction, 'gestora');
    await decideCorrection(ports, { ...asked, person: 'coordinador', decision: 'approve' });
  });
  const second = history.at(-1)!;
  expect(second.cancelled).toMatchObject([{ amountMinor: 20000 }, { amountMinor: 10000 }]);
  expect(known.filter(({ kind }) => kind === 'collected')).toEqual([]);
  expect(second.verdicts.filter(({ condition }) => condition === 'collection')).toMatchObject([
    { status: 'unverified' },
  ]);
});
