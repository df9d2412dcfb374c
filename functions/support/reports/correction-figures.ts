import { type Currency, formatAmount, minor } from '../../../domain/kernel/money.ts';
import type { CorrectionRow } from './corrections-csv.ts';
import type { CountAndAmount, CycleReport } from './cycle-report.ts';

/** Counts what corrections moved while their rows stream into the CSV, so that page and file say the same. */
export function correctionCounter(currency: Currency) {
  let applied = 0;
  let households = 0;
  let last: string | undefined;
  const all = new Moved();
  const origins = new Map<string, Moved>();
  return {
    async *count(rows: AsyncIterable<CorrectionRow>): AsyncGenerator<CorrectionRow> {
      for await (const row of rows) {
        if (row.household !== last) {
          last = row.household;
          households += 1;
          applied += row.corrections.length;
        }
        if (row.origin !== undefined) {
          const origin = origins.get(row.origin) ?? new Moved();
          origins.set(row.origin, origin);
          origin.add(row);
          all.add(row);
        }
        yield row;
      }
    },
    figures: (): NonNullable<CycleReport['corrections']> => ({
      applied,
      households,
      ...all.figures(currency),
      origins: [...origins]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([origin, moved]) => ({ origin, ...moved.figures(currency) })),
    }),
  };
}

type Both = { readonly arrears: CountAndAmount; readonly recoveries: CountAndAmount };

/** Lines and minor units, owed to households and paid to them too much. */
class Moved {
  readonly #sums = { arrears: { count: 0, totalMinor: 0 }, recovery: { count: 0, totalMinor: 0 } };

  add({ kind, amountMinor = minor(0) }: CorrectionRow): void {
    if (kind === 'none') return;
    this.#sums[kind].count += 1;
    this.#sums[kind].totalMinor += amountMinor;
  }

  figures(currency: Currency): Both {
    const of = (sum: { count: number; totalMinor: number }) => ({
      count: sum.count,
      amount: formatAmount(minor(sum.totalMinor), currency),
    });
    return { arrears: of(this.#sums.arrears), recoveries: of(this.#sums.recovery) };
  }
}
