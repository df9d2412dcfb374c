import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ports } from '../../adapters/ports.ts';
import { cycleKey, headKey } from '../../functions/support/cycle.ts';
import { DEMO } from '../../local/demo-people.ts';
import { createInvoker, portsOf } from '../../local/functions.ts';
import type { Invoker } from '../../local/worker-pool.ts';
import { cumple } from '../cli/cumple.ts';
import { temporaryRoot } from '../workflow/temporary.ts';
import { audited, monthsOf, writeVillage } from './village.ts';

// Three periods of JUNTOS (200 soles a household and period) with corrections between them, against amounts that were
// worked out by hand.

const root = mkdtempSync(join(temporaryRoot(), 'cumple-corrections-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const out = join(root, 'data');

type Period = '2025-09' | '2025-11' | '2026-01';
const PEOPLE = ['APPEAL', 'LATE', 'WRONG', 'PLAIN', 'AWAY'] as const;
/** What the school said of a household's child where it did not say that it attended; null: nothing. */
const SAID: Partial<Record<Period, Record<string, boolean | null>>> = {
  '2025-09': { APPEAL: false, LATE: null, AWAY: false },
  '2026-01': { PLAIN: false },
};
const saidOf = (id: string, period: Period): boolean | null => {
  const said = SAID[period]?.[id];
  return said === undefined ? true : said;
};
const onRoster = (id: string, period: Period) => id !== 'AWAY' || period !== '2025-11';

const input = (period: Period): string =>
  writeVillage(join(root, `in-${period}`), period, PEOPLE, {
    here: (id) => onRoster(id, period),
    said: (id) => saidOf(id, period),
  });

const run = (period: Period) => {
  const dir = input(period);
  return cumple(
    ...['cycle', 'run', '--programme', 'juntos', '--period', period, '--roster', dir],
    ...['--evidence', join(dir, 'evidence.csv'), '--out', out, '--bank', 'simulate', '--json'],
  );
};
const published = (period: Period, name: string) =>
  readFileSync(join(out, 'reports/juntos', period, name), 'utf8');
const rows = (text: string): Record<string, string>[] => parse(text, { columns: true, bom: true });
/** What each household was ordered as this period's own money (what came back from a bank is ordered apart). */
const ordered = (period: Period) =>
  Object.fromEntries(
    rows(published(period, 'payment-list.csv'))
      .filter(({ purpose }) => purpose === 'transfer')
      .map(({ payee_id, amount }) => [payee_id, amount]),
  );

const attended = (id: string, months: readonly string[]) =>
  months.map((period) => ({
    subject: `${id}-C`,
    kind: 'school_attendance',
    period,
    value: true,
    source: 'UGEL',
  }));
type Case = Record<string, unknown> & { id: string };
async function correct(item: Case, submitter = 'gestora') {
  const path = join(root, `${item.id}.json`);
  writeFileSync(path, JSON.stringify({ programme: 'juntos', because: 'expediente', ...item }));
  const submitted = await cumple('correction', 'submit', path, '--person', submitter, '--out', out);
  const approved = await decide('approve', item.id, 'coordinador');
  return { submitted, approved };
}
const decide = (verb: string, id: string, person: string, ...more: string[]) =>
  cumple('correction', verb, id, '--programme', 'juntos', '--person', person, ...more, '--out', out);
const list = async () =>
  (await cumple('correction', 'list', '--programme', 'juntos', '--out', out, '--json')).stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .map(({ correction, state, appliedIn }) => [correction.id, state, appliedIn]);
const history = async (id: string) =>
  (await cumple('household', 'history', id, '--programme', 'juntos', '--out', out, '--json')).stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

async function inFolder(
  work: (ports: Ports, call: Invoker['call']) => Promise<void>,
  config: { now?: string } = {},
): Promise<void> {
  const ports = portsOf({ dir: out, ...config });
  try {
    await work(ports, createInvoker(ports));
  } finally {
    ports.close();
  }
}

describe('corrections between three cycles', () => {
  beforeAll(async () => {
    expect((await run('2025-09')).code).toBe(0);
  }, 120_000);

  it('the first cycle pays whom the school reported', () => {
    expect(ordered('2025-09')).toEqual({ WRONG: '200.00', PLAIN: '200.00' });
  });

  it('only somebody else approves, a decision stands, and a repeat changes nothing', async () => {
    const months = monthsOf('2025-09');
    const appeal: Case = {
      id: 'A-1',
      household: 'APPEAL',
      reason: 'appeal_upheld',
      evidence: attended('APPEAL', months),
    };
    expect((await correct(appeal)).approved.code).toBe(0);
    expect((await correct(appeal)).submitted.code).toBe(0);
    const other = await correct({ ...appeal, because: 'otro motivo' });
    expect(other.submitted).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('IDEMPOTENCY_MISMATCH'),
    });
    await correct({
      id: 'L-1',
      household: 'LATE',
      reason: 'late_evidence',
      evidence: attended('LATE', months),
    });
    await correct({
      id: 'W-1',
      household: 'WRONG',
      reason: 'registry_change',
      registry: [{ from: '2025-09', attributes: { sisfoh: 'non_poor' } }],
    });
    await correct({
      id: 'Z-1',
      household: 'AWAY',
      reason: 'appeal_upheld',
      evidence: attended('AWAY', months),
    });

    const path = join(root, 'S-1.json');
    const refused: Case = { id: 'S-1', household: 'PLAIN', reason: 'justification' };
    writeFileSync(
      path,
      JSON.stringify({ ...refused, programme: 'juntos', because: 'x', evidence: attended('PLAIN', months) }),
    );
    expect((await cumple('correction', 'submit', path, '--person', 'gestora', '--out', out)).code).toBe(0);
    expect((await decide('approve', 'S-1', 'gestora')).stderr).toContain('SELF_APPROVAL');
    expect((await decide('refuse', 'S-1', 'coordinador')).stderr).toContain('BAD_INPUT');
    expect((await decide('refuse', 'S-1', 'coordinador', '--reason', 'sin sustento')).code).toBe(0);
    expect((await decide('approve', 'S-1', 'directora')).stderr).toContain('WRONG_STAGE');
    expect(await list()).toEqual([
      ['A-1', 'APPROVED', undefined],
      ['L-1', 'APPROVED', undefined],
      ['S-1', 'REFUSED', undefined],
      ['W-1', 'APPROVED', undefined],
      ['Z-1', 'APPROVED', undefined],
    ]);
  });

  it.each([
    ['a household that no cycle had', { household: 'NOBODY' }, 'NOT_FOUND'],
    [
      'a misspelt kind of evidence',
      { evidence: [{ ...attended('LATE', ['2025-09'])[0], kind: 'atendance' }] },
      'evidence[0].kind',
    ],
    [
      'a misspelt attribute',
      { registry: [{ from: '2025-09', attributes: { sisfo: 'poor' } }] },
      'registry[0]',
    ],
  ])('%s is refused and not entered', async (_what, change, said) => {
    const item = {
      id: 'T-1',
      household: 'LATE',
      reason: 'late_evidence',
      evidence: attended('LATE', ['2025-09']),
    };
    const { submitted } = await correct({ ...item, ...change });
    expect(submitted.code).not.toBe(0);
    expect(submitted.stderr).toContain(said);
    expect((await list()).map(([id]) => id)).not.toContain('T-1');
  });

  it('the next cycle pays what was owed, takes what was too much, and lets wait whom its roster has not', async () => {
    const { code, stderr } = await run('2025-11');
    expect(stderr).not.toContain('cumple:');
    expect(code).toBe(0);
    // WRONG is poor again by the roster of November: 200 owed, 200 taken back.
    expect(ordered('2025-11')).toEqual({ APPEAL: '400.00', LATE: '400.00', PLAIN: '200.00' });
    expect(JSON.parse(published('2025-11', 'report.json'))).toMatchObject({
      transfers: { entitled: '800.00', payable: '800.00', arrears: '400.00' },
      bridge: { recovered: '200.00' },
    });
    const waits = rows(published('2025-11', 'exceptions.csv')).filter(
      ({ code }) => code === 'CORRECTION_WAITS',
    );
    expect(waits).toMatchObject([{ subject: 'AWAY', stage: 'CorrectHistory' }]);
    expect(await list()).toMatchObject([
      ['A-1', 'APPLIED', '2025-11'],
      ['L-1', 'APPLIED', '2025-11'],
      ['S-1', 'REFUSED', undefined],
      ['W-1', 'APPLIED', '2025-11'],
      ['Z-1', 'APPROVED', undefined],
    ]);
  });

  it('an auditor downloads who asked, who approved, and each amount with its cycle and line', () => {
    const listed = rows(published('2025-11', 'corrections.csv'));
    expect(
      listed.map(
        ({ corrections, household, kind, origin_cycle, benefit, amount, submitted_by, approved_by }) => [
          ...[corrections, household, kind, origin_cycle, benefit, amount, submitted_by, approved_by],
        ],
      ),
    ).toEqual([
      ['A-1', 'APPEAL', 'arrears', '2025-09', 'base', '200.00', 'gestora', 'coordinador'],
      ['L-1', 'LATE', 'arrears', '2025-09', 'base', '200.00', 'gestora', 'coordinador'],
      ['W-1', 'WRONG', 'recovery', '2025-09', 'base', '200.00', 'gestora', 'coordinador'],
    ]);
    const manifest = JSON.parse(published('2025-11', 'manifest.json'));
    expect(JSON.stringify(manifest)).toContain('corrections.csv');
    expect(() => published('2025-09', 'corrections.csv')).toThrow('ENOENT');
  });

  it('its report says what the corrections moved, by cycle, whom the money reaches and what changed', () => {
    const [one, none] = [(amount: string, count = 1) => ({ count, amount }), { count: 0, amount: '0.00' }];
    const moved = { arrears: one('400.00', 2), recoveries: one('200.00') };
    const report = JSON.parse(published('2025-11', 'report.json'));
    expect(report.corrections).toEqual({
      ...{ applied: 3, households: 3, ...moved },
      origins: [{ origin: '2025-09', ...moved }],
    });
    // APPEAL and LATE come in; WRONG is owed 200 and gives 200 back, so nothing is ordered for it.
    expect(report.changes).toMatchObject({
      ...{ since: '2025-09', before: '400.00', now: '1000.00', difference: '600.00' },
      ...{ entering: one('800.00', 2), leaving: one('200.00'), up: none, down: none },
    });
    expect(report.targeting).toMatchObject({
      paid: 3,
      leakagePct: '0.00',
      meetRule: 4,
      coveragePct: '75.00',
    });
    expect(report.anomalies).toContainEqual(
      expect.objectContaining({ kind: 'unverified_share', count: 0, limitPct: '60' }),
    );
    const page = published('2025-11', 'reconciliation.html');
    for (const said of ['Correcciones de ciclos cerrados', 'Corrections of closed cycles', 'Focalización'])
      expect(page).toContain(said);
    const first = JSON.parse(published('2025-09', 'report.json'));
    expect([first.corrections, first.changes]).toEqual([undefined, undefined]);
  });

  it('CorrectHistory run again leaves the same bytes', () =>
    inFolder(async (ports, call) => {
      const { prefix, shards } = (await ports.control.get(cycleKey('juntos', '2025-11')))!;
      for (let shard = 0; shard < Number(shards); shard++)
        expect(
          await call('CorrectHistory', { programme: 'juntos', period: '2025-11', prefix, shard }),
        ).toEqual({ households: 3, adjustments: 3 });
    }));

  it('the other steps of the corrected cycle too, and closing again applies nothing twice', () =>
    inFolder(async (ports, call) => {
      const head = (await ports.control.get(headKey('juntos')))!;
      const [prefix, hash] = String(head.prefix).split('/state/');
      const cycle = { programme: 'juntos', period: '2025-11', prefix };
      const before = await list();
      // A step halts where its object is there with other bytes.
      for (let shard = 0; shard < Number(head.shards); shard++)
        for (const step of ['VerifyCompliance', 'CalculateTransfers'])
          expect(await call(step, { ...cycle, shard })).toMatchObject({ households: 4 });
      expect(await call('CloseCycle', { cycle, reports: { count: 1, hash } })).toEqual({
        stateHash: head.stateHash,
      });
      expect(await list()).toEqual(before);
    }));

  it('published again on another day, its reports are the same bytes', () =>
    inFolder(
      async (ports, call) => {
        const head = (await ports.control.get(headKey('juntos')))!;
        const [prefix, hash] = String(head.prefix).split('/state/');
        const cycle = { programme: 'juntos', period: '2025-11', prefix };
        const { root } = JSON.parse(published('2025-11', 'manifest.json'));
        const reports = { count: 1, hash, final: true };
        expect(await call('PublishReports', { cycle, reports })).toMatchObject({ root });
      },
      { now: '2031-01-01T00:00:00Z' },
    ));

  it('the one after pays who is back, and a second correction of a household takes nothing of the first back', async () => {
    await correct({
      id: 'A-2',
      household: 'APPEAL',
      reason: 'registry_change',
      registry: [{ from: '2025-11', attributes: { sisfoh: 'non_poor' } }],
    });
    // The registry change of W-1 is for the cycles before November, whose own roster was right.
    const evidence = attended('WRONG', monthsOf('2025-11'));
    await correct({ id: 'W-2', household: 'WRONG', reason: 'late_evidence', evidence });
    expect((await run('2026-01')).code).toBe(0);
    // APPEAL: 200 of its own less 200 of November; PLAIN's child was absent, so nothing.
    expect(ordered('2026-01')).toEqual({ LATE: '200.00', WRONG: '200.00', AWAY: '400.00' });
  });

  it('a household reads its cycles as a timeline, each amount linked to its cycle and line', async () => {
    const appeal = await history('APPEAL');
    expect(
      appeal.map(({ period, payable, forfeited, arrears, recoveries }) => [
        period,
        payable,
        forfeited,
        arrears.map((line: Record<string, string>) => [
          line.origin,
          line.benefit,
          line.amount,
          line.correction,
        ]),
        recoveries.map((line: Record<string, string>) => [line.origin, line.benefit, line.amount, line.id]),
      ]),
    ).toEqual([
      ['2025-09', '0.00', '200.00', [], []],
      ['2025-11', '200.00', '0.00', [['2025-09', 'base', '200.00', 'A-1:2025-09|base|']], []],
      ['2026-01', '200.00', '0.00', [], [['2025-11', 'base', '200.00', 'A-2:2025-11|base|']]],
    ]);
    const { stdout } = await cumple('household', 'history', 'APPEAL', '--programme', 'juntos', '--out', out);
    expect(stdout).toContain('2025-09: 200.00');
    expect(stdout).toContain('de antes / arrears');
    const unknown = await cumple('household', 'history', 'NOBODY', '--programme', 'juntos', '--out', out);
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('NOT_FOUND') });
  });

  it('over a household’s life, paid = owed by what is known now', async () => {
    for (const [id, total] of [
      ['APPEAL', 400],
      ['LATE', 600],
      ['WRONG', 400],
      ['PLAIN', 400],
      ['AWAY', 400],
    ] as const) {
      const paid = (['2025-09', '2025-11', '2026-01'] as const)
        .map((period) => Number(ordered(period)[id] ?? '0'))
        .reduce((a, b) => a + b);
      expect([id, paid]).toEqual([id, total]);
    }
  });

  it('an auditor finds every cycle equal, those that correct earlier ones too', async () => {
    const equal = (['2025-09', '2025-11', '2026-01'] as const).map((period) => [period, []]);
    expect(await audited(out)).toEqual([0, equal]);
  });
});

it('who asked for a correction cannot approve the cycle that pays it', async () => {
  const folder = join(root, 'barred');
  const dir = input('2025-09');
  const cycle = (period: Period) => {
    const from = input(period);
    return cumple(
      ...['cycle', 'run', '--programme', 'juntos', '--period', period, '--roster', from],
      ...['--evidence', join(from, 'evidence.csv'), '--out', folder, '--bank', 'simulate', '--json'],
    );
  };
  expect(dir).toContain('2025-09');
  expect((await cycle('2025-09')).code).toBe(0);
  const path = join(root, 'B-1.json');
  const evidence = attended('APPEAL', monthsOf('2025-09'));
  writeFileSync(
    path,
    JSON.stringify({
      id: 'B-1',
      programme: 'juntos',
      household: 'APPEAL',
      reason: 'late_evidence',
      because: 'x',
      evidence,
    }),
  );
  await cumple('correction', 'submit', path, '--person', DEMO.checkers[0], '--out', folder);
  await cumple('correction', 'approve', 'B-1', '--programme', 'juntos', '--person', 'luz', '--out', folder);
  const refused = await cycle('2025-11');
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toContain('SELF_APPROVAL');
});
