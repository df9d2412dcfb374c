import { fnv1a } from '../../domain/kernel/hash.ts';
import { seeded } from '../../domain/kernel/random.ts';

/** The random draws of one household: they follow from seed and household number, not from how many there are. */
export class Draw {
  readonly #next: () => number;
  constructor(seed: number, household: number) {
    this.#next = seeded(fnv1a(`${seed}|${household}`));
    this.#next();
  }
  chance(share: number): boolean {
    return this.#next() < share;
  }
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.#next() * (to - from + 1));
  }
  pick<T>(items: readonly T[]): T {
    return items[this.between(0, items.length - 1)]!;
  }
}

const GIVEN = [
  'Rosa',
  'Julia',
  'Nélida',
  'Carmen',
  'Beatriz',
  'Elena',
  'Martha',
  'Gladys',
  'Luz',
  'Irma',
  'Yesenia',
  'Dora',
  'Norma',
  'Silvia',
  'Teófila',
  'Ana Lucía',
];
const FAMILY = [
  'Huamaní',
  'Quispe',
  'Ccori',
  'Mamani',
  'Taipe',
  'Ñaupa',
  'Flores',
  'Ayala',
  'Rojas',
  'Condori',
  'Yupanqui',
  'Apaza',
  'Sulca',
  'Tito',
  'Chávez',
  'Pariona',
];

/** A fictitious name. */
export const nameOf = (draw: Draw): string => `${draw.pick(GIVEN)} ${draw.pick(FAMILY)} ${draw.pick(FAMILY)}`;

/** A Peruvian CCI (20 digits) that no bank has issued (office 000); with `wrong`, its last digit fails the check. */
export function cciOf(account: number, wrong: boolean): string {
  const bank = '018000';
  const number = `4${String(account).padStart(11, '0')}`;
  const last = wrong ? (checkDigit(number) + 1) % 10 : checkDigit(number);
  return `${bank}${number}${checkDigit(bank)}${last}`;
}

/** Weights 1, 2, 1, 2 … from the left, two-digit products summed by digit. */
function checkDigit(digits: string): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const product = (digits.charCodeAt(i) - 48) * (1 + (i % 2));
    sum += product > 9 ? product - 9 : product;
  }
  return (10 - (sum % 10)) % 10;
}

/** Numbers 0 to count-1 in another order, without holding them: i -> (i x step) mod count, step coprime to count. */
export function* shuffled(count: number, seed: number): Generator<number> {
  let step = count < 3 ? 1 : Math.floor(count * 0.618) + (seed % 7);
  while (gcd(step, count) !== 1) step += 1;
  let at = seed % Math.max(1, count);
  for (let i = 0; i < count; i++) {
    yield at;
    at = (at + step) % count;
  }
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
