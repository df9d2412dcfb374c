import { z } from 'zod';
import type { Ports } from '../adapters/ports.ts';
import { formatAmount } from '../domain/kernel/money.ts';
import { type Day, lastDay } from '../domain/kernel/period.ts';
import { shardName } from '../domain/kernel/shards.ts';
import { addTotals, emptyTotals, sortedTotals } from '../domain/payments/cycle-totals.ts';
import type { Payable } from '../domain/payments/payable.ts';
import { isReissue, reissuable, reissuePurpose, type Undelivered } from '../domain/payments/undelivered.ts';
import type { SettlementState, VerificationResult } from '../domain/records/claim-case.ts';
import type { StratumDecision } from '../domain/results/deduction.ts';
import { disbursementPayable, type ProviderAccount } from '../domain/results/payables.ts';
import type { ProviderRegister, VerifiedClaim } from '../domain/results/provider.ts';
import type { Settlement } from '../domain/results/settlement.ts';
import { statesCarriedIn } from './support/carried-state.ts';
import type { ContractVerification } from './support/claims/outcomes.ts';
import { frozenContracts } from './support/contracts.ts';
import { bulk, CycleRef, type FrozenInputs, frozenInputs, hasInstitutes, stageKey } from './support/cycle.ts';
import { step } from './support/handler.ts';
import { JsonLines, parseLines, readBytes, writeOnce } from './support/jsonl.ts';
import { frozenReversals } from './support/reversals/freeze.ts';
import { settleAll, type Verifications, verificationKeyOf } from './support/settle-all.ts';

const Output = z.object({ providers: z.number().int(), payables: z.number().int() });

/** What an institute carries between settlements: the state of each of its contracts. */
export type ProviderState = { readonly [contract: string]: SettlementState };
/** One line of the institutes' lane in the transfers stage; the later steps treat it like a household's. */
export type DisbursementRecord = {
  /** The institute's id, under the name that all lanes share. */
  readonly household: string;
  readonly territory: string;
  readonly settlements: readonly (Pick<
    Settlement,
    'contract' | 'version' | 'date' | 'lines' | 'refused' | 'recoveries' | 'totals' | 'owed'
  > & {
    /** What the samples of the institute's claims decided. */
    readonly strata: readonly Omit<StratumDecision, 'unsampled'>[];
  })[];
  readonly dueMinor: number;
  readonly payeeFault?: string;
  readonly payables: readonly Payable[];
  readonly undelivered: readonly Undelivered[];
};
type Carried = {
  readonly household: string;
  readonly rules: ProviderState;
  readonly undelivered: readonly Undelivered[];
};

/**
 * Settles every contract of the cycle for every institute: verified outcomes become reasoned disbursement
 * lines, and those become payables in the lane behind the households' shards, for the same approval, bank file
 * and reconciliation.
 */
export const handler = step(
  'SettleContracts',
  { input: CycleRef.loose(), output: Output },
  async (input, { ports }) => {
    const inputs = await frozenInputs(ports, input);
    if (!hasInstitutes(inputs)) return { providers: 0, payables: 0 };
    const lane = inputs.roster.shards;
    const contracts = await frozenContracts(ports, inputs);
    const carried = await statesCarriedIn<Carried>(ports, inputs, { ...input, shard: lane });
    const claims = await claimsByProvider(ports, inputs);
    const register = inputs.providersKey ? await providersOf(ports, inputs.providersKey) : {};
    const out = new JsonLines();
    const states = new JsonLines();
    const totals = emptyTotals();
    const settled = settleAll(
      contracts,
      claims,
      await verifications(ports, inputs),
      new Map([...carried].map(([id, state]) => [id, state.rules])),
      lastDay(input.period) as Day,
      await frozenReversals(ports, inputs),
    );
    for (const provider of [...new Set([...claims.keys(), ...settled.keys(), ...carried.keys()])].sort()) {
      const settlements = settled.get(provider) ?? [];
      const undelivered = carried.get(provider)?.undelivered ?? [];
      const record = recordOf(provider, settlements, undelivered, register, inputs);
      out.add(record);
      const rules = { ...carried.get(provider)?.rules };
      for (const settlement of settlements) rules[settlement.contract] = settlement.state;
      states.add({ household: provider, rules });
      addTotals(totals, totalsOf(record));
    }
    await writeOnce(ports.objects, bulk(stageKey(input, 'transfers', lane)), out.bytes());
    await writeOnce(ports.objects, bulk(stageKey(input, 'next-state', lane)), states.bytes());
    await writeOnce(
      ports.objects,
      bulk(`${input.prefix}/totals/${shardName(lane)}.json`),
      JSON.stringify(sortedTotals(totals)),
    );
    await writeOnce(
      ports.objects,
      bulk(`${input.prefix}/exceptions/settle.jsonl`),
      issuesOf(settled).bytes(),
    );
    return { providers: out.count, payables: totals.payables.count };
  },
);

