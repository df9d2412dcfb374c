import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { month } from '../../domain/kernel/period.ts';
import { putContract } from '../../functions/support/claims/contracts.ts';
import { registerParticipant } from '../../functions/support/claims/people.ts';
import { type ClaimRecord, claimOf } from '../../functions/support/claims/record.ts';
import { claimStateText } from '../../functions/support/claims/state-words.ts';
import { submitClaim } from '../../functions/support/claims/submit.ts';
import { cycleKey, frozenInputs } from '../../functions/support/cycle.ts';
import { disbursementRecords } from '../../functions/support/institute-lane.ts';
import { frozenReversals } from '../../functions/support/reversals/freeze.ts';
import { decideReversal, reportReversal } from '../../functions/support/reversals/register.ts';
import { runCycle } from '../../local/cycle.ts';
import { cumple } from '../cli/cumple.ts';
import { BASE, parameter } from '../domain/results/fixture.ts';
import { contractFolder, document, until } from './claim-people.ts';
import { type Around, juntosCycle, newDir, testSession } from './harness.ts';

const text = (name: string) => ({ es: name, en: name });
/** Enrolments at 100.00 and, resting on them, stays at 40.00; what is owed is netted, at most half of a payment. */
const CONTRACT = {
  ...BASE,
  id: 'anulables',
  currency: 'PEN',
  dates: { from: '2025-01-01', until: '2026-12-31', cite: 's' },
  parameters: {
    ...BASE.parameters,
    stayPrice: parameter('money', '40.00'),
    half: parameter('percent', '50'),
  },
  outcomes: {
    ...BASE.outcomes,
    stayed: { label: text('stayed'), predicate: { type: 'event', kind: 'attended' }, cite: 's' },
  },
  milestones: [
    BASE.milestones[0]!,
    {
      id: 'stay',
      label: { es: 'permanencia', en: 'stay' },
      outcome: 'stayed',
      requires: ['enrolment'],
      price: { type: 'unit', parameter: 'stayPrice' },
      cite: 's',
    },
  ],
  clawback: { maxShare: 'half', cite: 's' },
};
const programme = CONTRACT.id;
const REASON = 'nunca estuvo en el curso';

async function scene(contract: object = CONTRACT, around?: Around) {
  const dir = newDir();
  const session = await testSession(dir, around);
  const { ports } = session;
  await putContract(ports, contract, 'adela');
  const ids = new Map<string, string>();
  const claimAt = (name: string): Promise<ClaimRecord> =>
    claimOf(ports, { programme, provider: 'norte', claim: ids.get(name)! });
  return {
    dir,
    session,
    claimAt,
    /** Claims a milestone of a person; its checks verify it at once, because the contract draws no sample. */
    async claims(...wanted: (readonly [id: string, milestone: 'enrolment' | 'stay'])[]): Promise<void> {
      for (const [id, milestone] of wanted) {
        await registerParticipant(ports, {
          provider: 'norte',
          person: { contract: programme, id },
          by: 'ana',
        });
        const kind = milestone === 'stay' ? 'attended' : 'enrolled';
        const submission = {
          contract: programme,
          participant: id,
          milestone,
          events: [{ kind, date: '2025-08-04' }],
          documents: [await document(ports, { programme, provider: 'norte', content: `${id} ${milestone}` })],
        };
        const name = `${id} ${milestone}`;
        const claim = await submitClaim(ports, {
          provider: 'norte',
          person: 'ana',
          requestKey: name,
          submission,
        });
        ids.set(name, claim.id);
        await until(
          () => claimAt(name),
          ({ state }) => state === 'verified',
        );
      }
    },
    async reverse(name: string): Promise<void> {
      const claim = ids.get(name)!;
      const ref = { programme, provider: 'norte', claim };
      await reportReversal(ports, { ...ref, person: 'vito', reason: REASON, documents: [] });
      await decideReversal(ports, { programme, claim, person: 'luz', decision: 'approve' });
    },
    async run(period: string) {
      const request = await juntosCycle({
        period: month(period),
        contractsDir: contractFolder(contract),
        bank: { seed: 1, everyOutcome: false },
      });
      const { report } = await runCycle(session, request);
      const { prefix } = (await ports.control.get(cycleKey('juntos', period)))!;
      const cycle = { programme: 'juntos', period: month(period), prefix: String(prefix) };
      const inputs = await frozenInputs(ports, cycle);
      for await (const record of disbursementRecords(ports, cycle, inputs))
        return { report, cycle, inputs, settled: record.settlements[0]! };
      throw new Error('nothing was settled');
    },
  };
}

