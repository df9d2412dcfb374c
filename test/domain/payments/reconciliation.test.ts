import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../domain/kernel/hash.ts';
import { minor, sum } from '../../../domain/kernel/money.ts';
import { month } from '../../../domain/kernel/period.ts';
import type { BankEvent } from '../../../domain/payments/bank-event.ts';
import { EXCEPTION_CODES, EXCEPTIONS } from '../../../domain/payments/exceptions.ts';
import {
  balanceIdentity,
  debitDifference,
  identityDifferences,
  instructedIdentity,
  netDebitsIdentity,
} from '../../../domain/payments/identities.ts';
import { reconcile } from '../../../domain/payments/reconciliation.ts';
import { mergeTotals } from '../../../domain/payments/reconciliation-totals.ts';
import { event, sampleInstructions } from './sample.ts';

const instructions = sampleInstructions(6);
const sentIn = () => ({ messageId: 'M1', paymentInfoId: 'M1-A' });
const run = (events: readonly BankEvent[]) => reconcile({ instructions, events, sentIn });
const [first, second] = instructions as [(typeof instructions)[0], (typeof instructions)[0]];
const codes = (events: readonly BankEvent[]) => run(events).exceptions.map(({ code }) => code);
const without = <K extends keyof BankEvent>(from: BankEvent, ...fields: K[]): BankEvent => {
  const copy: Partial<BankEvent> = { ...from };
  for (const field of fields) delete copy[field];
  return copy as BankEvent;
};

describe('finding the payment of an event', () => {
  const debit = event('debit', first);

  it('by UETR alone, by EndToEndId alone', () => {
    for (const only of [without(debit, 'endToEndId'), without(debit, 'uetr')])
      expect(run([only]).lines[0]!.state).toBe('paid');
  });

  it('by a servicer reference that a status tied to the payment', () => {
    const status = event('status', first, { status: 'ACSP', servicerRef: 'R77' });
    const bare = { ...without(debit, 'endToEndId', 'uetr'), servicerRef: 'R77' };
    expect(run([status, bare]).lines[0]!.state).toBe('paid');
    expect(codes([bare])).toEqual(['UNKNOWN_REF']);
  });

  it('never by a servicer reference that two payments share', () => {
    const statuses = [first, second].map((item) =>
      event('status', item, { status: 'ACSP', servicerRef: 'R1' }),
    );
    const bare = { ...without(debit, 'endToEndId', 'uetr'), servicerRef: 'R1' };
    expect(codes([...statuses, bare])).toEqual(['UNKNOWN_REF']);
  });

  it('by the instruction id we gave it', () => {
    const bare = { ...without(debit, 'endToEndId', 'uetr'), instructionId: first.endToEndId };
    expect(run([bare]).lines[0]!.state).toBe('paid');
  });

  it('refuses to choose where UETR and EndToEndId name two payments', () => {
    const result = run([event('debit', first, { uetr: second.uetr })]);
    expect(result.exceptions.map(({ code }) => code)).toEqual(['UNKNOWN_REF']);
    expect(result.lines.every((line) => line.state === 'pending')).toBe(true);
  });

  it('only proposes a payment of equal amount, for a person to confirm', () => {
    const stray = { ...without(debit, 'uetr'), endToEndId: 'SOMEBODY-ELSE' };
    const [exception] = run([stray]).exceptions;
    expect(exception).toMatchObject({
      code: 'UNKNOWN_REF',
      amountMinor: first.amountMinor,
      proposal: first.endToEndId,
    });
    expect(run([stray]).lines[0]!.state).toBe('pending');
  });

  it('names a movement of another cycle, and proposes no payment of this one for it', () => {
    const stray = { ...without(debit, 'uetr'), endToEndId: 'OF-SEPTEMBER', ofCycle: month('2025-09') };
    const { exceptions, totals } = run([stray]);
    expect(exceptions).toMatchObject([{ code: 'OTHER_CYCLE', amountMinor: first.amountMinor }]);
    expect(exceptions[0]).not.toHaveProperty('proposal');
    expect(netDebitsIdentity(totals, [], exceptions).differenceMinor).toBe(first.amountMinor);
  });

  it('takes a credit of nobody for funding, a return of nobody for a question', () => {
    const credit = event('credit', first, { endToEndId: 'TREASURY', uetr: 'x' });
    expect(run([credit]).totals.otherCredits).toEqual({ count: 1, sumMinor: first.amountMinor });
    expect(codes([credit])).toEqual([]);
    expect(codes([event('return', first, { endToEndId: 'TREASURY', uetr: 'x' })])).toEqual(['UNKNOWN_REF']);
  });
});