async function claimsByProvider(ports: Ports, inputs: FrozenInputs): Promise<Map<string, VerifiedClaim[]>> {
  const claims = new Map<string, VerifiedClaim[]>();
  if (!inputs.claimsKey) return claims;
  for (const claim of parseLines<VerifiedClaim>(await readBytes(ports.objects, bulk(inputs.claimsKey)))) {
    const known = claims.get(claim.provider);
    if (known) known.push(claim);
    else claims.set(claim.provider, [claim]);
  }
  return claims;
}

/** What verifiers found, as the cycle froze it. */
async function verifications(ports: Ports, inputs: FrozenInputs): Promise<Verifications> {
  const found = new Map<string, VerificationResult>();
  if (!inputs.verificationKey) return found;
  const body = await readBytes(ports.objects, bulk(inputs.verificationKey));
  for (const { contract, provider, ...result } of parseLines<ContractVerification>(body))
    found.set(verificationKeyOf(contract, provider), result);
  return found;
}

const WAITS = ['AWAITS_VERIFICATION', 'SAMPLE_MUST_EXTEND'];
const OWED = 'OWED_WITHOUT_CLAWBACK_CLAUSE';

/**
 * For the list of exceptions: claims that wait for their verification, how many of whom for which reason; and what an
 * institute owes under a contract that does not say how it is taken back.
 */
function issuesOf(settled: ReadonlyMap<string, readonly Settlement[]>): JsonLines {
  const issues = new JsonLines();
  for (const provider of [...settled.keys()].sort())
    for (const { contract, refused, warnings, owed, currency } of settled.get(provider)!) {
      const add = (code: string, message: string, amount?: string) =>
        issues.add({
          stage: 'SettleContracts',
          code,
          subject: provider,
          ...(amount !== undefined && { amount }),
          message,
        });
      for (const code of WAITS) {
        const count = refused.filter(({ reason }) => reason === code).length;
        if (count > 0) add(code, `${count} claims of contract ${contract} wait`);
      }
      if (warnings.includes(OWED))
        add(OWED, `contract ${contract} has no clause to take it back by`, formatAmount(owed, currency));
    }
  return issues;
}

const providersOf = async (ports: Ports, key: string): Promise<ProviderRegister> =>
  JSON.parse(Buffer.from(await readBytes(ports.objects, bulk(key))).toString('utf8')) as ProviderRegister;

function recordOf(
  provider: string,
  settlements: readonly Settlement[],
  undelivered: readonly Undelivered[],
  register: ProviderRegister,
  inputs: FrozenInputs,
): DisbursementRecord {
  const account = accountOf(register, provider);
  const due =
    settlements.some((settlement) => settlement.totals.payable > 0) || reissuable(undelivered).length > 0;
  const payables: Payable[] = [];
  if (account)
    for (const settlement of settlements) {
      const payable = disbursementPayable(settlement, inputs.period, account);
      if (payable) payables.push(payable);
    }
  if (account)
    for (const item of reissuable(undelivered))
      payables.push({
        payeeKind: 'provider',
        payeeId: provider,
        purpose: reissuePurpose(item),
        amountMinor: item.amountMinor,
        currency: inputs.currency,
        method: 'account',
        ...account,
        parts: [{ kind: 'arrears', amountMinor: item.amountMinor, originCycle: item.origin }],
      });
  return {
    household: provider,
    territory: account?.territory ?? '',
    settlements: settlements.map(
      ({ contract, version, date, lines, refused, recoveries, totals, owed, strata }) => ({
        contract,
        version,
        date,
        lines,
        refused,
        recoveries,
        totals,
        owed,
        strata: strata.map(({ unsampled: _, ...decision }) => decision),
      }),
    ),
    dueMinor: settlements.reduce((total, settlement) => total + settlement.totals.payable, 0),
    ...(!account && due && { payeeFault: 'PROVIDER_NOT_REGISTERED' }),
    payables,
    undelivered,
  };
}

function accountOf(register: ProviderRegister, provider: string): ProviderAccount | undefined {
  const entry = register[provider];
  if (!entry) return undefined;
  const { name, document, account, town, country, territory } = entry;
  return {
    creditorName: name,
    ...(document && { creditorDocument: document }),
    account,
    town,
    country,
    territory,
  };
}

function totalsOf(record: DisbursementRecord) {
  const totals = emptyTotals();
  const sum = (pick: (settlement: DisbursementRecord['settlements'][number]) => number) =>
    record.settlements.reduce((total, settlement) => total + pick(settlement), 0);
  const payableMinor = sum((settlement) => settlement.totals.payable);
  Object.assign(totals.disbursements, {
    count: record.settlements.filter((settlement) => settlement.totals.payable > 0).length,
    payableMinor,
    withheldMinor: sum((settlement) => settlement.totals.withheld),
    refused: sum((settlement) => settlement.refused.length),
  });
  const reissues = record.payables.filter(({ purpose }) => isReissue(purpose));
  Object.assign(totals.payables, {
    count: record.payables.length,
    totalMinor: record.payables.reduce((total, payable) => total + payable.amountMinor, 0),
    reissued: reissues.length,
    reissuedMinor: reissues.reduce((total, payable) => total + payable.amountMinor, 0),
  });
  if (record.payeeFault) Object.assign(totals.payables, { payeeHeld: 1, payeeHeldMinor: record.dueMinor });
  return totals;
}
