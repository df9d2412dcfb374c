import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { localControl, localObjects, seededKeys } from '../../../adapters/local/index.ts';
import type { Item, Ports } from '../../../adapters/ports.ts';
import type { Day, Month } from '../../../domain/kernel/period.ts';
import { seeded } from '../../../domain/kernel/random.ts';
import type { VerifiedClaim } from '../../../domain/results/provider.ts';
import type { Settlement } from '../../../domain/results/settlement.ts';
import { contractInForce, putContract } from '../../../functions/support/claims/contracts.ts';
import { drawPeriod } from '../../../functions/support/claims/draw.ts';
import { claimKey, framePk, providersPk } from '../../../functions/support/claims/keys.ts';
import { verifiedOutcomes } from '../../../functions/support/claims/outcomes.ts';
import { queueWrite, recordVerdict } from '../../../functions/support/claims/queue.ts';
import { type ClaimRecord, fromItem, toItem } from '../../../functions/support/claims/record.ts';
import { commitSample } from '../../../functions/support/claims/sampling.ts';
import { settleAll, verificationKeyOf } from '../../../functions/support/settle-all.ts';
import { BASE, parameter } from '../../domain/results/fixture.ts';

// Many institutes with the same claims, a fifth of them wrong, each sampled by the real draw and settled by the real
// rules: what is paid over what would be right shows whether the deduction is fair on average.

const INSTITUTES = 120;
const CLAIMS = 20;
const PERIOD = '2020-03' as Month;
const CONTRACT = {
  ...BASE,
  parameters: {
    ...BASE.parameters,
    enrolmentPrice: parameter('money', '100.00'),
    sustainedPrice: parameter('money', '300.00'),
    confidence: parameter('percent', '95'),
    margin: parameter('percent', '4'),
    tolerance: parameter('percent', '0'),
  },
  milestones: BASE.milestones.filter(({ id }) => id === 'enrolment' || id === 'sustained'),
  verification: { confidence: 'confidence', margin: 'margin', tolerance: 'tolerance', cite: 's' },
};
const institute = (i: number) => `institute-${String(i).padStart(3, '0')}`;
/** One claim in four is of the dearer milestone; wrong ones are spread by chance, a fifth of all. */
const MILESTONES = [
  { milestone: 'enrolment', events: [{ kind: 'enrolled', date: '2020-02-03' }], priceMinor: 10_000 },
  {
    milestone: 'sustained',
    events: [{ kind: 'attended', date: '2020-04-20', end: '2020-07-26' }],
    priceMinor: 30_000,
  },
];

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

