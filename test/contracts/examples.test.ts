import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listContracts, loadCase } from '../../cli/commands/contract-files.ts';
import { settleContract } from '../../domain/results/disbursement.ts';
import { settlementRefusalView, settlementView } from '../../domain/results/settlement-view.ts';

type Expected = {
  readonly refusal?: string;
  readonly parameters?: string[];
  readonly verified?: string[];
  readonly lines?: {
    readonly participant?: string;
    readonly milestone: string;
    readonly amount?: string;
    readonly outcomeOn?: string;
  }[];
  readonly refused?: { readonly participant: string; readonly milestone: string; readonly reason: string }[];
  readonly lineCount?: number;
  readonly perParticipant?: Record<string, string>;
  readonly perMilestone?: Record<string, string>;
  readonly [total: string]: unknown;
};
type Example = {
  readonly title: { readonly es: string; readonly en: string };
  readonly case: unknown;
  readonly expect: Expected;
};

/** Sums decimal amounts as integers of their last digit: no float touches an amount, not even in a test. */
function total(amounts: readonly string[]): string {
  const digits = (amounts[0]?.split('.')[1] ?? '').length;
  const sum = amounts.reduce((acc, amount) => acc + BigInt(amount.replace('.', '')), 0n);
  const text = sum.toString().padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function check(example: Example, folder: string): void {
  const loaded = loadCase(example.case, folder, folder);
  if (!loaded.ok) throw new Error(loaded.error.message);
  const { contract, input } = loaded.value;
  const settled = settleContract(contract, input);
  const expected = example.expect;
  if (!settled.ok) {
    const view = settlementRefusalView(settled.error);
    expect(view.refusal.code).toBe(expected.refusal);
    if (expected.parameters) expect(view.refusal.parameters).toEqual(expected.parameters);
    if (expected.verified)
      expect(view.verified.map((item) => item.outcome).sort()).toEqual(expected.verified);
    return;
  }
  const view = settlementView(contract, settled.value);
  const { lines, refused, lineCount, perParticipant, perMilestone, warnings, ...totals } = expected;
  expect(totals).toEqual(Object.fromEntries(Object.keys(totals).map((key) => [key, view[key as 'payable']])));
  for (const line of lines ?? []) expect(view.lines).toContainEqual(expect.objectContaining(line));
  const named = view.refused.map(({ participant, milestone, reason }) => ({
    participant,
    milestone,
    reason,
  }));
  for (const entry of refused ?? []) expect(named).toContainEqual(entry);
  if (refused?.length === 0) expect(named).toEqual([]);
  if (lineCount !== undefined) expect(view.lines).toHaveLength(lineCount);
  if (warnings) expect(view.warnings).toEqual(warnings);
  for (const [by, sums] of [
    ['participant', perParticipant],
    ['milestone', perMilestone],
  ] as const)
    for (const [name, amount] of Object.entries(sums ?? {}))
      expect(total(view.lines.filter((line) => line[by] === name).map((line) => line.amount))).toBe(amount);
}

describe.each(listContracts())('$id', ({ path }) => {
  const folder = join(dirname(path), 'examples');
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  it('has examples', () => expect(files.length).toBeGreaterThanOrEqual(3));
  for (const file of files) {
    const example = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Example;
    it(`${file}: ${example.title.en}`, () => check(example, folder));
  }
});
