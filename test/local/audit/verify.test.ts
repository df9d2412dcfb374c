import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { AUDIT_CHECKS } from '../../../domain/audit/difference.ts';
import { cumple } from '../../cli/cumple.ts';
import { newDir, stepsOfACycle } from '../../workflow/harness.ts';
import { type Audited, audit, contentOf, Folder, named, twoPeriods } from './folder.ts';

let base: string;
beforeAll(async () => {
  base = await twoPeriods();
}, 60_000);

const chmodAll = (dir: string, add: number, take: number) => {
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    chmodSync(path, entry.isDirectory() ? 0o555 | add : 0o444 | (add & ~take));
  }
  chmodSync(dir, 0o555 | add);
};

describe('a folder that nobody touched', () => {
  it('is all equal, every closed cycle of it, and nothing is written', async () => {
    const before = contentOf(base);
    const { code, cycles } = await audit(base, '--programme', 'juntos');
    expect(cycles.map((cycle) => [cycle.period, named(cycle)])).toEqual([
      ['2025-09', []],
      ['2025-11', []],
    ]);
    expect(code).toBe(0);
    expect(contentOf(base)).toBe(before);
    for (const cycle of cycles) {
      expect(cycle.checks.map(({ name }) => name)).toEqual(Object.keys(AUDIT_CHECKS));
      for (const { name, checked } of cycle.checks) expect([name, checked > 0]).toEqual([name, true]);
      const manifest = join(base, 'reports/juntos', cycle.period, 'manifest.json');
      expect(cycle.root).toBe((JSON.parse(readFileSync(manifest, 'utf8')) as { root: string }).root);
      expect(cycle.identities).toEqual({ instructed: '0.00', netDebits: '0.00', balance: '0.00' });
    }
  });

  it('is so as a copy elsewhere that nobody may write to, and by the path that `cycle run` calls the bundle', async () => {
    const { dir } = new Folder(base);
    chmodAll(dir, 0, 0o222);
    const before = contentOf(dir);
    const { code, cycles } = await audit(join(dir, 'reports/juntos/2025-11'));
    expect(cycles.map((cycle) => [cycle.period, named(cycle)])).toEqual([['2025-11', []]]);
    expect(code).toBe(0);
    expect(contentOf(dir)).toBe(before);
    chmodAll(dir, 0o200, 0);
  });

  it('is so without the key of payment ids and without what the workflows remember', async () => {
    const folder = new Folder(base);
    folder.remove('control');
    expect((await audit(folder.dir, '--period', '2025-09')).code).toBe(0);
  });

  it('is so beside the list of an attempt that failed', async () => {
    const folder = new Folder(base);
    const [attempt] = readdirSync(folder.path('bulk/cycles/juntos/2025-09'));
    mkdirSync(folder.path(`reports/juntos/2025-09/failed/${attempt}`), { recursive: true });
    folder.write(`reports/juntos/2025-09/failed/${attempt}/exceptions.csv`, 'x');
    expect((await audit(folder.dir, '--period', '2025-09')).code).toBe(0);
  });

  it('is so where two reports came at the same moment: the first was reconciled together with the second', async () => {
    const folder = new Folder(base);
    const set = folder.setOf(1);
    folder.remove(`cycle/report-sets/${set}.json`);
    folder.remove(`cycle/reconciled/${set}`);
    const files = folder.path('bank/reconciliation/juntos/2025-09');
    for (const name of readdirSync(files))
      if (name.endsWith('-0001.csv')) cpSync(join(files, name.replace('-0001', '-0002')), join(files, name));
    const { code, cycles } = await audit(folder.dir, '--period', '2025-09');
    expect(cycles[0]!.differences).toEqual([]);
    expect(code).toBe(0);
  });

  it('is read with what its database has not yet brought into its file', async () => {
    const folder = new Folder(base);
    const db = new DatabaseSync(join(folder.dir, 'control.sqlite'));
    db.exec('PRAGMA journal_mode = WAL');
    db.exec(
      "UPDATE items SET body = replace(body, '\"required\":1', '\"required\":0') WHERE sk = 'APPROVAL'",
    );
    const { cycles } = await audit(folder.dir, '--period', '2025-09');
    expect(named(cycles[0]!)).toEqual(['approval']);
    db.close();
  });

  it('is told to people in both languages, with counts and the root', async () => {
    const { code, stdout, stderr } = await cumple('audit', 'verify', base, '--period', '2025-09');
    expect(code).toBe(0);
    expect(stdout).toContain('Todo igual / All equal');
    expect(stdout).toMatch(/raíz \/ root {2}[0-9a-f]{64}/);
    for (const { es, en } of Object.values(AUDIT_CHECKS)) {
      expect(stdout).toContain(es);
      expect(stdout).toContain(en);
      expect(stderr).toContain(`${es} / ${en}`);
    }
  });
});

