import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { claims } from '../../../cli/commands/claims.ts';
import { cycleRun } from '../../../cli/commands/cycle-run.ts';
import { month } from '../../../domain/kernel/period.ts';
import { SAMPLE, sampleEvidence } from '../../workflow/harness.ts';

// From registration to payment by the commands of docs/guides/claims-to-payment.md, in one folder.

const EXAMPLE = fileURLToPath(new URL('../../../docs/guides/claims-example', import.meta.url));
let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'cumple-verify-'));
  cpSync(EXAMPLE, cwd, { recursive: true });
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

type Command = typeof claims;
async function run(command: Command, args: string[], from = cwd) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await command(args, { stdin: new PassThrough(), stdout, stderr, cwd: from });
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

/** Runs the commands of a section of the guide, in this test's folder and on one claim. */
async function fromTheGuide(section: string, claim: string): Promise<string[]> {
  const guide = readFileSync(join(EXAMPLE, '../claims-to-payment.md'), 'utf8');
  const [, block] = guide.slice(guide.indexOf(`\n## ${section}`)).split(/^```(?:sh)?$/m);
  const outputs: string[] = [];
  for (const line of lines(block!)) {
    const [, text] = /^npm run -s cumple -- claims (.*)$/.exec(line)!;
    const words = text!
      .match(/"[^"]*"|\S+/g)!
      .map((word) => word.replaceAll('"', '').replace('out/claims', join(cwd, 'data')))
      .map((word) => (word === 'CLAIM' ? claim : word));
    const { code, out } = await run(claims, [...words, '--date', '2025-10-20'], join(EXAMPLE, '../../..'));
    expect([line, code]).toEqual([line, 0]);
    outputs.push(out.trimEnd());
  }
  return outputs;
}

it('a paid claim is reported false and approved by the commands of the guide, and the next cycle takes it back', async () => {
  const listed = async (state: string) =>
    lines((await of('list', '--provider', 'norte', '--json')).out)
      .map((line) => JSON.parse(line))
      .filter((claim) => claim.state === state);
  const [claim] = [...(await listed('paid')), ...(await listed('payable'))];
  const people = (by: string) => `${claim.id}  norte  ${claim.participant}  enrolment  ${by}`;
  const reason = 'the school never enrolled her';
  const waits = people(`informado, espera decisión / reported, waits for a decision  vito  ${reason}`);
  expect(await fromTheGuide('4. ', claim.id)).toEqual([
    waits,
    waits,
    people(
      `aprobado, se descuenta en el ciclo siguiente / approved, the next cycle takes it  vito → luz  ${reason}`,
    ),
  ]);
  await expect(
    of('reversals', 'refuse', claim.id, '--person', 'eva', '--reason', 'late'),
  ).rejects.toMatchObject({ name: 'WRONG_STAGE' });
  const { code } = await run(cycleRun, [
    ...['--programme', 'juntos', '--period', '2025-11', '--roster', SAMPLE, '--evidence'],
    ...[sampleEvidence(month('2025-11'), cwd), join(SAMPLE, 'exemptions.csv')],
    ...['--contracts', 'contracts', '--out', 'data', '--bank', 'simulate', '--json'],
  ]);
  expect(code).toBe(0);
  expect(await listed('reversed')).toMatchObject([
    { id: claim.id, reversal: { period: '2025-11', reason }, stateText: `Anulado el 2025-10-20: ${reason}` },
  ]);
  const [reversal] = lines((await of('reversals', '--json')).out).map((line) => JSON.parse(line));
  expect(reversal).toMatchObject({
    state: 'APPLIED',
    stateText: 'anulado en el ciclo juntos 2025-11',
    documents: [expect.stringMatching(/^[0-9a-f]{64}$/)],
  });
});

it.each([
  [['reverse', '--reason', 'x', '--person', 'vito'], 'BAD_USAGE'],
  [['reverse', 'c1', '--person', 'vito'], 'BAD_USAGE'],
  [['reverse', 'c1', '--reason', 'x'], 'BAD_USAGE'],
  [['reverse', 'c1', '--reason', 'x', '--person', 'vito'], 'NOT_FOUND'],
  [['reversals', 'approve', '--person', 'luz'], 'BAD_USAGE'],
  [['reversals', 'approve', 'c1', '--person', 'luz'], 'NOT_FOUND'],
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
