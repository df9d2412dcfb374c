import type { Ports } from '../../adapters/ports.ts';
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

/** The contract in force in this folder; one that ships, or a file, is put in force at its first use. */
export async function inForce(
  ports: Ports,
  { contract, person }: { readonly contract: string; readonly person: string },
  io: Io,
): Promise<ContractInForce> {
  const { definition, source } = unwrap(contractSource(contract, io.cwd));
  if (!(await ports.control.get({ pk: contractsPk, sk: definition.id })))
    await putContract(ports, source, person);
  return contractInForce(ports, definition.id);
}
