import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBankFile } from '../../../domain/bankfiles/read.ts';
import { sha256 } from '../../../domain/kernel/hash.ts';
import { minor, sum } from '../../../domain/kernel/money.ts';
import { day } from '../../../domain/kernel/period.ts';
import { unwrap } from '../../../domain/kernel/result.ts';
import { type BankEvent, bankEvents } from '../../../domain/payments/bank-event.ts';
import {
  balanceIdentity,
  debitDifference,
  identityDifferences,
  instructedIdentity,
  netDebitsIdentity,
  type StatementSummary,
} from '../../../domain/payments/identities.ts';
import type { Instruction } from '../../../domain/payments/instruction.ts';
import { reconcile } from '../../../domain/payments/reconciliation.ts';
import { statementSummaries } from '../../../domain/payments/statements.ts';
import {
  type BankDelivery,
  type SentFile,
  type SimulateOptions,
  simulateBank,
} from '../../../local/bank-simulator/simulate.ts';
import { haveSchemas, SKIPPED, schemaErrors } from '../../domain/bankfiles/xsd.ts';
import { sampleInstructions } from '../../domain/payments/sample.ts';

const instructions = sampleInstructions(60);
function filesOf(list: readonly Instruction[], size: number): SentFile[] {
  const files: SentFile[] = [];
  for (let at = 0; at < list.length; at += size) {
    const messageId = `M${at / size + 1}`;
    files.push({
      messageId,
      paymentInfoIds: { account: `${messageId}-A`, cash: `${messageId}-C` },
      load: () => list.slice(at, at + size),
    });
  }
  return files;
}
const options: SimulateOptions = {
  seed: 1,
  asOf: day('2026-03-10'),
  account: { scheme: 'other', number: '0011-0222-33' },
  files: filesOf(instructions, 20),
  everyOutcome: true,
  rates: { rejected: 0.1, returned: 0.1, unclaimed: 0.2 },
};
async function deliveries(change: Partial<SimulateOptions> = {}): Promise<BankDelivery[]> {
  const all: BankDelivery[] = [];
  for await (const delivery of simulateBank({ ...options, ...change })) all.push(delivery);
  return all;
}
const sentIn = (item: Instruction) => {
  const messageId = `M${Math.floor(instructions.indexOf(item) / 20) + 1}`;
  return { messageId, paymentInfoId: `${messageId}-${item.method === 'cash' ? 'C' : 'A'}` };
};
function take(list: readonly BankDelivery[]) {
  const events: BankEvent[] = [];
  const statements: StatementSummary[] = [];
  for (const { bytes } of list) {
    const { file, records } = unwrap(readBankFile(bytes));
    expect(file.issues).toEqual([]);
    const result = bankEvents(file, records, { fileHash: sha256(bytes) });
    expect(result.issues).toEqual([]);
    events.push(...result.events);
    statements.push(...statementSummaries(records));
  }
  const reconciliation = reconcile({ instructions, events, sentIn, rules: { answerDue: true } });
  const { totals, lines, exceptions } = reconciliation;
  const identities = [
    instructedIdentity(sum(instructions.map((item) => item.amountMinor)), totals),
    netDebitsIdentity(
      totals,
      lines.flatMap((line) => debitDifference(line) ?? []),
      exceptions,
      statements,
    ),
    balanceIdentity(statements),
  ];
  return { reconciliation, identities };
}