describe('a batch booked as one debit', () => {
  const total = sum(instructions.map((item) => item.amountMinor));
  const batch = (amountMinor = total): BankEvent => ({
    ...without(event('debit', first, { messageId: 'M1', paymentInfoId: 'M1-A' }), 'endToEndId', 'uetr'),
    amountMinor,
  });

  it('pays every payment of its group', () => {
    const result = run([batch()]);
    expect(result.lines.every((line) => line.debitedMinor === line.amountMinor)).toBe(true);
    expect(result.exceptions).toEqual([]);
  });

  it('leaves out what was rejected', () => {
    const rejection = event('status', first, { status: 'RJCT', reasonCode: 'AC01' });
    const result = run([batch(minor(total - first.amountMinor)), rejection]);
    expect(result.lines[0]!.state).toBe('rejected');
    expect(result.lines[1]!.debitedMinor).toBe(second.amountMinor);
  });

  it('pays nothing when it is a cent off', () => {
    expect(codes([batch(minor(total + 1))])).toEqual(['UNKNOWN_REF']);
    expect(run([batch(minor(total + 1))]).totals.netDebitsMinor).toBe(0);
  });
});

describe('events that come twice', () => {
  const debit = event('debit', first);

  it('counts the same event of another file once and lists it', () => {
    const again = { ...debit, fileHash: sha256('another file') };
    const result = run([debit, again]);
    expect(result.lines[0]!.state).toBe('paid');
    expect(result.exceptions).toMatchObject([
      { code: 'DUP_EVENT', eventKey: debit.eventKey, amountMinor: 0 },
    ]);
  });

  it('says nothing of the same place in the same file', () => {
    expect(run([debit, debit])).toEqual(run([debit]));
  });
});

describe('texts of exceptions', () => {
  it.each(EXCEPTION_CODES)('%s is said in Spanish and English and has an owner', (code) => {
    expect(EXCEPTIONS[code].es.length).toBeGreaterThan(10);
    expect(EXCEPTIONS[code].en.length).toBeGreaterThan(10);
    expect(EXCEPTIONS[code].owner).toBeTruthy();
  });
});

const statement = (id: string, sequence: string, opening: number, entries: number, closing: number) => ({
  account: 'A',
  id,
  sequence,
  date: '2026-03-10',
  openingMinor: minor(opening),
  entriesMinor: minor(entries),
  closingMinor: minor(closing),
});

describe('the three identities', () => {
  it('are zero for a clean cycle', () => {
    const { totals, lines, exceptions } = run(instructions.map((item) => event('debit', item)));
    const differences = lines.flatMap((line) => debitDifference(line) ?? []);
    const identities = [
      instructedIdentity(sum(instructions.map((item) => item.amountMinor)), totals),
      netDebitsIdentity(totals, differences, exceptions),
      balanceIdentity([statement('1', '1', 0, -500, -500), statement('2', '2', -500, 500, 0)]),
    ];
    expect(identityDifferences(identities, 'PEN')).toEqual({
      instructed: '0.00',
      netDebits: '0.00',
      balance: '0.00',
    });
  });

  it('compare with what the account moved, and list an entry that gave no event', () => {
    const { totals, lines, exceptions } = run([event('debit', first)]);
    const differences = lines.flatMap((line) => debitDifference(line) ?? []);
    const moved = (cents: number) => [
      statement('1', '1', 0, cents, cents),
      statement('1', '1', 0, cents, cents),
    ];
    const clean = netDebitsIdentity(totals, differences, exceptions, moved(-first.amountMinor));
    expect(clean.differenceMinor).toBe(0);
    const off = netDebitsIdentity(totals, differences, exceptions, moved(-first.amountMinor - 9));
    expect(off.listed).toEqual([{ ref: 'statements', reason: 'ENTRY_WITHOUT_EVENT', amountMinor: 9 }]);
  });

  it('list a line that was lost between the payment file and the reconciliation', () => {
    const { totals } = run([]);
    const total = sum(instructions.map((item) => item.amountMinor));
    expect(instructedIdentity(minor(total + 5), totals).listed).toEqual([
      { ref: 'payment files', reason: 'LINES_MISSING', amountMinor: 5 },
    ]);
  });

  it('list a statement that does not foot and one that is missing', () => {
    const identity = balanceIdentity([
      statement('3', '3', 900, 100, 1000),
      statement('1', '1', 0, 100, 101),
      statement('2', '2', 101, 0, 101),
    ]);
    expect(identity.listed).toEqual([
      { ref: '1', reason: 'NOT_FOOTING', amountMinor: -1 },
      { ref: '3', reason: 'STATEMENT_GAP', amountMinor: -799 },
    ]);
    expect(identity.differenceMinor).toBe(-800);
  });
});

