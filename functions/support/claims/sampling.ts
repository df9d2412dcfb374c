import { ABSENT, type Item, type Json, type Ports } from '../../../adapters/ports.ts';
import { keyedHash } from '../../../domain/kernel/ids.ts';
import { type Day, type Month, monthOf } from '../../../domain/kernel/period.ts';
import { Refused } from '../../../domain/kernel/result.ts';
import { parameterTable } from '../../../domain/records/contract-parameters.ts';
import { commitSeed, type SampleRule } from '../../../domain/results/sampling.ts';
import type { ContractInForce } from './contracts.ts';
import { sampleKey } from './keys.ts';

/** Seed and salt of a period. Keyed, so that nobody chooses them and nobody can foresee them without the key. */
export async function seedOf(ports: Ports, programme: string, period: Month) {
  const hmac = keyedHash(await ports.keys.hmacKey());
  const of = (what: string) => hmac(`sample|${what}|${programme}|${period}`).toString('hex');
  return { seed: of('seed'), salt: of('salt').slice(0, 32) };
}

/** The contract's own sampling rule on a day; undefined where it has none, or one whose values were not published. */
export function contractRule({ definition }: ContractInForce, on: Day): SampleRule | undefined {
  const clause = definition.verification;
  if (!clause) return undefined;
  const table = parameterTable(definition);
  const value = (name: string | undefined): number | undefined => {
    const found = name === undefined ? undefined : table.resolve(name, on, () => undefined);
    return found?.ok ? found.value : undefined;
  };
  const [confidenceBp, marginBp] = [value(clause.confidence), value(clause.margin)];
  if (confidenceBp === undefined || marginBp === undefined) return undefined;
  const [expectedBp, bufferBp] = [value(clause.expectedError), value(clause.buffer)];
  return {
    confidenceBp,
    marginBp,
    ...(expectedBp !== undefined && { expectedBp }),
    ...(bufferBp !== undefined && { bufferBp }),
  };
}

export type Commitment = {
  readonly period: Month;
  readonly commitment: string;
  readonly committedAt: string;
  readonly committedBy: string;
  readonly rule: SampleRule;
  readonly status: 'COMMITTED' | 'DRAWING' | 'DRAWN';
  /** The rest is known once the sample has been drawn. */
  readonly size?: number;
  readonly population?: number;
  readonly seed?: string;
  readonly salt?: string;
  readonly rounds?: number;
};

export function commitmentOf(item: Item): Commitment {
  const { pk: _pk, sk, ...rest } = item;
  return { period: sk as Month, ...rest } as unknown as Commitment;
}

/**
 * Commits to the seed and the rule of a period's sample before any claim of it is known; afterwards both are fixed.
 * Committing again with the same rule changes nothing, with another is refused.
 */
export async function commitSample(
  ports: Ports,
  programme: string,
  period: Month,
  rule: SampleRule,
  person: string,
): Promise<Commitment> {
  const { seed, salt } = await seedOf(ports, programme, period);
  const key = sampleKey(programme, period);
  const put = {
    ...key,
    commitment: commitSeed(seed, salt),
    committedAt: ports.clock.now(),
    committedBy: person,
    rule: rule as unknown as Json,
    status: 'COMMITTED',
  };
  const outcome = await ports.control.write([{ put, condition: ABSENT }]);
  if (outcome.ok) return commitmentOf(put);
  const stored = commitmentOf(outcome.item ?? (await ports.control.get(key))!);
  if (sameRule(stored.rule, rule)) return stored;
  throw new Refused({
    code: 'INPUTS_DIFFER',
    message: `the sample of ${period} was committed with another rule on ${stored.committedAt}`,
    next: 'the rule of a period is fixed before its claims are known; change it for a later period',
  });
}

const RULE_FIELDS = ['confidenceBp', 'marginBp', 'expectedBp', 'bufferBp'] as const;
const sameRule = (a: SampleRule, b: SampleRule): boolean => RULE_FIELDS.every((name) => a[name] === b[name]);

/** Commits the period of a claim by the contract's own rule, if nobody has: always before its first claim is kept. */
export async function ensureCommitted(ports: Ports, contract: ContractInForce, on: Day): Promise<void> {
  const period = monthOf(on);
  if (await ports.control.get(sampleKey(contract.programme, period))) return;
  const rule = contractRule(contract, on);
  if (!rule) return;
  try {
    await commitSample(ports, contract.programme, period, rule, 'system');
  } catch (error) {
    // Two contracts of one programme may have two rules; the first one to be committed holds.
    if (!(error instanceof Refused)) throw error;
  }
}