describe('the simulated bank', () => {
  it('answers with the same bytes for the same seed, and with others for another', async () => {
    const [one, two, other] = [await deliveries(), await deliveries(), await deliveries({ seed: 2 })];
    expect(two).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it('pays, rejects, returns and leaves unclaimed; everything ends, and the identities are zero', async () => {
    const { reconciliation, identities } = take(await deliveries());
    const { states } = reconciliation.totals;
    for (const state of ['paid', 'rejected', 'returned', 'unclaimed'] as const)
      expect(states[state].count, state).toBeGreaterThan(0);
    expect(states.pending.count + states.exception.count).toBe(0);
    expect(reconciliation.exceptions).toEqual([]);
    expect(identityDifferences(identities, 'PEN')).toEqual({
      instructed: '0.00',
      netDebits: '0.00',
      balance: '0.00',
    });
  });

  it.each([3, 4, 8])('shows every outcome even with %i payments and no luck', async (count) => {
    const list = sampleInstructions(count);
    const rates = { rejected: 0, returned: 0, unclaimed: 0 };
    const events: BankEvent[] = [];
    for (const { bytes } of await deliveries({ files: filesOf(list, 20), rates })) {
      const { file, records } = unwrap(readBankFile(bytes));
      events.push(...bankEvents(file, records, { fileHash: sha256(bytes) }).events);
    }
    const { states } = reconcile({ instructions: list, events, sentIn: () => undefined }).totals;
    expect([states.rejected.count, states.returned.count, states.unclaimed.count]).toEqual([1, 1, 1]);
  });

  it('sends some files twice and some late, unless told to be tidy', async () => {
    const untidy = await deliveries();
    const hashes = untidy.map(({ bytes }) => sha256(bytes));
    expect(new Set(hashes).size).toBeLessThan(hashes.length);
    const sequences = untidy.flatMap(({ name }) => /^camt053-(\d+)/.exec(name)?.[1] ?? []);
    expect(sequences).not.toEqual([...sequences].sort());
    const tidy = await deliveries({ untidy: false });
    expect(new Set(tidy.map(({ name }) => name)).size).toBe(tidy.length);
    expect(take(tidy).reconciliation.totals).toEqual(take(untidy).reconciliation.totals);
  });

  it('gives a payment the same fate in whatever file it comes', async () => {
    const tidy = { untidy: false, everyOutcome: false };
    const one = take(await deliveries(tidy)).reconciliation.lines.map(({ state }) => state);
    const whole = filesOf(instructions, 60);
    const other = take(await deliveries({ ...tidy, files: whole })).reconciliation.lines.map(
      ({ state }) => state,
    );
    expect(other).toEqual(one);
  });

  it('any order and any duplication of the files gives the same reconciliation', async () => {
    const all = await deliveries();
    const expected = take(all);
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (random) => {
        const next = () => random.next().value as number;
        const shuffled = [...all, ...all.filter(() => next() % 2 === 0)]
          .map((item) => ({ item, at: next() }))
          .sort((a, b) => a.at - b.at)
          .map(({ item }) => item);
        expect(take(shuffled)).toEqual(expected);
      }),
      { seed: 51, numRuns: 8 },
    );
  });

  it('until the last statement has come, what is missing is pending and the difference is listed', async () => {
    const all = (await deliveries({ untidy: false })).filter(({ name }) => !name.includes('2026-04-09'));
    const { reconciliation, identities } = take(all);
    expect(reconciliation.totals.states.pending.count).toBeGreaterThan(0);
    expect(
      reconciliation.lines
        .filter(({ state }) => state === 'pending')
        .every(({ reasonCode }) => reasonCode === 'CASH_AVAILABLE'),
    ).toBe(true);
    expect(identityDifferences(identities, 'PEN')).toEqual({
      instructed: '0.00',
      netDebits: '0.00',
      balance: '0.00',
    });
  });

  it('a statement that never comes shows as a gap, listed to the cent', async () => {
    const all = (await deliveries({ untidy: false })).filter(({ name }) => !name.startsWith('camt053-00002'));
    const [, , balance] = take(all).identities;
    expect(balance!.listed).toMatchObject([{ reason: 'STATEMENT_GAP' }]);
  });

  it('goes on from an opening balance and statement number', async () => {
    const all = await deliveries({ openingMinor: minor(123_456), firstSequence: 41, untidy: false });
    const first = all.find(({ name }) => name.startsWith('camt053-'))!;
    expect(first.name).toContain('00041');
    const { records } = unwrap(readBankFile(first.bytes));
    expect(statementSummaries(records)[0]).toMatchObject({ openingMinor: 123_456, sequence: '41' });
  });

  it('asks for a payment file again instead of keeping it', async () => {
    let loads = 0;
    let held = 0;
    let most = 0;
    const files = filesOf(instructions, 20).map((file) => ({
      ...file,
      load: async () => {
        loads += 1;
        held += 1;
        most = Math.max(most, held);
        const list = await file.load();
        held -= 1;
        return list;
      },
    }));
    await deliveries({ files });
    expect(loads).toBe(3 * 4);
    expect(most).toBe(1);
  });

  it.skipIf(!haveSchemas)(`writes reports that pass their schemas (${SKIPPED})`, async () => {
    const kinds = new Map((await deliveries()).map((item) => [item.name.replace(/\d/g, ''), item]));
    for (const { name, bytes } of kinds.values())
      expect(
        await schemaErrors(name.startsWith('pain') ? 'pain.002.001.10' : 'camt.053.001.08', bytes),
        name,
      ).toEqual([]);
  });
});
