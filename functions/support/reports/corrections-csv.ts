import type { Ports } from '../../../adapters/ports.ts';
import { type Currency, formatAmount, type Minor } from '../../../domain/kernel/money.ts';
import { correctedLines } from '../corrections/corrected.ts';
import { frozenCorrections } from '../corrections/freeze.ts';
import type { CycleRef, FrozenInputs } from '../cycle.ts';
import { type Column, csv } from './csv.ts';

/** One amount that corrections moved, or a household whose counters only they changed. */
export type CorrectionRow = {
  /** Ids of the corrections that were applied together. */
  readonly corrections: readonly string[];
  readonly household: string;
  /** `none`: counters changed, no amount. */
  readonly kind: 'arrears' | 'recovery' | 'none';
  readonly origin?: string;
  readonly benefit?: string;
  readonly member?: string;
  /** Absent where no amount moved. */
  readonly amountMinor?: Minor;
  readonly reasons: string;
  readonly because: string;
  readonly submittedBy: string;
  readonly approvedBy: string;
  readonly approvedAt: string;
};

const columns = (currency: Currency): readonly Column<CorrectionRow>[] => [
  { name: 'corrections', kind: 'plain', value: (row) => row.corrections.join(' + ') },
  { name: 'household', kind: 'text', value: (row) => row.household },
  { name: 'kind', kind: 'plain', value: (row) => row.kind },
  { name: 'origin_cycle', kind: 'plain', value: (row) => row.origin },
  { name: 'benefit', kind: 'plain', value: (row) => row.benefit },
  { name: 'member', kind: 'text', value: (row) => row.member },
  {
    name: 'amount',
    kind: 'plain',
    value: (row) => (row.amountMinor === undefined ? '' : formatAmount(row.amountMinor, currency)),
  },
  { name: 'reasons', kind: 'plain', value: (row) => row.reasons },
  { name: 'because', kind: 'text', value: (row) => row.because },
  { name: 'submitted_by', kind: 'text', value: (row) => row.submittedBy },
  { name: 'approved_by', kind: 'text', value: (row) => row.approvedBy },
  { name: 'approved_at', kind: 'plain', value: (row) => row.approvedAt },
];

/** Every correction that a cycle applied: who asked and approved, and each amount with the cycle and line it is of. */
export const correctionsCsv = (
  rows: AsyncIterable<CorrectionRow>,
  currency: Currency,
): AsyncGenerator<Uint8Array> => csv(columns(currency), rows, { bom: true });

/** What a cycle's corrections moved; the rows of a household stand together. */
export async function* correctionRows(
  ports: Ports,
  cycle: CycleRef,
  inputs: FrozenInputs,
): AsyncGenerator<CorrectionRow> {
  const frozen = await frozenCorrections(ports, inputs);
  for (const shard of inputs.corrections?.shards ?? [])
    for (const line of (await correctedLines(ports, inputs, { ...cycle, shard })).values()) {
      const records = frozen
        .get(line.household)!
        .filter(({ correction }) => line.applied.includes(correction.id));
      const each = (value: (record: (typeof records)[number]) => string | undefined) =>
        records.map(value).join(' + ');
      const shared = {
        corrections: records.map(({ correction }) => correction.id),
        household: line.household,
        reasons: each(({ correction }) => correction.reason),
        because: each(({ correction }) => correction.because),
        submittedBy: each(({ submittedBy }) => submittedBy),
        approvedBy: each(({ decidedBy }) => decidedBy),
        approvedAt: each(({ decidedAt }) => decidedAt),
      };
      for (const { kind, origin, benefit, member, amountMinor } of line.adjustments)
        yield {
          ...shared,
          kind,
          origin,
          benefit,
          ...(member !== undefined && { member }),
          amountMinor,
        };
      if (line.adjustments.length === 0) yield { ...shared, kind: 'none' };
    }
}