/** One world of its own: its key draws its own sample. Out: minor units paid, right, and paid had nothing been deducted. */
async function world(key: number): Promise<{ paid: number; due: number; undeducted: number }> {
  const dir = mkdtempSync(join(tmpdir(), 'cumple-error-'));
  const control = localControl(join(dir, 'control.sqlite'));
  const ports: Ports = {
    objects: localObjects(dir),
    control,
    workflows: {} as Ports['workflows'],
    clock: { now: () => '2020-03-10T12:00:00Z' },
    keys: seededKeys(key),
  };
  try {
    await putContract(ports, CONTRACT, 'adela');
    await commitSample(ports, CONTRACT.id, PERIOD, { confidenceBp: 9500, marginBp: 283 }, 'adela');
    const { wrong, due } = await claimAll(control, seeded(20_260_301 + key));
    const sample = await drawPeriod(ports, CONTRACT.id, PERIOD);
    await decide(
      ports,
      sample.strata.flatMap(({ sampled }) => sampled),
      wrong,
    );
    const settlements = await settle(ports);
    return {
      paid: sum(settlements.map(({ totals }) => totals.payable)),
      due,
      undeducted: sum(settlements.map(({ totals }) => totals.earned)),
    };
  } finally {
    control.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Verified claims in the frame, a fifth of them wrong. Out: which, and what the others are worth. */
async function claimAll(control: Ports['control'], random: () => number) {
  const wrong = new Set<string>();
  let due = 0;
  for (let i = 0; i < INSTITUTES; i++) {
    const provider = institute(i);
    const items: Item[] = [{ pk: providersPk(CONTRACT.id), sk: provider }];
    for (let k = 0; k < CLAIMS; k++) {
      const { priceMinor, ...asked } = MILESTONES[k % 4 === 0 ? 1 : 0]!;
      const record = claimRecord(provider, k, asked);
      if (random() < 0.2) wrong.add(record.id);
      else due += priceMinor;
      const frame = { pk: framePk(CONTRACT.id, PERIOD), sk: record.id, provider, contract: CONTRACT.id };
      items.push(toItem(record), { ...frame, tier: '-', flagged: false, revision: 1 });
    }
    for (let at = 0; at < items.length; at += 25)
      await control.write(items.slice(at, at + 25).map((put) => ({ put })));
  }
  return { wrong, due };
}

async function settle(ports: Ports): Promise<Settlement[]> {
  const { definition } = await contractInForce(ports, CONTRACT.id);
  const { claims, verification } = await verifiedOutcomes(ports, CONTRACT.id, [CONTRACT.id]);
  const byProvider = new Map<string, VerifiedClaim[]>();
  for (const claim of claims)
    byProvider.set(claim.provider, [...(byProvider.get(claim.provider) ?? []), claim]);
  const found = verification.map(
    ({ contract, provider, ...result }) => [verificationKeyOf(contract, provider), result] as const,
  );
  const contracts = new Map([[CONTRACT.id, definition]]);
  const settled = settleAll(contracts, byProvider, new Map(found), new Map(), '2020-07-31' as Day, []);
  return [...settled.values()].flat();
}

function claimRecord(
  provider: string,
  k: number,
  { milestone, events }: Pick<ClaimRecord, 'milestone' | 'events'>,
): ClaimRecord {
  const participant = `${provider}-${String(k).padStart(2, '0')}`;
  return {
    id: `20200310-${participant}`,
    programme: CONTRACT.id,
    contract: CONTRACT.id,
    provider,
    participant,
    milestone,
    events: [...events],
    documents: [],
    state: 'verified',
    revision: 1,
    submittedBy: 'ana',
    submittedOn: '2020-03-10' as Day,
    personToken: participant,
    requestHash: participant,
  };
}

/** Verifiers decide what was drawn: they find every wrong claim that they look at. */
async function decide(ports: Ports, sampled: readonly string[], wrong: ReadonlySet<string>): Promise<void> {
  for (const claim of sampled) {
    const provider = claim.slice('20200310-'.length, -3);
    const key = claimKey(CONTRACT.id, provider, claim);
    const record = fromItem((await ports.control.get(key))!);
    await ports.control.write([
      { update: key, set: { state: 'awaiting_verifier' } },
      queueWrite(record, '2020-03-31T12:00:00Z'),
    ]);
    await recordVerdict(ports, {
      programme: CONTRACT.id,
      claim,
      verdict: wrong.has(claim) ? 'rejected' : 'confirmed',
      reasons: wrong.has(claim) ? ['not there'] : [],
      documents: [],
      verifier: { id: 'vera' },
    });
  }
}

it('over the whole path the deduction neither overpays nor underpays on average', async () => {
  const worlds = [await world(1), await world(2), await world(3)];
  const total = (pick: (one: (typeof worlds)[number]) => number) => sum(worlds.map(pick));
  const due = total((one) => one.due);
  const offPct = (100 * (total((one) => one.paid) - due)) / due;
  const withoutPct = (100 * (total((one) => one.undeducted) - due)) / due;
  // -0.17 % of what is right with these seeds; 16.3 % too much without the deduction.
  expect(Math.abs(offPct)).toBeLessThan(0.5);
  expect(withoutPct).toBeGreaterThan(15);
});
