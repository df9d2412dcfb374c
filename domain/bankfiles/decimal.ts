/** Exact sums of decimal strings as banks write them, whatever their number of decimals. */
export type DecimalSum = {
  /** Adds (or with `sign` -1 subtracts) a decimal string; false where the text is not an unsigned decimal. */
  add(text: string, sign?: 1 | -1): boolean;
  /** The sum with as many decimals as the longest that was added. */
  value(): string;
  isZero(): boolean;
};

const DECIMAL = /^\+?(\d{1,18})(?:\.(\d{0,17}))?$/;

export function decimalSum(): DecimalSum {
  let scale = 0;
  let total = 0n;
  return {
    add(text, sign = 1) {
      const match = DECIMAL.exec(text);
      if (!match) return false;
      const fraction = match[2] ?? '';
      if (fraction.length > scale) {
        total *= 10n ** BigInt(fraction.length - scale);
        scale = fraction.length;
      }
      const units = BigInt(match[1]! + fraction.padEnd(scale, '0'));
      total += sign === 1 ? units : -units;
      return true;
    },
    value() {
      const negative = total < 0n;
      const digits = String(negative ? -total : total).padStart(scale + 1, '0');
      const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
      return negative ? `-${text}` : text;
    },
    isZero: () => total === 0n,
  };
}

/** Whether two decimal strings name the same number: `5.0100` is `5.01`. False where either is not a decimal. */
export function sameDecimal(a: string, b: string): boolean {
  const difference = decimalSum();
  return difference.add(a) && difference.add(b, -1) && difference.isZero();
}