test('what was paid and found false is netted from later payments, once, down to the floor', async () => {
  let meanwhile: (() => Promise<void>) | undefined;
  const { dir, session, claimAt, claims, reverse, run } = await scene(
    CONTRACT,
    async (invoke, name, payload) => {
      const answer = await invoke(name, payload);
      if (name === 'FreezeInputs') await meanwhile?.();
      return answer;
    },
  );
  await claims(['p1', 'enrolment'], ['p1', 'stay'], ['p2', 'enrolment']);
  const first = await run('2025-09');
  expect(first.settled.totals).toMatchObject({ payable: 24_000 });
  expect(first.inputs.reversalsKey).toBeNull();

  await reverse('p1 enrolment');
  expect(claimStateText(await claimAt('p1 enrolment'))).toMatchObject({
    es: expect.stringContaining(
      `Se halló falso el 2025-09-30 (${REASON}): se descuenta en el ciclo siguiente`,
    ),
    en: expect.stringContaining('the next cycle takes it back'),
  });
  await claims(['p3', 'enrolment']);
  // One that is approved while the cycle is open waits for the next.
  meanwhile = () => reverse('p2 enrolment');
  const second = await run('2025-11');
  meanwhile = undefined;
  expect(
    second.settled.recoveries.map(({ participant, milestone, reason }) => [participant, milestone, reason]),
  ).toEqual([
    ['p1', 'enrolment', REASON],
    ['p1', 'stay', 'RESTED_ON enrolment'],
  ]);
  expect(second.settled.totals).toMatchObject({ earned: 10_000, clawedBack: 5_000, payable: 5_000 });
  expect(second.settled.owed).toBe(9_000);
  expect(claimStateText(await claimAt('p1 enrolment'))).toEqual({
    es: `Anulado el 2025-09-30: ${REASON}`,
    en: `Taken back on 2025-09-30: ${REASON}`,
  });
  expect(claimStateText(await claimAt('p1 stay')).en).toBe(
    'Taken back on 2025-09-30 because "enrolment" was taken back',
  );
  expect((await claimAt('p2 enrolment')).state).toBe('paid');
  const statement = readFileSync(
    join(dir, 'reports/juntos/2025-11/providers/norte/statement-lines.csv'),
    'utf8',
  );
  expect(statement).toContain(REASON);
  expect(statement).toContain('porque se anuló «enrolment»');

  await claims(['p4', 'enrolment'], ['p5', 'enrolment']);
  const third = await run('2026-01');
  expect(third.settled.recoveries.map(({ participant }) => participant)).toEqual(['p2']);
  expect(third.settled.totals).toMatchObject({ earned: 20_000, clawedBack: 10_000, payable: 10_000 });
  expect(third.settled.owed).toBe(9_000);
  expect((await frozenReversals(session.ports, third.inputs)).map(({ participant }) => participant)).toEqual([
    'p1',
    'p2',
  ]);
  // Run again, a step writes the same bytes, or it halts.
  await session.call('SettleContracts', third.cycle);
  await session.close();

  const equal = await cumple('audit', 'verify', dir, '--json');
  expect(equal.code).toBe(0);
  const file = join(dir, 'bulk', third.inputs.reversalsKey!);
  writeFileSync(file, readFileSync(file, 'utf8').replace(REASON, 'otro motivo'));
  const spoiled = await cumple('audit', 'verify', dir, '--period', '2026-01', '--json');
  expect([spoiled.code, spoiled.stdout]).toEqual([1, expect.stringContaining('bulk/reversals/')]);
});

test('where a contract does not say how, what is taken back stays owed and is listed', async () => {
  const { clawback: _, ...without } = CONTRACT;
  const { session, claims, reverse, run } = await scene(without);
  await claims(['p1', 'enrolment']);
  await run('2025-09');
  await reverse('p1 enrolment');
  await claims(['p2', 'enrolment']);
  const { settled, report } = await run('2025-11');
  expect([settled.totals.payable, settled.owed]).toEqual([10_000, 10_000]);
  expect(report.exceptions).toContainEqual(
    expect.objectContaining({ code: 'OWED_WITHOUT_CLAWBACK_CLAUSE', subject: 'norte', amount: '100.00' }),
  );
  await session.close();
});
