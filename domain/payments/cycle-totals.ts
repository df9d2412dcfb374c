import { byName } from '../kernel/by-name.ts';

/** Counts by status of a condition or a territory. */
export type ComplianceCount = {
  compliant: number;
  non_compliant: number;
  exempt: number;
  unverified: number;
};

/** The control totals of a cycle or of one shard; money in minor units. They add up shard by shard. */
export type CycleTotals = {
  households: { total: number; eligible: number; entitled: number };
  transfers: {
    entitledMinor: number;
    payableMinor: number;
    heldMinor: number;
    forfeitedMinor: number;
    arrearsMinor: number;
    /** Held in earlier cycles and lost now. */
    lapsedMinor: number;
    recoveredMinor: number;
  };
  payables: {
    count: number;
    totalMinor: number;
    payeeHeld: number;
    payeeHeldMinor: number;
    reissued: number;
    reissuedMinor: number;
  };
  disbursements: { count: number; payableMinor: number; withheldMinor: number; refused: number };
  compliance: Record<string, ComplianceCount>;
  territories: Record<string, ComplianceCount & { households: number; payableMinor: number }>;
};

export const noCompliance = (): ComplianceCount => ({
  compliant: 0,
  non_compliant: 0,
  exempt: 0,
  unverified: 0,
});

export const emptyTotals = (): CycleTotals => ({
  households: { total: 0, eligible: 0, entitled: 0 },
  transfers: {
    entitledMinor: 0,
    payableMinor: 0,
    heldMinor: 0,
    forfeitedMinor: 0,
    arrearsMinor: 0,
    lapsedMinor: 0,
    recoveredMinor: 0,
  },
  payables: { count: 0, totalMinor: 0, payeeHeld: 0, payeeHeldMinor: 0, reissued: 0, reissuedMinor: 0 },
  disbursements: { count: 0, payableMinor: 0, withheldMinor: 0, refused: 0 },
  compliance: byName(),
  territories: byName(),
});

type Numbers = { [field: string]: number | Numbers };

/** Adds every number of `part` to the same place of `total`; integers only, so the order does not matter. */
export function addTotals<T extends object>(total: T, part: T): T {
  addNumbers(total as unknown as Numbers, part as unknown as Numbers);
  return total;
}

function addNumbers(total: Numbers, part: Numbers): void {
  for (const [name, value] of Object.entries(part)) {
    if (typeof value === 'number') total[name] = ((total[name] as number | undefined) ?? 0) + value;
    else {
      total[name] ??= byName();
      addNumbers(total[name] as Numbers, value);
    }
  }
}

/** The same totals with keys in order, so that equal totals are equal bytes. */
export function sortedTotals(totals: CycleTotals): CycleTotals {
  const sorted = <V>(record: Record<string, V>) =>
    Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { ...totals, compliance: sorted(totals.compliance), territories: sorted(totals.territories) };
}
