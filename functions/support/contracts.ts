import type { Ports } from '../../adapters/ports.ts';
import { Refused } from '../../domain/kernel/result.ts';
import type { ContractDefinition } from '../../domain/records/contract.ts';
import { parseContract } from '../../domain/records/contract-check.ts';
import { bulk, definitionKey, type FrozenInputs } from './cycle.ts';
import { readJson } from './jsonl.ts';

/** The contracts that a cycle froze, by id. Refuses one that is not valid or pays in another currency. */
export async function frozenContracts(
  ports: Ports,
  inputs: Pick<FrozenInputs, 'contracts' | 'currency'>,
): Promise<Map<string, ContractDefinition>> {
  const contracts = new Map<string, ContractDefinition>();
  for (const { id, hash } of inputs.contracts) {
    const parsed = parseContract(await readJson<unknown>(ports.objects, bulk(definitionKey(hash))));
    if (!parsed.ok)
      throw new Refused({
        code: 'INVALID_DEFINITION',
        message: `contract ${id}: ${parsed.issues[0]?.message}`,
        at: parsed.issues[0]?.path ?? id,
      });
    if (parsed.value.currency !== inputs.currency)
      throw new Refused({
        code: 'INVALID_DEFINITION',
        message: `contract ${id} pays in ${parsed.value.currency}, the programme in ${inputs.currency}: one cycle has one currency`,
        at: id,
        next: 'run the contract in a cycle of its own currency',
      });
    contracts.set(id, parsed.value);
  }
  return contracts;
}
