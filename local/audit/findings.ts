import { AUDIT_CHECKS, type AuditCheck, type Difference } from '../../domain/audit/difference.ts';
import { canonicalJson } from '../../domain/kernel/hash.ts';

const KEPT_MAX = 100;

export type CheckResult = {
  readonly name: AuditCheck;
  /** Objects, records and sums that were compared. */
  readonly checked: number;
  readonly differences: number;
};
export type Found = Difference & { readonly check: AuditCheck };

/** Counts what is compared under the check in hand; keeps the first differences of each, and counts all. */
export class Findings {
  readonly #counts = new Map<AuditCheck, { checked: number; differences: number }>();
  readonly #kept: Found[] = [];
  readonly #onCheck: (check: AuditCheck) => void;
  #check: AuditCheck = 'published';

  constructor(onCheck: (check: AuditCheck) => void) {
    this.#onCheck = onCheck;
  }

  begin(check: AuditCheck): void {
    this.#check = check;
    this.#onCheck(check);
    this.#of(check);
  }

  checked(count = 1): void {
    this.#of(this.#check).checked += count;
  }

  differs(difference: Difference): void {
    const counts = this.#of(this.#check);
    counts.differences += 1;
    if (counts.differences <= KEPT_MAX) this.#kept.push({ check: this.#check, ...difference });
  }

  /** Compares one value of a record; text and numbers as they are, anything else by its JSON. */
  equal(path: string, field: string, stored: unknown, recomputed: unknown): void {
    this.checked();
    const [was, is] = [textOf(stored), textOf(recomputed)];
    if (was !== is)
      this.differs({
        path,
        what: 'changed',
        field,
        ...(was !== undefined && { stored: was }),
        ...(is !== undefined && { recomputed: is }),
      });
  }

  checks(): CheckResult[] {
    const names = Object.keys(AUDIT_CHECKS) as AuditCheck[];
    return names.flatMap((name) => {
      const counts = this.#counts.get(name);
      return counts ? [{ name, ...counts }] : [];
    });
  }

  /** The first differences, in the order of the checks. */
  first(): readonly Found[] {
    return this.#kept.slice(0, KEPT_MAX);
  }

  #of(check: AuditCheck): { checked: number; differences: number } {
    const known = this.#counts.get(check);
    if (known) return known;
    const fresh = { checked: 0, differences: 0 };
    this.#counts.set(check, fresh);
    return fresh;
  }
}

const textOf = (value: unknown): string | undefined =>
  value === undefined || typeof value === 'string' ? value : canonicalJson(value);
