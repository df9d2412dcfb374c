import { fnv1a } from '../../domain/kernel/hash.ts';
import { seeded } from '../../domain/kernel/random.ts';
import type { Instruction } from '../../domain/payments/instruction.ts';

/** What the simulated bank does with one payment. */
export type Outcome =
  | { readonly kind: 'rejected'; readonly reason: string }
  | { readonly kind: 'paid' }
  | { readonly kind: 'returned'; readonly reason: string; readonly afterDays: number }
  | { readonly kind: 'picked_up'; readonly afterDays: number }
  | { readonly kind: 'unclaimed' };

/** Shares of payments, 0 to 1; illustrative and not any bank's figures. */
export type Rates = {
  readonly rejected: number;
  readonly returned: number;
  readonly unclaimed: number;
};
export const DEFAULT_RATES: Rates = { rejected: 0.01, returned: 0.005, unclaimed: 0.03 };

/** ISO external codes: what banks say when an account or a person cannot be paid. */
const REJECT_ACCOUNT = ['AC01', 'AC04', 'AC06', 'RC04', 'BE06', 'AG01'];
const REJECT_CASH = ['BE06', 'BE05', 'RC04'];
const RETURNS = ['AC04', 'AC06', 'BE01', 'MD07'];
/** Days on which cash that was not picked up goes back, and by which a return has come. */
export const RETURN_DAYS = 2;
export const PICKUP_DAYS = 2;

const pick = (codes: readonly string[], random: number): string => codes[Math.floor(random * codes.length)]!;

/** The same seed and payment always meet the same fate, whatever file or order the payment comes in. */
export function outcomeOf(seed: number, rates: Rates, instruction: Instruction): Outcome {
  const random = seeded((seed ^ fnv1a(instruction.endToEndId)) >>> 0);
  random();
  const fate = random();
  const detail = random();
  const days = random();
  if (fate < rates.rejected)
    return {
      kind: 'rejected',
      reason: pick(instruction.method === 'cash' ? REJECT_CASH : REJECT_ACCOUNT, detail),
    };
  const left = fate - rates.rejected;
  if (instruction.method === 'cash') {
    if (left < rates.unclaimed) return { kind: 'unclaimed' };
    return { kind: 'picked_up', afterDays: 1 + Math.floor(days * PICKUP_DAYS) };
  }
  if (left < rates.returned)
    return { kind: 'returned', reason: pick(RETURNS, detail), afterDays: 1 + Math.floor(days * RETURN_DAYS) };
  return { kind: 'paid' };
}

/**
 * The outcomes of one payment file. With `everyOutcome` its first payments are made to show one rejection, one
 * return and one unclaimed, as far as there are payments of the right method to show them on.
 */
export function outcomesOf(
  seed: number,
  rates: Rates,
  instructions: readonly Instruction[],
  everyOutcome: boolean,
): Outcome[] {
  const outcomes = instructions.map((instruction) => outcomeOf(seed, rates, instruction));
  if (!everyOutcome) return outcomes;
  const places = (method: 'account' | 'cash'): number[] =>
    instructions.flatMap((instruction, index) => (instruction.method === method ? [index] : []));
  const account = places('account');
  const cash = places('cash');
  const has = (kind: Outcome['kind']): boolean => outcomes.some((outcome) => outcome.kind === kind);
  const set = (index: number | undefined, outcome: Outcome): void => {
    if (index !== undefined && !has(outcome.kind)) outcomes[index] = outcome;
  };
  set(account.shift(), { kind: 'returned', reason: 'AC04', afterDays: 1 });
  set(cash.shift(), { kind: 'unclaimed' });
  if (account.length > 0) set(account.shift(), { kind: 'rejected', reason: 'AC01' });
  else set(cash.shift(), { kind: 'rejected', reason: 'BE06' });
  return outcomes;
}