/** Anything a bank might say, about our payments and others', with amounts that are sometimes wrong. */
const anyEvent: fc.Arbitrary<BankEvent> = fc
  .record({
    kind: fc.constantFrom('status', 'status', 'cash_paid', 'debit', 'debit', 'credit', 'return', 'advice'),
    about: fc.integer({ min: 0, max: instructions.length }),
    off: fc.constantFrom(0, 0, 0, 0, 1, -1),
    status: fc.constantFrom('ACSP', 'ACSC', 'RJCT', 'RCVD', 'ZZZZ'),
    reason: fc.constantFrom(undefined, 'AC01', 'NOAS', 'AC04'),
    file: fc.integer({ min: 0, max: 2 }),
    ref: fc.integer({ min: 0, max: 3 }),
    level: fc.constantFrom('transaction', 'transaction', 'transaction', 'payment', 'group'),
    strip: fc.constantFrom('none', 'uetr', 'endToEndId'),
  })
  .map(({ kind, about, off, status, reason, file, ref, level, strip }) => {
    const ours = instructions[about];
    const isStatus = kind === 'status' || kind === 'cash_paid';
    const made = event(kind as BankEvent['kind'], ours ?? { ...first, endToEndId: 'X', uetr: 'Y' }, {
      ...(isStatus
        ? { status: kind === 'status' ? status : 'CPUC' }
        : { amountMinor: minor((ours ?? first).amountMinor + off) }),
      ...(reason && { reasonCode: reason }),
      ...(kind === 'status' &&
        level !== 'transaction' && { level: level as 'group', messageId: 'M1', paymentInfoId: 'M1-A' }),
      servicerRef: `S${ref}`,
    });
    const placed = { ...made, fileHash: `file${file}`, ref: `1/1/${ref}` };
    return strip === 'none' ? placed : without(placed, strip as 'uetr');
  });

describe('whatever a bank says', () => {
  it('the order and repetition of reports change nothing', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 25 }), fc.infiniteStream(fc.nat()), (events, random) => {
        const next = () => random.next().value as number;
        const shuffled = [...events, ...events.filter(() => next() % 3 === 0)]
          .map((item) => ({ item, at: next() }))
          .sort((a, b) => a.at - b.at)
          .map(({ item }) => item);
        expect(run(shuffled)).toEqual(run(events));
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it('every instruction has one state, and the identities are zero or listed to the last cent', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 25 }), (events) => {
        const { lines, totals, exceptions } = run(events);
        expect(lines.map((line) => line.endToEndId)).toEqual(instructions.map((item) => item.endToEndId));
        const instructed = sum(instructions.map((item) => item.amountMinor));
        expect(instructedIdentity(instructed, totals).differenceMinor).toBe(0);
        // netDebitsIdentity asserts that its listed lines explain the difference.
        const identity = netDebitsIdentity(
          totals,
          lines.flatMap((line) => debitDifference(line) ?? []),
          exceptions,
        );
        for (const line of lines)
          if (line.state === 'paid') expect(line.debitedMinor - line.returnedMinor).toBe(line.amountMinor);
        expect(identity.leftMinor - identity.rightMinor).toBe(identity.differenceMinor);
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  it('two buckets add up to one', () => {
    fc.assert(
      fc.property(
        fc.array(
          anyEvent.filter((item) => item.endToEndId !== undefined),
          { maxLength: 20 },
        ),
        (events) => {
          // Events whose two references disagree belong to no bucket: leave them out.
          const whole = run(events);
          const halves = [0, 1].map((bucket) => {
            const mine = instructions.filter((_, index) => index % 2 === bucket);
            const ids = new Set(mine.map((item) => item.endToEndId));
            const events_ = events.filter(
              (item) =>
                item.level !== 'transaction' ||
                ids.has(item.endToEndId!) ||
                (bucket === 0 && item.endToEndId === 'X'),
            );
            return reconcile({ instructions: mine, events: events_, sentIn });
          });
          const merged = mergeTotals(halves.map((half) => half.totals));
          expect(merged.states).toEqual(whole.totals.states);
          expect(merged.netDebitsMinor).toBe(whole.totals.netDebitsMinor);
          expect(merged.strays).toEqual(whole.totals.strays);
        },
      ),
      { seed: 13, numRuns: 200 },
    );
  });
});
