import type { Item, Ports } from '../../../adapters/ports.ts';
import { canonicalJson, sha256 } from '../../../domain/kernel/hash.ts';
import type { ContractDefinition } from '../../../domain/records/contract.ts';
import { parseContract } from '../../../domain/records/contract-check.ts';
import { IdSchema } from '../../../domain/records/contract-value.ts';
import { bulk, definitionKey } from '../cycle.ts';
import { SaidRefusal } from '../http/said.ts';
import { readJson, writeOnce } from '../jsonl.ts';
import { contractsPk } from './keys.ts';

/** A contract in force: its definition, by hash, and the programme within which nobody is claimed twice. */
export type ContractInForce = {
  readonly programme: string;
  readonly hash: string;
  readonly definition: ContractDefinition;
};

const loaded = new Map<string, ContractDefinition>();

/**
 * Puts a contract in force. A new version replaces the one before for claims to come; both stay stored by hash.
 * Refused: a definition that is not in order (INVALID_DEFINITION, every path listed).
 */
export async function putContract(
  ports: Ports,
  source: unknown,
  person: string,
  programme?: string,
): Promise<ContractInForce> {
  const parsed = parseContract(source);
  if (!parsed.ok)
    throw new SaidRefusal(
      'INVALID_DEFINITION',
      {
        es: `el contrato tiene ${parsed.issues.length} errores`,
        en: `the contract has ${parsed.issues.length} errors`,
      },
      { errors: parsed.issues.slice(0, 50).map(({ path = '', message }) => ({ path, message })) },
    );
  const definition = parsed.value;
  const text = canonicalJson(definition);
  const hash = sha256(text);
  await writeOnce(ports.objects, bulk(definitionKey(hash)), text);
  const record = { programme: programme ?? definition.id, hash, version: definition.version };
  const put = { pk: contractsPk, sk: definition.id, ...record, by: person, at: ports.clock.now() };
  // The programme is the scope of "claimed before": moving a contract to another would forget its claims.
  const outcome = await ports.control.write([
    {
      put,
      condition: {
        any: [{ absent: 'pk' }, { field: 'programme', is: '=', value: record.programme }],
      },
    },
  ]);
  if (!outcome.ok)
    throw new SaidRefusal('INPUTS_DIFFER', {
      es: 'el contrato ya pertenece a otro programa',
      en: 'the contract belongs to another programme already',
    });
  return { programme: record.programme, hash, definition };
}

/** The contract in force under an id. Refused: none (UNKNOWN_CONTRACT). */
export async function contractInForce(ports: Ports, id: string): Promise<ContractInForce> {
  const record = IdSchema.safeParse(id).success
    ? await ports.control.get({ pk: contractsPk, sk: id })
    : undefined;
  if (record) return inForce(ports, record);
  throw noneInForce();
}
const noneInForce = () =>
  new SaidRefusal('UNKNOWN_CONTRACT', {
    es: 'no hay un contrato vigente con ese identificador',
    en: 'no contract is in force under that id',
  });

/** Contracts that take claims here, by the programme that each belongs to; one never put in force is left out. */
export async function contractsByProgramme(
  ports: Ports,
  contracts: readonly { readonly id: string }[],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const { id } of [...contracts].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const record = await ports.control.get({ pk: contractsPk, sk: id });
    if (!record) continue;
    const programme = String(record.programme);
    found.set(programme, [...(found.get(programme) ?? []), id]);
  }
  return found;
}

/**
 * Refuses contracts that are in force here with other content (INPUTS_DIFFER): their claims were judged, and are told
 * of their payment, by the version in force. A contract that was never put in force takes no claims here.
 */
export async function refuseOtherContent(
  ports: Ports,
  contracts: readonly { readonly id: string; readonly hash: string }[],
): Promise<void> {
  for (const { id, hash } of contracts) {
    const record = await ports.control.get({ pk: contractsPk, sk: id });
    if (!record || record.hash === hash) continue;
    throw new SaidRefusal(
      'INPUTS_DIFFER',
      {
        es: `el contrato ${id} está vigente con otro contenido (versión ${record.version}) que el del ciclo`,
        en: `contract ${id} is in force with other content (version ${record.version}) than the cycle's`,
      },
      {
        at: id,
        next: 'give the cycle the contract that is in force, or put the cycle’s version in force first',
      },
    );
  }
}

export async function inForce(ports: Ports, record: Item): Promise<ContractInForce> {
  const hash = String(record.hash);
  let definition = loaded.get(hash);
  if (!definition) {
    definition = await readJson<ContractDefinition>(ports.objects, bulk(definitionKey(hash)));
    loaded.set(hash, definition);
  }
  return { programme: String(record.programme), hash, definition };
}

/** Whether an institute may claim under a contract; a standard contract (no list) is open to every institute. */
export const holds = ({ definition }: ContractInForce, provider: string): boolean =>
  definition.providers === undefined || definition.providers.includes(provider);

/** Refuses an institute that does not hold the contract, in the words of a contract that does not exist. */
export function requireHolder(contract: ContractInForce, provider: string): void {
  if (!holds(contract, provider)) throw noneInForce();
}
