import { hashOf, sha256 } from '../../../domain/kernel/hash.ts';
import { endToEndIds, keyedHash, uetr } from '../../../domain/kernel/ids.ts';
import { minor } from '../../../domain/kernel/money.ts';
import { month } from '../../../domain/kernel/period.ts';
import { unwrap } from '../../../domain/kernel/result.ts';
import type { BankEvent } from '../../../domain/payments/bank-event.ts';
import type { Instruction } from '../../../domain/payments/instruction.ts';
import type { Payable } from '../../../domain/payments/payable.ts';
import { paymentList } from '../../../domain/payments/payment-list.ts';

/** Invented people and accounts, always the same. */
const KEY = Buffer.alloc(32, 7);
const id = endToEndIds(KEY);
const hmac = keyedHash(KEY);
export const CYCLE = month('2026-03');

export function payable(number: number, change: Partial<Payable> = {}): Payable {
  const method = change.method ?? (number % 3 === 0 ? 'cash' : 'account');
  const amountMinor = change.amountMinor ?? minor(10_000 + number * 37);
  return {
    payeeKind: 'household',
    payeeId: `H${number}`,
    purpose: 'transfer',
    currency: 'PEN',
    creditorName: number % 2 === 0 ? `Ñusta Quispe Mamaní ${number}` : `Rosa O'Higgins & Hijos ${number}`,
    creditorDocument: String(40_000_000 + number),
    ...(method === 'account'
      ? { account: { scheme: 'cci' as const, number: '01801500001501398282' } }
      : { payPoint: `AG-${number % 5}` }),
    town: number % 2 === 0 ? 'Huánuco' : 'Puno',
    country: 'PE',
    territory: `T${number % 4}`,
    parts: [{ kind: 'transfer', amountMinor }],
    ...change,
    method,
    amountMinor,
  };
}

export const instructionsOf = (payables: Iterable<Payable>): readonly Instruction[] =>
  unwrap(
    paymentList(payables, {
      programme: 'prueba',
      cycle: CYCLE,
      endToEndId: (payee) =>
        id({ programmeCode: 'TEST', cycle: CYCLE, sequence: 1, shard: 0, payee: payee.payeeId, ...payee }),
      uetr: (endToEndId) => uetr(hmac, endToEndId),
    }),
  ).instructions;

export const sampleInstructions = (count: number): readonly Instruction[] =>
  instructionsOf(Array.from({ length: count }, (_, index) => payable(index + 1)));

/** An event about `instruction`; the key follows from its content and `ref`, as it does for real ones. */
export function event(
  kind: BankEvent['kind'],
  instruction: Instruction,
  change: Partial<BankEvent> = {},
): BankEvent {
  const base = {
    kind,
    level: 'transaction' as const,
    status: '',
    endToEndId: instruction.endToEndId,
    uetr: instruction.uetr,
    account: '00-110',
    amountMinor: kind === 'status' || kind === 'cash_paid' ? minor(0) : instruction.amountMinor,
    currency: instruction.currency,
    reversal: false,
    bookingDate: '2026-03-10',
    fileHash: sha256('file'),
    ref: '1/1/1',
    ...change,
  };
  return { eventKey: hashOf([base]).slice(0, 32), ...base };
}
