import { ABSENT, type Item, type Json, type Ports } from '../../../adapters/ports.ts';
import { compactNumber, hasValidCheckDigits } from '../../../domain/kernel/check-digits.ts';
import { hashOf } from '../../../domain/kernel/hash.ts';
import { keyedHash } from '../../../domain/kernel/ids.ts';
import type { Registration } from '../../../domain/records/claim.ts';
import { readFacts } from '../../../domain/results/facts.ts';
import { type FieldError, SaidRefusal } from '../http/said.ts';
import { type ContractInForce, contractInForce, requireHolder } from './contracts.ts';
import { participantKey, providersPk } from './keys.ts';

/** Keyed tokens of this installation: the same text gives the same token, and nobody can try out numbers. */
export async function tokensOf(ports: Ports): Promise<(...parts: string[]) => string> {
  const hmac = keyedHash(await ports.keys.hmacKey());
  return (...parts) => hmac(JSON.stringify(parts)).toString('hex').slice(0, 32);
}

/**
 * The tokens by which a person is known across institutes: their id in the programme, and their national number where
 * it was given. A claim takes both, so that leaving the number out does not make somebody a new person.
 */
export function personTokens(token: (...parts: string[]) => string, person: Registration): string[] {
  const tokens = [token('person', person.id)];
  if (person.number) {
    const { kind, value } = person.number;
    tokens.push(token('number', kind, compactNumber(value)));
  }
  return tokens;
}

/** What is wrong with a registration, field by field. */
function faultsOf({ definition }: ContractInForce, person: Registration): FieldError[] {
  const errors: FieldError[] = [];
  if (person.number && !hasValidCheckDigits(person.number.kind, person.number.value))
    errors.push({
      path: 'number.value',
      code: 'PERSON_NUMBER',
      message: `${person.number.kind}: dígito verificador incorrecto / check digit is wrong`,
    });
  const { id, attributes = {} } = person;
  const facts = readFacts(definition, [{ id, attributes }]);
  for (const { path = '', message, code } of facts.issues)
    errors.push({ path: path.replace('participants.0.', ''), message, code });
  for (const name of facts.ignored)
    errors.push({
      path: `attributes.${name}`,
      code: 'UNKNOWN_FIELD',
      message: `${name} is no field of this contract`,
    });
  return errors;
}

export type Registered = { readonly person: Registration; readonly created: boolean };

/**
 * Registers a participant of an institute under a contract. The same data again changes nothing; other data under the
 * same id is refused (CONFLICT): what a claim was judged by must not change underneath it. Refused too: a contract
 * that the institute does not hold, a bad check digit, attributes that the contract does not declare.
 */
export async function registerParticipant(
  ports: Ports,
  request: { provider: string; person: Registration; by: string },
): Promise<Registered> {
  const { provider, person, by } = request;
  const contract = await contractInForce(ports, person.contract);
  requireHolder(contract, provider);
  const errors = faultsOf(contract, person);
  if (errors.length > 0)
    throw new SaidRefusal(
      'BAD_INPUT',
      { es: 'los datos de la persona no son válidos', en: 'the participant’s data is not valid' },
      { errors },
    );
  const key = participantKey(contract.programme, provider, contract.definition.id, person.id);
  const hash = hashOf(person);
  const outcome = await ports.control.write([
    {
      put: { ...key, person: person as unknown as Json, hash, by, at: ports.clock.now() },
      condition: ABSENT,
    },
  ]);
  if (outcome.ok) {
    await ports.control.write([{ put: { pk: providersPk(contract.programme), sk: provider } }]);
    return { person, created: true };
  }
  const stored = outcome.item ?? (await ports.control.get(key));
  if (stored?.hash === hash) return { person, created: false };
  throw new SaidRefusal(
    'CONFLICT',
    {
      es: 'esa persona ya está registrada con otros datos',
      en: 'that participant is registered with other data',
    },
    { next: 'ask a case worker to correct the registration' },
  );
}

export const personOf = (item: Item): Registration => item.person as unknown as Registration;

/** The registration of an institute's participant; undefined for one that it does not have, whoever else does. */
export async function registrationOf(
  ports: Ports,
  contract: ContractInForce,
  provider: string,
  id: string,
): Promise<Registration | undefined> {
  const item = await ports.control.get(
    participantKey(contract.programme, provider, contract.definition.id, id),
  );
  return item && personOf(item);
}
