import { expect, test } from 'vitest';
import { month } from '../../domain/kernel/period.ts';
import { cycleKey, frozenInputs } from '../../functions/support/cycle.ts';
import { disbursementRecords } from '../../functions/support/institute-lane.ts';
import { decideReversal, reversalsOf } from '../../functions/support/reversals/register.ts';
import { runCycle } from '../../local/cycle.ts';
import { DEMO } from '../../local/demo-people.ts';
import { collect } from '../contract/collect.ts';
import { CONTRACT, claimPeople, contractFolder, VERIFIER } from './claim-people.ts';
import { type Around, juntosCycle, newDir, testSession } from './harness.ts';

type Session = Awaited<ReturnType<typeof testSession>>;
const EACH = 12;

const run = async (session: Session, period = '2025-09', contract: object = CONTRACT) => {
  const request = await juntosCycle({
    period: month(period),
    contractsDir: contractFolder(contract),
    bank: { seed: 1, everyOutcome: false },
  });
  return (await runCycle(session, request)).report;
};
/** What the cycle settled for an institute. */
async function settledFor(session: Session, provider: string, period = '2025-09') {
  const record = (await session.ports.control.get(cycleKey('juntos', period)))!;
  const cycle = { prefix: String(record.prefix) };
  const inputs = await frozenInputs(session.ports, cycle);
  for await (const each of disbursementRecords(session.ports, cycle, inputs))
    if (each.household === provider) return each.settlements[0]!;
  throw new Error(`nothing was settled for ${provider}`);
}
const codes = (report: Awaited<ReturnType<typeof run>>) =>
  report.exceptions
    .filter(({ stage }) => stage === 'SettleContracts')
    .map(({ code, subject }) => `${code} ${subject}`);
/** 12345 is 123.45. */
const amount = (minor: number) => (minor / 100).toFixed(2);

async function claimed(providers = ['norte', 'sur'], around?: Around) {
  const session = await testSession(newDir(), around);
  const people = claimPeople(session);
  await people.start();
  for (const provider of providers) await people.claims(provider, EACH);
  return { session, people };
}

test('claims of two institutes are sampled, verified, deducted and paid, each once', async () => {
  const { session, people } = await claimed();
  const sample = await people.draw();
  const [norte, sur] = ['norte', 'sur'].map((id) => people.sampledOf(sample, id));
  // One wrong of norte is above the tolerance; of sur half are, so that its sample must grow.
  await people.decide(norte!, 1);
  const wrong = Math.ceil(sur!.length / 2);
  await people.decide(sur!, wrong);

  const first = await run(session);
  const cut = Math.round((10_000 * (EACH - norte!.length)) / norte!.length);
  const ofNorte = await settledFor(session, 'norte');
  expect(ofNorte.strata).toMatchObject([
    { decision: 'deduct', claims: EACH, sampled: norte!.length, rejected: 1, deductionMinor: cut },
  ]);
  const deduction = ofNorte.lines.find(({ kind }) => kind === 'deduction')!;
  expect(deduction).toMatchObject({ amountMinor: -cut, cite: 's' });
  expect(deduction.rule).toBe(
    `sample of 2025-09:norte/resultados/A/plain: 1 of ${norte!.length} wrong, projected on ${EACH - norte!.length}`,
  );
  expect(ofNorte.refused).toMatchObject([
    { reason: 'VERIFIER_REJECTED', observed: 'no la conocen en la escuela' },
  ]);
  const ofSur = await settledFor(session, 'sur');
  expect(ofSur.strata).toMatchObject([{ decision: 'extend', rejected: wrong }]);
  expect(ofSur.lines).toHaveLength(sur!.length - wrong);
  expect(first.disbursements).toEqual({
    count: 2,
    payable: amount(11 * 10_000 - cut + (sur!.length - wrong) * 10_000),
  });
  expect(codes(first)).toEqual(['SAMPLE_MUST_EXTEND sur']);
  expect(await people.states('norte')).toEqual({ paid: 11, refused: 1 });

  // All of sur is drawn now and found right; what norte had rejected is corrected and confirmed.
  const larger = await people.draw(2 * EACH);
  const rest = people.sampledOf(larger, 'sur').filter((each) => !sur!.includes(each));
  expect(rest).toHaveLength(EACH - sur!.length);
  await people.decide(rest);
  await people.correct(norte![0]!, 'norte');
  await people.decide([norte![0]!]);

  const second = await run(session, '2025-11');
  expect((await settledFor(session, 'sur', '2025-11')).strata).toMatchObject([
    { decision: 'deduct', claims: EACH, sampled: EACH, rejected: wrong, deductionMinor: 0 },
  ]);
  const corrected = await settledFor(session, 'norte', '2025-11');
  expect(corrected.strata).toEqual([]);
  expect(corrected.totals).toMatchObject({ earned: 10_000, deducted: 0, payable: 10_000 });
  expect(second.disbursements).toEqual({ count: 2, payable: amount(10_000 * (rest.length + 1)) });
  expect(await people.states('sur')).toEqual({ paid: EACH - wrong, refused: wrong });

  const third = await run(session, '2026-01');
  expect(third.disbursements).toEqual({ count: 0, payable: '0.00' });
  await session.close();
});

