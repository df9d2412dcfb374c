import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Item, Ports } from '../../adapters/ports.ts';
import { joiningShards } from '../../domain/kernel/shards.ts';
import { cycleKey, definitionKey, headKey, windowKey } from '../../functions/support/cycle.ts';
import { lanesOf } from '../../functions/support/late/freeze.ts';
import { lateReports } from '../../functions/support/late/queue.ts';
import { reportsReceived } from '../../functions/support/reports-received.ts';
import { createInvoker } from '../../local/functions.ts';
import { collect } from '../contract/collect.ts';
import { sampleInstructions } from '../domain/payments/sample.ts';
import { type Order, statement } from '../simulation/bank-says.ts';
import { openStore, STORES } from './stores.ts';

const programme = 'juntos';
const DEFINITION = new URL('../../programmes/pe/juntos/definition.json', import.meta.url);
const [first] = sampleInstructions(1);
/** An order of a cycle, under an id of our form. */
const order = (cycle: string, tail: string): Order => ({
  ...first!,
  endToEndId: `JNTS${cycle.replace('-', '')}01AA${tail.padEnd(18, 'A')}`,
});

describe.each(STORES)('the bank’s reports, %s', (kind) => {
  let ports: Ports;
  let dir: string;
  let end: () => void;
  beforeEach(async () => {
    ({ ports, dir, end } = openStore(kind));
    await ports.objects.putIfAbsent({ bucket: 'bulk', key: definitionKey('d') }, readFileSync(DEFINITION));
    // A closed cycle and the one after it, both of which have sent their payments.
    for (const period of ['2025-09', '2025-11']) {
      const prefix = `cycles/${period}`;
      const inputs = { period, definitionHash: 'd', roster: { shards: 1 }, contracts: [], previous: null };
      const key = `${prefix}/inputs.json`;
      await ports.objects.putIfAbsent({ bucket: 'bulk', key }, Buffer.from(JSON.stringify(inputs)));
      const cycle: Item = { ...cycleKey(programme, period), prefix, shards: 1, dispatched: true };
      await ports.control.write([{ put: cycle }]);
    }
    await ports.control.write([
      { put: { ...headKey(programme), period: '2025-09', openPeriod: '2025-11' } },
      { put: { ...windowKey(programme, '2025-09'), status: 'ENDED' } },
    ]);
  });
  afterEach(() => end());

  const receive = async (name: string, orders: readonly Order[]): Promise<Record<string, unknown>> => {
    const file = statement(
      dir,
      name,
      '2025-11-30',
      orders.map((one) => ({ ...one, what: 'debit' as const })),
    );
    const key = `inbox/${programme}/${name}`;
    await ports.objects.putIfAbsent({ bucket: 'bank', key }, readFileSync(file));
    return (await createInvoker(ports)('ReceiveReport', { key })) as Record<string, unknown>;
  };
  const endWindow = (): Promise<unknown> =>
    ports.control.write([{ put: { ...windowKey(programme, '2025-11'), status: 'ENDED' } }]);

  const ROWS: [string, string[], boolean, object, string[]][] = [
    ['of the open cycle', ['2025-11'], false, { accepted: true, period: '2025-11', ordinal: 1 }, []],
    ['of nobody we know', [], false, { accepted: true, period: '2025-11' }, []],
    ['of a cycle that never was', ['2024-01'], false, { accepted: true, period: '2025-11' }, []],
    [
      'of the closed cycle',
      ['2025-09'],
      false,
      { accepted: false, period: '2025-09', why: 'LATE' },
      ['2025-09'],
    ],
    ['of both', ['2025-09', '2025-11'], false, { accepted: true, period: '2025-11' }, ['2025-09']],
    ['of the cycle whose window ended', ['2025-11'], true, { period: '2025-11', why: 'LATE' }, ['2025-11']],
    ['of both, late', ['2025-09', '2025-11'], true, { why: 'LATE' }, ['2025-09', '2025-11']],
  ];
  it.each(ROWS)('%s', async (_what, cycles, ended, answer, queued) => {
    if (ended) await endWindow();
    const orders = cycles.map((cycle) => order(cycle, 'A'));
    expect(await receive('r.xml', orders)).toMatchObject(answer);
    // Again, even after the window: the first answer, and nothing twice.
    await endWindow();
    expect(await receive('r.xml', orders)).toMatchObject(answer);
    const kept = await collect(lateReports(ports, programme));
    expect(kept.map(({ period, touched }) => [period, touched])).toEqual(
      queued.map((period) => [period, [0]]),
    );
  });

  it('that come at once are numbered, and their numbers follow', async () => {
    const all = await Promise.all(
      ['A', 'B', 'C', 'D', 'E'].map((tail) => receive(`${tail}.xml`, [order('2025-11', tail)])),
    );
    expect(all.map(({ ordinal }) => ordinal).sort()).toEqual([1, 2, 3, 4, 5]);
    expect(await receive('F.xml', [order('2025-11', 'F')])).toMatchObject({ ordinal: 6 });
    expect(await reportsReceived(ports, { programme, period: '2025-11' as never, prefix: '' })).toHaveLength(
      6,
    );
  });

  it('of both, when the window ends while it is being entered', async () => {
    const { control } = ports;
    let open = true;
    const write: typeof control.write = async (writes) => {
      if (open && writes.some((part) => 'put' in part && part.put.sk.startsWith('REPORT#'))) {
        open = false;
        await endWindow();
      }
      return control.write(writes);
    };
    ports = {
      ...ports,
      control: { get: control.get.bind(control), query: control.query.bind(control), write },
    };
    const both = [order('2025-09', 'A'), order('2025-11', 'B')];
    expect(await receive('r.xml', both)).toMatchObject({
      accepted: false,
      why: 'LATE',
      reports: { count: 0 },
    });
    const kept = await collect(lateReports(ports, programme));
    expect(kept.map(({ period }) => period)).toEqual(['2025-09', '2025-11']);
  });

  it('under a key that is no bank file, or before any payment was sent, are refused', async () => {
    const call = createInvoker(ports);
    await expect(call('ReceiveReport', { key: 'outbox/juntos/a.xml' })).rejects.toMatchObject({
      name: 'BAD_INPUT',
    });
    const key = 'inbox/progresa/a.xml';
    await ports.objects.putIfAbsent({ bucket: 'bank', key }, Buffer.from('<a/>'));
    await expect(call('ReceiveReport', { key })).rejects.toMatchObject({ name: 'WRONG_STAGE' });
  });
});

it('a report finds the payees of its lane however the rosters were cut', () => {
  for (const theirs of [1, 2, 4, 8])
    for (const ours of [1, 2, 4, 8]) {
      for (let lane = 0; lane < theirs; lane++)
        for (let mine = 0; mine < ours; mine++)
          expect(lanesOf(lane, theirs, ours).includes(mine)).toBe(
            joiningShards(mine, ours, theirs).includes(lane),
          );
      expect(lanesOf(theirs, theirs, ours), 'institutes come last').toEqual([ours]);
    }
});
