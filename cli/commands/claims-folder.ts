import type { Ports } from '../../adapters/ports.ts';
import { canonicalJson, sha256 } from '../../domain/kernel/hash.ts';
import { Refused, unwrap } from '../../domain/kernel/result.ts';
import {
  type ContractInForce,
  contractInForce,
  putContract,
} from '../../functions/support/claims/contracts.ts';
import { contractsPk } from '../../functions/support/claims/keys.ts';
import { createInvoker, type LocalConfig, portsOf } from '../../local/functions.ts';
import { openSession, type Session } from '../../local/session.ts';
import type { Io } from '../io.ts';
import { loadContract } from './contract-files.ts';

export type Folder = Pick<Session, 'ports' | 'call' | 'close'>;

/** The folder with its own runtime, or, where `cumple start` serves it, beside that one, which runs the checks. */
export async function openFolder(config: LocalConfig): Promise<Folder> {
  try {
    return await openSession(config);
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.code !== 'CONFLICT') throw error;
    const ports = portsOf(config);
    return { ports, call: createInvoker(ports), close: async () => ports.close() };
  }
}

/** A contract by the id of one that ships, or by the path of its file. */
export function contractSource(reference: string, cwd: string) {
  const loaded = loadContract(reference, cwd);
  return loaded.ok
    ? { ok: true as const, value: { definition: loaded.value, source: loaded.value } }
    : loaded;
}

/**
 * The contract in force in this folder, by its id; one that ships, or a file, is put in force at its first use. Refuses
 * an unknown one (UNKNOWN_CONTRACT), and a file that says something else than what is in force (INPUTS_DIFFER).
 */
export async function inForce(
  ports: Ports,
  { contract, person }: { readonly contract: string; readonly person: string },
  io: Io,
): Promise<ContractInForce> {
  if (await ports.control.get({ pk: contractsPk, sk: contract })) return contractInForce(ports, contract);
  const { definition, source } = unwrap(contractSource(contract, io.cwd));
  const held = await ports.control.get({ pk: contractsPk, sk: definition.id });
  if (!held) return putContract(ports, source, person);
  if (/[/\\]|\.json$/.test(contract) && held.hash !== sha256(canonicalJson(definition)))
    throw new Refused({
      code: 'INPUTS_DIFFER',
      message: `contract ${definition.id} is in force in this folder with other content than this file has`,
      at: contract,
      next: 'give its id to use the one in force, or put this one in force first (PUT /contracts/ID)',
    });
  return contractInForce(ports, definition.id);
}