test('a stratum waits whole until every claim drawn of it is decided, and is told so', async () => {
  const { session, people } = await claimed(['norte']);
  const sampled = people.sampledOf(await people.draw(), 'norte');
  await people.decide(sampled.slice(1));
  const first = await run(session);
  expect(first.disbursements).toEqual({ count: 0, payable: '0.00' });
  expect(codes(first)).toEqual(['AWAITS_VERIFICATION norte']);
  const { lines, refused } = await settledFor(session, 'norte');
  expect(lines).toEqual([]);
  expect(refused.map(({ reason }) => reason)).toEqual(Array(EACH).fill('AWAITS_VERIFICATION'));

  await people.decide(sampled.slice(0, 1));
  const second = await run(session, '2025-11');
  expect(second.disbursements).toEqual({ count: 1, payable: '1200.00' });
  expect(codes(second)).toEqual([]);
  await session.close();
});

test('a claim corrected before the cycle is paid, and its first error still cuts the rest', async () => {
  const { session, people } = await claimed(['norte']);
  const sampled = people.sampledOf(await people.draw(), 'norte');
  await people.decide(sampled, 2);
  await people.correct(sampled[0]!, 'norte');
  await people.decide(sampled.slice(0, 1));
  await run(session);
  const { strata, totals } = await settledFor(session, 'norte');
  expect(strata).toMatchObject([{ rejected: 2, rejectedMinor: 20_000 }]);
  expect(totals.earned).toBe(11 * 10_000);
  expect(totals.deducted).toBe(Math.round((20_000 * (EACH - sampled.length)) / sampled.length));
  await session.close();
});

test('a verdict on a claim that the cycle under way pays is not lost: a rejection becomes the report of its reversal', async () => {
  let meanwhile: (() => Promise<void>) | undefined;
  const { session, people } = await claimed(['norte'], async (invoke, name, payload) => {
    if (name === 'AwaitApproval') await meanwhile?.();
    return invoke(name, payload);
  });
  const { ports } = session;
  const sampled = people.sampledOf(await people.draw(), 'norte');
  await people.decide(sampled);
  let rest: string[] = [];
  // Frozen and settled, the cycle waits for its approval; an extension draws the others, and one of them is rejected.
  meanwhile = async () => {
    rest = people.sampledOf(await people.draw(2 * EACH), 'norte').filter((each) => !sampled.includes(each));
    await people.decide(rest.slice(0, 1), 1);
  };
  expect((await run(session)).disbursements?.payable).toBe('1200.00');
  meanwhile = undefined;
  expect(await people.states('norte')).toEqual({ paid: EACH });

  // The rest is still before the verifiers, though paid.
  await people.decide(rest.slice(1, 3), 1);
  expect(await people.states('norte')).toEqual({ paid: EACH });
  const [early, late, right] = rest;
  const reports = await collect(reversalsOf(ports, CONTRACT.id));
  expect(reports.map(({ claim }) => claim).sort()).toEqual([early, late].sort());
  for (const { claim, ...report } of reports) {
    expect(report).toMatchObject({
      state: 'SUBMITTED',
      submittedBy: VERIFIER,
      reason: 'no la conocen en la escuela',
      paidBy: 'juntos',
    });
    await decideReversal(ports, { programme: CONTRACT.id, claim, person: 'luz', decision: 'approve' });
  }
  await run(session, '2025-11');
  expect((await settledFor(session, 'norte', '2025-11')).owed).toBe(20_000);
  expect(await people.states('norte')).toEqual({ paid: EACH - 2, reversed: 2 });
  await expect(people.decide([right!], 1)).rejects.toMatchObject({
    name: 'WRONG_STAGE',
    refusal: { next: expect.stringContaining('cumple claims reverse') },
  });
  await session.close();
});

test('whoever verified a claim under its contract approves no cycle that pays it', async () => {
  const { session, people } = await claimed(['norte']);
  const sampled = people.sampledOf(await people.draw(), 'norte');
  await people.decide(sampled, 0, DEMO.checkers[0]);
  await expect(run(session)).rejects.toMatchObject({ name: 'SELF_APPROVAL' });
  await session.close();
});

test('a contract that is in force with other content is refused; the same content however written is not', async () => {
  const { session, people } = await claimed(['norte']);
  await people.decide(people.sampledOf(await people.draw(), 'norte'));
  const dearer = structuredClone(CONTRACT);
  dearer.parameters.enrolmentPrice.values[0]!.value = '200.00';
  await expect(run(session, '2025-09', dearer)).rejects.toMatchObject({ name: 'INPUTS_DIFFER' });
  const turned = Object.fromEntries(Object.entries(CONTRACT).reverse());
  expect((await run(session, '2025-09', turned)).disbursements?.payable).toBe('1200.00');
  await session.close();
});