type Spoil = (folder: Folder) => void | Promise<void>;
/** What is done to the folder, which checks name it in the first period, and what the first of them says. */
const SPOILT: readonly [what: string, spoil: Spoil, checks: string[], says: Record<string, unknown>][] = [
  [
    'one byte in a CSV',
    (it) => it.replace('reports/juntos/2025-09/payment-list.csv', '200.00', '300.00'),
    ['published', 'reports'],
    { what: 'changed', path: 'reports/juntos/2025-09/payment-list.csv' },
  ],
  [
    'a file added to the reports',
    (it) => it.write('reports/juntos/2025-09/notes.txt', 'all is well'),
    ['published'],
    { what: 'added', path: 'reports/juntos/2025-09/notes.txt' },
  ],
  [
    'a list of an attempt that never was',
    (it) => {
      mkdirSync(it.path('reports/juntos/2025-09/failed/0123456789abcdef'), { recursive: true });
      it.write('reports/juntos/2025-09/failed/0123456789abcdef/exceptions.csv', 'x');
    },
    ['published'],
    { what: 'added', path: 'reports/juntos/2025-09/failed/0123456789abcdef/exceptions.csv' },
  ],
  [
    'a report deleted',
    (it) => it.remove('reports/juntos/2025-09/exceptions.csv'),
    ['published', 'reports'],
    { what: 'missing', path: 'reports/juntos/2025-09/exceptions.csv' },
  ],
  [
    'a root that is not the one of the files',
    (it) => it.replace('reports/juntos/2025-09/manifest.json', /"root":"[0-9a-f]{4}/, '"root":"ffff'),
    ['published', 'reports'],
    { what: 'changed', field: 'root' },
  ],
  [
    'a manifest that is none',
    (it) => it.write('reports/juntos/2025-09/manifest.json', '{"files":[]}'),
    ['published', 'reports'],
    { what: 'changed', message: 'no es un manifiesto / it is not a manifest' },
  ],
  [
    'a payment file of the outbox',
    (it) => it.replace('bank/outbox/juntos/2025-09/*000-1.xml', '200.00', '900.00'),
    ['published', 'payments'],
    { what: 'changed' },
  ],
  [
    'a report changed together with its manifest',
    (it) => it.forge('reconciliation.csv', 'rejected', 'paid'),
    ['reports'],
    { what: 'changed', path: 'reports/juntos/2025-09/reconciliation.csv' },
  ],
  [
    'an institute’s statement changed together with its manifest',
    (it) => it.forge('providers/prime-1/statement-lines.csv', '400.00', '500.00'),
    ['reports'],
    { what: 'changed', path: 'reports/juntos/2025-09/providers/prime-1/statement-lines.csv' },
  ],
  [
    'a roster row',
    (it) => it.replace('bulk/roster/*households/000.jsonl', '"territory":"', '"territory":"Otro '),
    ['inputs'],
    { what: 'changed', subject: 'H001', field: 'territory' },
  ],
  [
    'a row of the roster file that was handed in',
    (it) => it.replace('bulk/inbox/*households.csv', 'poor', 'rich'),
    ['inputs'],
    { what: 'unrepeatable' },
  ],
  [
    'the evidence file that was handed in, gone',
    (it) => it.remove('bulk/inbox/*evidence.csv'),
    ['inputs'],
    { what: 'unrepeatable' },
  ],
  [
    'the roster file gone, and a row changed',
    (it) => {
      it.remove('bulk/inbox/*households.csv');
      it.replace('bulk/roster/*quarantine/000.jsonl', 'UNKNOWN_HOUSEHOLD', 'UNKNOWN_HOUSE');
    },
    ['inputs', 'reports'],
    { what: 'unrepeatable' },
  ],
  [
    'an institute’s claim',
    (it) => it.replace('bulk/claims/*.jsonl', '2025-02-25', '2025-12-25'),
    ['inputs', 'entitlements'],
    { what: 'changed', field: 'sha256' },
  ],
  [
    'who made the cycle',
    (it) => it.control('CYCLE', { maker: 'nobody', freezeHash: '0'.repeat(64) }),
    ['inputs'],
    { what: 'changed', field: 'sha256' },
  ],
  ['frozen inputs that are gone', (it) => it.remove('cycle/inputs.json'), ['inputs'], { what: 'missing' }],
  [
    'a verdict flipped',
    (it) => it.replace('cycle/compliance/000.jsonl', '"status":"non_compliant"', '"status":"compliant"'),
    ['verdicts'],
    { what: 'changed', stored: '"compliant"', recomputed: '"non_compliant"' },
  ],
  [
    'evidence that was brought to a household',
    (it) => it.replace('cycle/shuffled/*000.jsonl', '"value":false', '"value":true'),
    ['verdicts'],
    { what: 'changed', field: 'value', stored: 'true', recomputed: 'false' },
  ],
  [
    'verdicts that are gone',
    (it) => it.remove('cycle/compliance/000.jsonl'),
    ['verdicts'],
    { what: 'missing' },
  ],
  [
    'an amount in the transfers',
    (it) => it.replace('cycle/transfers/000.jsonl', /"dueMinor":20000/, '"dueMinor":90000'),
    ['entitlements'],
    { what: 'changed', subject: 'H001', field: 'dueMinor', stored: '90000', recomputed: '20000' },
  ],
  [
    'a payable removed',
    (it) =>
      it.replace(
        'cycle/transfers/000.jsonl',
        /"payables":\[\{.*?\}\],"undelivered"/,
        '"payables":[],"undelivered"',
      ),
    ['entitlements'],
    { what: 'changed', subject: 'H001', field: 'payables[0]' },
  ],
  [
    'a household taken out of the transfers',
    (it) => it.replace('cycle/transfers/000.jsonl', /^.*\n/, ''),
    ['entitlements'],
    { what: 'missing', subject: 'H001' },
  ],
  [
    'an institute’s disbursement',
    (it) => it.replace('cycle/transfers/001.jsonl', '"dueMinor":160000', '"dueMinor":260000'),
    ['entitlements'],
    { what: 'changed', subject: 'prime-1', field: 'dueMinor' },
  ],
  [
    'the totals of the proposal',
    (it) => it.replace('cycle/proposal.json', '"eligible":', '"eligible":1'),
    ['approval'],
    { what: 'changed', field: 'totals.households.eligible' },
  ],
  [
    'the hash that was approved',
    (it) => it.control('APPROVAL', { manifestHash: 'f'.repeat(64) }),
    ['approval', 'reports'],
    { what: 'changed', field: 'manifestHash', stored: 'f'.repeat(64) },
  ],
  [
    'a maker who approved',
    (it) => it.control('APPROVAL', { checker1: 'demo.administradora' }),
    ['approval', 'reports'],
    {
      what: 'changed',
      message: 'demo.administradora elaboró este ciclo y lo firmó / made this cycle and approved it',
    },
  ],
  [
    'one person who approved twice',
    (it) => it.control('APPROVAL', { checker2: 'demo.aprobadora.1' }),
    ['approval', 'reports'],
    { what: 'changed', message: 'demo.aprobadora.1 firmó dos veces / approved twice' },
  ],
  [
    'nobody who approved',
    (it) => it.control('APPROVAL', { checker1: undefined }),
    ['approval', 'reports'],
    { what: 'changed', message: 'firmaron 0 de 1 / 0 of 1 approved' },
  ],
  [
    'somebody who approved a payment of what they had submitted',
    (it) => it.record('SUBMITTER#demo.aprobadora.1', true),
    ['approval'],
    { message: 'demo.aprobadora.1 firmó lo que había presentado / approved what they had submitted' },
  ],
  [
    'an approval that says that no second person was needed',
    (it) => it.control('APPROVAL', { required: 0 }),
    ['approval'],
    { what: 'changed', field: 'required', stored: '0' },
  ],
  [
    'an order that is gone',
    (it) => it.replace('cycle/instructed/000.jsonl', /^.*\n/, ''),
    ['payments', 'bank', 'state', 'reports'],
    { what: 'missing', subject: 'H001', field: 'transfer', recomputed: '200.00' },
  ],
  [
    'an order twice',
    (it) => it.replace('cycle/instructed/000.jsonl', /^(.*\n)/, '$1$1'),
    ['payments'],
    { what: 'added', subject: 'H001', stored: '200.00' },
  ],
  [
    'the account of an order',
    (it) => it.replace('cycle/instructed/000.jsonl', '01800000040100013700', '01800000040100013799'),
    ['payments'],
    { what: 'changed', subject: 'H001', field: 'account.number' },
  ],
  [
    'the id of an order, in our records',
    (it) => it.replace('cycle/instructed/000.jsonl', '"endToEndId":"JNTS', '"endToEndId":"OTRO'),
    ['payments', 'bank', 'state', 'reports'],
    { what: 'changed', subject: 'H001', field: 'endToEndId' },
  ],
  [
    'when a payment file was written',
    (it) => it.replace('cycle/pain001/*000-1.xml', '<CreDtTm>2025', '<CreDtTm>2024'),
    ['payments', 'reports'],
    { what: 'changed', field: 'CreDtTm' },
  ],
  [
    'what our record says was sent',
    (it) => it.control('FILE#%', { sumMinor: 1 }),
    ['payments'],
    { what: 'changed' },
  ],
  [
    'the record of what was sent, gone',
    (it) => it.record('FILE#%-000-1', false),
    ['payments'],
    { what: 'missing' },
  ],
  [
    'a bank report',
    (it) => it.replace('bank/inbox/juntos/2025-09/*pain002-0001-2025-09-30.xml', 'RJCT', 'ACSC'),
    ['bank'],
    { what: 'changed', path: 'bank/inbox/juntos/2025-09/pain002-0001-2025-09-30.xml', field: 'sha256' },
  ],
  [
    'a bank report that is gone',
    (it) => it.remove('bank/inbox/juntos/2025-09/*pain002-0001-2025-09-30.xml'),
    ['bank'],
    { what: 'missing' },
  ],
  [
    'the receipts of all bank reports, gone',
    (it) => it.record('REPORT#%', false),
    ['bank', 'state', 'reports', 'leftovers'],
    { what: 'changed', field: 'reports', recomputed: '0' },
  ],
  [
    'a bank report that nobody received',
    (it) => it.write('bank/inbox/juntos/2025-09/extra.xml', '<Document/>'),
    ['bank'],
    { what: 'added', path: 'bank/inbox/juntos/2025-09/extra.xml' },
  ],
  [
    'one of two copies of a bank report',
    (it) => it.replace('bank/inbox/juntos/2025-09/*camt053-00001-2025-09-30-again.xml', '200.00', '201.00'),
    ['bank'],
    { what: 'added', path: 'bank/inbox/juntos/2025-09/camt053-00001-2025-09-30-again.xml' },
  ],
  [
    'how a bank report was received',
    (it) => it.control('REPORT#%', { touched: [] }),
    ['bank'],
    { what: 'changed', field: 'touched' },
  ],
  [
    'a reconciled line',
    (it) => it.replace('cycle/reconciled/*-final/lines/000.jsonl', '"state":"rejected"', '"state":"paid"'),
    ['bank'],
    { what: 'changed', field: 'state', stored: '"paid"', recomputed: '"rejected"' },
  ],
  [
    'a line of a reconciliation file',
    (it) => it.replace('bank/reconciliation/juntos/2025-09/000-0002.csv', '200.00', '201.00'),
    ['bank'],
    { what: 'changed' },
  ],
  [
    'the list of reports that the cycle closed with',
    (it) => {
      const sets = join(it.path('cycle/report-sets'));
      const largest = readdirSync(sets).sort(
        (a, b) => readFileSync(join(sets, b)).length - readFileSync(join(sets, a)).length,
      )[0]!;
      rmSync(join(sets, largest));
    },
    ['bank'],
    { what: 'missing' },
  ],
  [
    'a list of reports that was reconciled on the way',
    (it) => it.remove(`cycle/report-sets/${it.setOf(1)}.json`),
    ['bank', 'leftovers'],
    { what: 'changed' },
  ],
  [
    'what is carried on',
    (it) => it.replace('cycle/state/*000.jsonl', '"amountMinor":', '"amountMinor":1'),
    ['state'],
    { what: 'changed' },
  ],
  [
    'the hash of the state',
    (it) => it.control('CYCLE', { stateHash: 'f'.repeat(64) }),
    ['state'],
    { what: 'changed', field: 'stateHash' },
  ],
  [
    'a list of exceptions that no step wrote',
    (it) => it.write('cycle/exceptions/zz.jsonl', '{"code":"X","message":"y"}\n'),
    ['leftovers'],
    { what: 'added' },
  ],
  [
    'a payment file that no step wrote, in our own records',
    (it) => it.write('cycle/pain001/JNTS-9.xml', '<Document/>'),
    ['leftovers'],
    { what: 'added' },
  ],
];

describe('what somebody changed is found, by the check that it belongs to', () => {
  it.each(SPOILT)('%s', async (_what, spoil, checks, says) => {
    const folder = new Folder(base);
    await spoil(folder);
    const { code, cycles } = await audit(folder.dir, '--period', '2025-09');
    expect(cycles.map(named)).toEqual([checks]);
    expect(code).toBe(1);
    const first = cycles[0]!.differences.filter(({ check }) => check === checks[0]);
    expect(first).toContainEqual(expect.objectContaining(says));
  });

  it('every check has something that it names first', () => {
    const first = new Set(SPOILT.map(([, , [check]]) => check));
    expect([...first].sort()).toEqual(Object.keys(AUDIT_CHECKS).sort());
  });

  it('a value of the definition: named among the inputs before anything that rests on it', async () => {
    const folder = new Folder(base);
    const inputs = JSON.parse(readFileSync(folder.path('cycle/inputs.json'), 'utf8')) as Record<
      string,
      string
    >;
    const path = `bulk/definitions/${inputs.definitionHash}.json`;
    folder.replace(path, '"value":"200.00"', '"value":"300.00"');
    const { code, cycles } = await audit(folder.dir, '--period', '2025-09');
    expect(code).toBe(1);
    expect(cycles[0]!.differences[0]).toMatchObject({ check: 'inputs', path, field: 'sha256' });
  });

  it('a state that is not the one with which the next cycle began, or the current one', async () => {
    const folder = new Folder(base);
    const [next] = readdirSync(folder.path('bulk/cycles/juntos/2025-11'));
    const path = `bulk/cycles/juntos/2025-11/${next}/inputs.json`;
    folder.replace(path, /("previous":\{"hash":")[0-9a-f]{4}/, '$1ffff');
    folder.control('HEAD', { stateHash: 'f'.repeat(64) }, 'P#juntos#STATE');
    const { cycles } = await audit(folder.dir);
    const first = cycles.map(({ differences }) => differences.find(({ check }) => check === 'state'));
    expect(first).toEqual([
      expect.objectContaining({ path, field: 'previous.hash' }),
      expect.objectContaining({ path: 'control/P#juntos#STATE/HEAD', stored: 'f'.repeat(64) }),
    ]);
  });

  it('the state that one cycle left and the next began with: both name it', async () => {
    const folder = new Folder(base);
    folder.replace('cycle/state/*000.jsonl', '"amountMinor":', '"amountMinor":1');
    const { cycles } = await audit(folder.dir);
    expect(cycles.map((cycle) => [cycle.period, named(cycle)[0]])).toEqual([
      ['2025-09', 'state'],
      ['2025-11', 'inputs'],
    ]);
  });
});

describe('a folder that is not whole', () => {
  const refusals: readonly [what: string, spoil: (folder: Folder) => void, args: string[], says: RegExp][] = [
    ['no folder', () => {}, ['/nowhere/at/all'], /BAD_INPUT.*there is no folder/],
    ['no control records', (it) => it.remove('control.sqlite'), [], /BAD_INPUT.*has no control.sqlite/],
    [
      'damaged control records',
      (it) => it.write('control.sqlite', 'x'.repeat(9000)),
      [],
      /BAD_INPUT.*cannot be read/,
    ],
    ['another programme', () => {}, ['--programme', 'sisben'], /CYCLE_NOT_FOUND.*sisben has no closed cycle/],
    ['another period', () => {}, ['--period', '2024-01'], /CYCLE_NOT_FOUND[\s\S]*it has 2025-09, 2025-11/],
    ['no period', () => {}, ['--period', 'September'], /BAD_USAGE/],
    ['two folders', () => {}, ['there', '--json'], /BAD_USAGE.*name one folder/],
    [
      'two programmes',
      (it) => mkdirSync(it.path('bulk/cycles/other')),
      [],
      /BAD_USAGE.*--programme is missing; the folder has juntos, other/,
    ],
  ];
  it.each(refusals)('%s is refused with exit 2', async (_what, spoil, args, says) => {
    const folder = new Folder(base);
    spoil(folder);
    const where = args[0]?.startsWith('/') ? [] : [folder.dir];
    const { code, stdout, stderr } = await cumple('audit', 'verify', ...where, ...args);
    expect(stderr).toMatch(says);
    expect([code, stdout]).toEqual([2, '']);
  });

  it('an empty folder holds no cycle', async () => {
    const folder = new Folder(base);
    for (const name of ['bulk', 'reports']) folder.remove(name);
    expect((await cumple('audit', 'verify', folder.dir)).stderr).toMatch(
      /CYCLE_NOT_FOUND.*there is no cycle/,
    );
  });

  it.each([
    ['all bulk data gone', 'bulk', ['inputs']],
    ['the bank’s folder gone', 'bank', ['published', 'payments', 'bank']],
    ['the roster gone', 'bulk/roster', ['inputs', 'verdicts', 'entitlements', 'approval', 'reports']],
  ])('%s: differences, no crash', async (_what, path, checks) => {
    const folder = new Folder(base);
    folder.remove(path);
    const { code, stderr, cycles } = await audit(folder.dir, '--programme', 'juntos', '--period', '2025-09');
    expect([code, cycles.map(named)]).toEqual([1, [checks]]);
    expect(stderr).not.toContain('    at ');
  });

  it('files cut in the middle or full of rubbish: differences, no crash', async () => {
    const folder = new Folder(base);
    const cycle = folder.path('cycle/');
    for (const entry of readdirSync(cycle, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && entry.name !== 'inputs.json')
        writeFileSync(path, readFileSync(path).subarray(0, 40));
    }
    const { code, cycles } = await audit(folder.dir, '--period', '2025-09');
    expect(code).toBe(1);
    expect(named(cycles[0]!)).toEqual(
      expect.arrayContaining(['verdicts', 'entitlements', 'approval', 'payments', 'bank', 'state']),
    );
  });

  it('a cycle whose record is gone while its reports are published', async () => {
    const folder = new Folder(base);
    folder.control('CYCLE', { status: 'OPEN' });
    const { code, cycles } = await audit(folder.dir, '--period', '2025-09');
    expect([code, named(cycles[0] as Audited)]).toEqual([1, ['inputs']]);
  });
});

/** Steps that an audit does not repeat, and why. */
const NOT_REPEATED: Readonly<Record<string, string>> = {
  OpenCycle: 'writes a control record alone, which is compared with the frozen inputs',
  FreezeInputs: 'what it wrote is held against its hash',
  AwaitApproval: 'waits; what came of it is checked',
  EmitPaymentFiles: 'needs the key of payment ids; its files are written again with the ids that they have',
  TellSettled: 'moves claims in the control records, of which the folder shows the present state alone',
  AwaitBankReports: 'waits',
  TellPaid: 'moves claims in the control records, of which the folder shows the present state alone',
};

test('every step of the workflows is repeated, or stands here with its reason', async () => {
  const folder = fileURLToPath(new URL('../../../local/audit/', import.meta.url));
  const source = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  const steps = [...(await stepsOfACycle()), 'CorrectHistory', 'ReconcileLate'];
  const silent = steps.filter((name) => !source.includes(`'${name}'`));
  expect(silent.sort()).toEqual(Object.keys(NOT_REPEATED).sort());
});

test('an empty `--out` of nobody is a folder without records', async () => {
  expect((await cumple('audit', 'verify', newDir())).code).toBe(2);
});
