import type { CycleTotals } from '../../../domain/payments/cycle-totals.ts';
import type { AnomalyCount, AnomalyKind } from '../../../domain/transfers/anomalies.ts';
import { JsonLines } from '../jsonl.ts';
import type { StoredException } from '../reports/exception-texts.ts';

/** The code that a kind is listed and counted under. */
export const ANOMALY_CODES: Readonly<Record<AnomalyKind, string>> = {
  person_in_two_households: 'PERSON_IN_TWO_HOUSEHOLDS',
  account_in_several_households: 'SHARED_ACCOUNT',
  incompatible_programme: 'INCOMPATIBLE_PROGRAMME',
  recertification_due: 'RECERTIFICATION_DUE',
  unverified_share: 'UNVERIFIED_SHARE',
  amount_change: 'AMOUNT_CHANGE',
  payee_out_of_order: 'PAYEE_OUT_OF_ORDER',
  channel_out_of_rule: 'CHANNEL_OUT_OF_RULE',
  payee_changed: 'PAYEE_CHANGED',
};

/** The roster was taken in after the day on which the programme closes it. */
export const ROSTER_AFTER_CUT_OFF = 'ROSTER_AFTER_CUT_OFF';

/** How many a kind is counted among: the households of the roster, the eligible ones, or the checks made. */
export function countedOf(kind: AnomalyKind, { households, compliance }: CycleTotals): number {
  if (kind === 'person_in_two_households') return households.total;
  if (kind !== 'unverified_share') return households.eligible;
  let checks = 0;
  for (const { compliant, non_compliant, exempt, unverified } of Object.values(compliance))
    checks += compliant + non_compliant + exempt + unverified;
  return checks;
}

/** What CrossCheck found: each case as a line of the exceptions list, and how many there are of each kind. */
export class Findings {
  readonly lines = new JsonLines();
  readonly #found = new Map<AnomalyKind, number>();
  payeesHeld = 0;
  rosterAfterCutOff = false;

  list(code: string, row: Omit<StoredException, 'stage' | 'code'>): void {
    this.lines.add({ stage: 'CrossCheck', code, ...row });
  }

  /** Counts without listing, where one line stands for many or the cases are listed already. */
  count(kind: AnomalyKind, found: number): void {
    this.#found.set(kind, (this.#found.get(kind) ?? 0) + found);
  }

  found(kind: AnomalyKind, subject: string, message: string): void {
    this.count(kind, 1);
    this.list(ANOMALY_CODES[kind], { subject, message });
  }

  /** Each kind's count, and how many it is counted among. */
  counts(totals: CycleTotals): { [K in AnomalyKind]: AnomalyCount } {
    const of = (kind: AnomalyKind) => ({
      found: this.#found.get(kind) ?? 0,
      of: countedOf(kind, totals),
    });
    return {
      person_in_two_households: of('person_in_two_households'),
      account_in_several_households: of('account_in_several_households'),
      incompatible_programme: of('incompatible_programme'),
      recertification_due: of('recertification_due'),
      unverified_share: of('unverified_share'),
      amount_change: of('amount_change'),
      payee_out_of_order: of('payee_out_of_order'),
      channel_out_of_rule: of('channel_out_of_rule'),
      payee_changed: of('payee_changed'),
    };
  }

  /** By code, as the approver is shown them; what was not found is not shown. */
  shown(): Record<string, number> {
    const shown: Record<string, number> = this.payeesHeld > 0 ? { PAYEE_HELD: this.payeesHeld } : {};
    if (this.rosterAfterCutOff) shown[ROSTER_AFTER_CUT_OFF] = 1;
    for (const [kind, code] of Object.entries(ANOMALY_CODES)) {
      const found = this.#found.get(kind as AnomalyKind) ?? 0;
      if (found > 0) shown[code] = found;
    }
    return shown;
  }
}
