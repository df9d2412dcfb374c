import { z } from 'zod';
import type { Ports } from '../adapters/ports.ts';
import { addMonths, type Day, type Month, monthOf } from '../domain/kernel/period.ts';
import { Fault, Refused } from '../domain/kernel/result.ts';
import { type ContractInForce, contractInForce } from './support/claims/contracts.ts';
import { drawnSample } from './support/claims/draw.ts';
import { framePk, sampleKey } from './support/claims/keys.ts';
import { registrationOf } from './support/claims/people.ts';
import type { ClaimRecord } from './support/claims/record.ts';
import { type Commitment, commitmentOf, commitSample } from './support/claims/sampling.ts';
import { ClaimStep, stepClaim } from './support/claims/step.ts';
import { step } from './support/handler.ts';

const Input = ClaimStep.extend({ flagged: z.boolean(), token: z.string() });
const Output = z.object({ waiting: z.boolean() });
/** A claim finds a period whose sample is still open within so many months. */
const PERIODS_AHEAD = 24;

/**
 * Puts a claim into the frame of its period and waits until the sample of the period is drawn. A period that was
 * drawn already takes no more claims: a late one belongs to the next. Without a sampling rule nobody is drawn.
 */
export const handler = step('AwaitSample', { input: Input, output: Output }, async (input, { ports }) => {
  const record = await stepClaim(ports, input);
  const contract = await contractInForce(ports, record.contract);
  const first = monthOf(record.submittedOn as Day);
  const committed = await commitmentAt(ports, contract, first);
  if (!committed) {
    await ports.workflows.sendTaskSuccess(input.token, { sampled: false });
    return { waiting: false };
  }
  let rule = committed.rule;
  for (let i = 0; i < PERIODS_AHEAD; i++) {
    const period = addMonths(first, i);
    const open =
      (await commitmentAt(ports, contract, period)) ??
      (await commitSample(ports, contract.programme, period, rule, 'system'));
    rule = open.rule;
    const answer = await join(ports, contract, record, period, input);
    if (answer !== 'closed') return answer;
  }
  throw new Refused({
    code: 'WRONG_STAGE',
    message: `no open sample within ${PERIODS_AHEAD} months of ${first}`,
  });
});

async function commitmentAt(
  ports: Ports,
  { programme }: ContractInForce,
  period: Month,
): Promise<Commitment | undefined> {
  const item = await ports.control.get(sampleKey(programme, period));
  return item && commitmentOf(item);
}

/**
 * Joins the frame of a period, or answers what its draw decided; `closed` where it was drawn without this claim. The
 * row is written first and the period looked at afterwards: as long as it was still open then, the draw, which closes
 * it before it reads the frame, must meet the row. No claim's write touches the period's one record.
 */
async function join(
  ports: Ports,
  contract: ContractInForce,
  record: ClaimRecord,
  period: Month,
  { token, flagged }: { token: string; flagged: boolean },
): Promise<{ waiting: boolean } | 'closed'> {
  const { programme } = contract;
  const { id, provider, revision } = record;
  const key = { pk: framePk(programme, period), sk: id };
  const before = await commitmentAt(ports, contract, period);
  if (before?.status === 'COMMITTED') {
    const tier = await tierOf(ports, contract, record);
    await ports.control.write([
      { put: { ...key, provider, contract: record.contract, tier, flagged, token, revision } },
    ]);
  }
  const status = (await commitmentAt(ports, contract, period))?.status;
  if (status === 'COMMITTED') return { waiting: true };
  const sample = await drawnSample(ports, programme, period);
  if (status !== 'DRAWN' || !sample) throw new Fault(`the sample of ${period} is being drawn`);
  if (!sample.strata.some(({ claims }) => claims.includes(id))) {
    await ports.control.write([{ delete: key }]);
    return 'closed';
  }
  const sampled = sample.strata.some((stratum) => stratum.sampled.includes(id));
  await ports.control.write([{ update: key, set: { token, sampled } }]);
  await ports.workflows.sendTaskSuccess(token, { sampled });
  return { waiting: false };
}

/** The stratum's tier: the participant's `tier` or `level`, by which prices differ. */
async function tierOf(ports: Ports, contract: ContractInForce, record: ClaimRecord): Promise<string> {
  const person = await registrationOf(ports, contract, record.provider, record.participant);
  return String(person?.attributes?.tier ?? person?.attributes?.level ?? '-');
}
