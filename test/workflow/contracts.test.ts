import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { month } from '../../domain/kernel/period.ts';
import { takenPartPk } from '../../functions/support/claims/keys.ts';
import { approvalKey, cyclePk } from '../../functions/support/cycle.ts';
import { runCycle } from '../../local/cycle.ts';
import { juntosCycle, newDir, testSession } from './harness.ts';

const SHIPPED = new URL('../../programmes/gb/work-programme-2011/contract.json', import.meta.url);

/** The shipped Work Programme contract with its dates thirteen years on and its prices read as soles. */
function contractFolder(providers: string[] = ['prime-1', 'prime-2']): string {
  const dir = join(newDir(), 'contracts');
  mkdirSync(dir, { recursive: true });
  const shifted = readFileSync(SHIPPED, 'utf8').replace(
    /\b(20\d\d)(-\d\d)/g,
    (_all, year, rest) => `${Number(year) + 13}${rest}`,
  );
  writeFileSync(join(dir, 'wp.json'), JSON.stringify({ ...JSON.parse(shifted), currency: 'PEN' }));
  const register = Object.fromEntries(
    providers.map((id) => [
      id,
      { name: id, account: { scheme: 'other', number: `191-${id}` }, town: 'Lima', country: 'PE' },
    ]),
  );
  writeFileSync(join(dir, 'providers.json'), JSON.stringify(register));
  return dir;
}

/** Attached and 26 weeks in work, gone before the first sustainment: 400 + 1,200 by the published table. */
const person = (id: string, provider: string, start = '2024-08-01') => ({
  contract: 'work-programme-2011',
  provider,
  participant: {
    id,
    attributes: { group: '1' },
    events: [
      { kind: 'attachment', date: '2024-07-04' },
      { kind: 'employment', date: start, end: '2025-02-25', employer: 'shop-ltd' },
    ],
  },
});

function claimsFile(claims: unknown[]): string {
  const file = join(newDir(), 'claims.jsonl');
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, claims.map((claim) => JSON.stringify(claim)).join('\n'));
  return file;
}

const settled = async (dir: string, claims: unknown[], over: Parameters<typeof juntosCycle>[0] = {}) => {
  const session = await testSession(dir);
  const request = await juntosCycle({
    contractsDir: contractFolder(),
    claims: claimsFile(claims),
    bank: { seed: 1, everyOutcome: false },
    ...over,
  });
  const { report } = await runCycle(session, request);
  await session.close();
  return report;
};

test('households and institutes are approved, paid and reconciled in one cycle', async () => {
  const report = await settled(newDir(), [person('g1', 'prime-1')]);
  expect(report.disbursements).toEqual({ count: 1, payable: '1600.00' });
  expect(report.instructions).toEqual({ count: 11, total: '4540.00' });
  expect(report.identities.map(({ difference }) => difference)).toEqual(['0.00', '0.00', '0.00']);
});

test('an outcome is paid once, though the next cycle is shown the same claims', async () => {
  const dir = newDir();
  const claims = [person('g1', 'prime-1')];
  expect((await settled(dir, claims)).disbursements?.payable).toBe('1600.00');
  const next = await settled(dir, claims, { period: month('2025-11') });
  expect(next.disbursements).toEqual({ count: 0, payable: '0.00' });
});

test('a person claimed by two institutes is paid to one of them, in this cycle and in later ones', async () => {
  const dir = newDir();
  const report = await settled(dir, [person('g1', 'prime-1'), person('g1', 'prime-2')]);
  expect(report.disbursements?.payable).toBe('1600.00');
  const next = await settled(dir, [person('g1', 'prime-2')], { period: month('2025-11') });
  expect(next.disbursements?.payable).toBe('0.00');
});

test('an institute that is not in the register is owed and not paid, and listed', async () => {
  const report = await settled(newDir(), [person('g1', 'prime-9')]);
  expect(report.disbursements?.payable).toBe('1600.00');
  expect(report.instructions).toEqual({ count: 10, total: '2940.00' });
  expect(report.exceptions.map(({ code, subject }) => [code, subject])).toContainEqual([
    'PROVIDER_NOT_REGISTERED',
    'prime-9',
  ]);
});

test('a claim of a contract that is not there is refused with its line', async () => {
  const claims = [person('g1', 'prime-1'), { ...person('g2', 'prime-1'), contract: 'other' }];
  await expect(settled(newDir(), claims)).rejects.toMatchObject({
    name: 'BAD_INPUT',
    refusal: { at: expect.stringMatching(/claims\.jsonl:2$/) },
  });
});

test('who submitted or verified a claim cannot approve the cycle that pays it', async () => {
  const session = await testSession(newDir());
  await session.ports.control.write([{ put: { pk: takenPartPk('juntos'), sk: 'VERIFIER#vera' } }]);
  await runCycle(session, await juntosCycle());
  expect(
    await session.ports.control.get({ pk: cyclePk('juntos', '2025-09'), sk: 'SUBMITTER#vera' }),
  ).toBeDefined();
  const { manifestHash } = (await session.ports.control.get(approvalKey('juntos', '2025-09')))!;
  await session.ports.control.write([
    { update: approvalKey('juntos', '2025-09'), set: { status: 'PENDING', checker1: 'ana', required: 2 } },
  ]);
  const decision = session.call('RecordApproval', {
    programme: 'juntos',
    period: '2025-09',
    person: 'vera',
    manifestHash,
    decision: 'approve',
  });
  await expect(decision).rejects.toMatchObject({ name: 'SELF_APPROVAL' });
  await session.close();
});
