import type { Ports } from '../../../adapters/ports.ts';
import { type Day, lastDay, type Month } from '../../../domain/kernel/period.ts';
import type { SettlementCase, SettlementState } from '../../../domain/records/claim-case.ts';
import { contractsByProgramme } from '../claims/contracts.ts';
import { bulk, type FrozenInputs } from '../cycle.ts';
import { JsonLines, parseLines, readBytes, writeByHash } from '../jsonl.ts';
import { type ReversalRecord, reversalsOf } from './register.ts';

type Reversal = NonNullable<SettlementCase['reversals']>[number];
/** An approved reversal as settlement takes it; a line of a cycle's frozen reversals. */
export type ContractReversal = Reversal & { readonly contract: string; readonly provider: string };

/**
 * Pins the approved reversals of what this programme's cycles settled under their contracts, in the order of contract,
 * institute, person and milestone. Those that an earlier cycle took are among them: the settlement state of the institute
 * is the only record of that (`untaken`). Out: where they lie; null where there are none.
 */
export async function freezeReversals(
  ports: Ports,
  {
    programme,
    period,
    contracts,
  }: { programme: string; period: Month; contracts: readonly { readonly id: string }[] },
): Promise<string | null> {
  const approved: ContractReversal[] = [];
  for (const [scope, ids] of await contractsByProgramme(ports, contracts))
    for await (const record of reversalsOf(ports, scope))
      if (record.state === 'APPROVED' && record.paidBy === programme && ids.includes(record.contract))
        approved.push(lineOf(record, lastDay(period) as Day));
  if (approved.length === 0) return null;
  const lines = new JsonLines();
  for (const each of approved.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))) lines.add(each);
  return writeByHash(ports.objects, 'reversals', lines);
}

const orderOf = ({ contract, provider, participant, milestone }: ContractReversal) =>
  JSON.stringify([contract, provider, participant, milestone]);

/** It counts from the day of its approval; a cycle that settles an earlier day takes it on that one. */
function lineOf(record: ReversalRecord, settledOn: Day): ContractReversal {
  const { contract, provider, participant, milestone, reason } = record;
  const decidedOn = record.decidedAt!.slice(0, 10);
  const date = decidedOn < settledOn ? decidedOn : settledOn;
  return { contract, provider, participant, milestone, date, reason };
}

/** The reversals that a cycle froze. */
export async function frozenReversals(
  ports: Ports,
  { reversalsKey }: Pick<FrozenInputs, 'reversalsKey'>,
): Promise<ContractReversal[]> {
  if (!reversalsKey) return [];
  return [...parseLines<ContractReversal>(await readBytes(ports.objects, bulk(reversalsKey)))];
}

/** Those of one institute's contract that no settlement has taken yet. */
export const untaken = (
  reversals: readonly ContractReversal[],
  { contract, provider }: { readonly contract: string; readonly provider: string },
  state: SettlementState | undefined,
): Reversal[] =>
  reversals
    .filter((each) => each.contract === contract && each.provider === provider)
    .filter(({ participant, milestone }) => state?.reversed[`${participant}|${milestone}`] === undefined)
    .map(({ contract: _contract, provider: _provider, ...reversal }) => reversal);
