import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { claims } from '../../../cli/commands/claims.ts';
import { cycleRun } from '../../../cli/commands/cycle-run.ts';
import { SAMPLE } from '../../workflow/harness.ts';

// From registration to payment by the commands of docs/guides/claims-to-payment.md, in one folder.

const EXAMPLE = fileURLToPath(new URL('../../../docs/guides/claims-example', import.meta.url));
let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'cumple-verify-'));
  cpSync(EXAMPLE, cwd, { recursive: true });
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

type Command = typeof claims;
async function run(command: Command, args: string[]) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await command(args, { stdin: new PassThrough(), stdout, stderr, cwd });
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
}
const where = ['--contract', 'contracts/cursos-ejemplo.json', '--out', 'data', '--date', '2025-09-10'];
const of = (...args: string[]) => run(claims, [...args, ...where]);
const lines = (text: string) => text.split('\n').filter(Boolean);

it('a sample is committed, claims are submitted, drawn and decided, and the cycle pays them', async () => {
  const committed = await of('commit', '--period', '2025-09', '--json');
  const { commitment, seed } = JSON.parse(committed.out);
  expect(commitment).toMatch(/^[0-9a-f]{64}$/);
  expect(seed).toBeUndefined();
  expect((await of('submit', 'claims.csv', '--provider', 'norte')).code).toBe(0);

  const drawn = JSON.parse((await of('draw', '--period', '2025-09', '--json')).out);
  expect(drawn).toMatchObject({ commitment, population: 8, round: 1 });
  const queue = lines((await of('waiting', '--person', 'vera')).out);
  expect(queue).toHaveLength(drawn.size);
  expect(queue[0]).toMatch(/ enrolled 2025-08-\d\d /);
  // Nobody sees their own claims, nor those of their institute.
  expect((await of('waiting', '--person', 'vera', '--institute', 'norte')).out).toBe('');
  expect((await of('waiting', '--person', 'demo.instituto')).out).toBe('');

  const ids = queue.map((line) => line.split(' ')[0]!);
  const [first, ...others] = ids;
  await expect(
    of('decide', first!, '--verdict', 'confirmed', '--person', 'demo.instituto'),
  ).rejects.toMatchObject({ name: 'NOT_ALLOWED' });
  const rejected = await of(
    ...['decide', first!, '--verdict', 'rejected', '--person', 'vera'],
    ...['--reason', 'no la conocen en la escuela'],
  );
  expect(rejected.out).toBe(`${first}  refused\n`);
  await of('decide', ...others, '--verdict', 'confirmed', '--person', 'vera');
  expect((await of('waiting')).out).toBe('');

  const { code, out, err } = await run(cycleRun, [
    ...['--programme', 'juntos', '--period', '2025-09', '--roster', SAMPLE, '--evidence'],
    ...[join(SAMPLE, 'evidence.csv'), join(SAMPLE, 'exemptions.csv')],
    ...['--contracts', 'contracts', '--out', 'data', '--bank', 'simulate', '--json'],
  ]);
  expect(err).not.toContain('cumple:');
  expect(code).toBe(0);
  const cut = Math.round((10_000 * (8 - drawn.size)) / drawn.size);
  const payable = ((70_000 - cut) / 100).toFixed(2);
  expect(JSON.parse(out).disbursements).toEqual({ count: 1, payable });
  // The institute follows them to the payment; a folder's own key decides which payments the simulated bank sends back.
  const listed = readFileSync(join(cwd, 'data/reports/juntos/2025-09/reconciliation.csv'), 'utf8');
  const followed = /,provider,norte,.*,paid,/.test(listed) ? 'paid' : 'payable';
  const list = await of('list', '--provider', 'norte', '--json');
  const states = lines(list.out).map((line) => JSON.parse(line).state);
  expect(states.sort()).toEqual([...Array(7).fill(followed), 'refused']);
});

it.each([
  [['decide', '--verdict', 'confirmed', '--person', 'vera'], 'BAD_USAGE'],
  [['decide', 'c1', '--verdict', 'maybe', '--person', 'vera'], 'BAD_USAGE'],
  [['decide', 'c1', '--verdict', 'rejected', '--person', 'vera'], 'BAD_USAGE'],
  [['decide', 'c1', '--verdict', 'confirmed'], 'BAD_USAGE'],
  [['decide', 'c1', '--verdict', 'confirmed', '--person', 'vera'], 'NOT_FOUND'],
  [['draw', '--period', '2025-9'], 'BAD_USAGE'],
  [['draw', '--period', '2025-12'], 'WRONG_STAGE'],
  [['draw', '--period', '2025-09', '--extend', 'some'], 'BAD_USAGE'],
  [['commit', '--period', '2025-08'], 'PERIOD_NOT_PAYABLE'],
])('refuses %j', async (args, code) => {
  await expect(of(...args)).rejects.toMatchObject({ name: code });
});
