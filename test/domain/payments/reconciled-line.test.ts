import { describe, expect, it } from 'vitest';
import { minor } from '../../../domain/kernel/money.ts';
import type { BankEvent } from '../../../domain/payments/bank-event.ts';
import { reconcile } from '../../../domain/payments/reconciliation.ts';
import { event, instructionsOf, payable } from './sample.ts';

/**
 * One instruction, what the bank said about it, what became of it. Events: a status code (`RJCT:AC01` with its
 * reason), `group:` or `pmt:` before a status of its file or payment group, `debit`, `return:REASON`; `+1`
 * makes the amount a cent more, `#2` makes it a second event. The answers never depend on the order.
 */
const TABLE = `
method  | events                              | state     | reason         | exceptions
account | -                                   | pending   | NO_ANSWER      | MISSING_STATUS
account | RCVD                                | pending   | -              | -
account | ACSP                                | pending   | -              | -
account | ACSC                                | pending   | DEBIT_NOT_SEEN | -
account | debit                               | paid      | -              | -
account | ACSC debit                          | paid      | -              | -
account | RCVD ACCP ACSC debit                | paid      | -              | -
account | RJCT:AC01                           | rejected  | AC01           | -
account | ACCP RJCT:AC04                      | rejected  | AC04           | -
account | RJCT                                | rejected  | -              | -
account | CANC:CUST                           | rejected  | CUST           | -
account | RJCT:AC01 debit                     | exception | AC01           | RJCT_BUT_DEBITED
account | RJCT:AC01 debit return:AC01         | rejected  | AC01           | -
account | debit return:AC04                   | returned  | AC04           | -
account | debit return:NOAS                   | returned  | NOAS           | -
account | return:AC04                         | pending   | AC04           | RETURN_WITHOUT_DEBIT
account | debit return:AC04 return:AC04#2     | pending   | AC04           | RETURN_WITHOUT_DEBIT
account | debit debit#2                       | exception | -              | DUP_PAYMENT
account | debit debit#2 return:DUPL           | paid      | -              | DUP_PAYMENT
account | debit debit#2 return:AC04 return:AC04#2 | returned | AC04        | DUP_PAYMENT
account | debit+1                             | exception | -              | AMOUNT_DIFF
account | debit debit+1#2                     | exception | -              | AMOUNT_DIFF
account | debit return:AC04+1                 | exception | AC04           | RETURN_AMOUNT_DIFF
account | ACSP+1                              | exception | -              | AMOUNT_DIFF
account | ZZZZ                                | pending   | -              | CODE_UNKNOWN
account | ZZZZ debit                          | paid      | -              | CODE_UNKNOWN
account | credit debit                        | returned  | -              | -
account | group:RJCT:DU01                     | rejected  | DU01           | -
account | group:RJCT:DU01 ACCP                | rejected  | DU01           | -
account | group:RJCT:DU01 debit               | exception | DU01           | RJCT_BUT_DEBITED
account | group:ACCP                          | pending   | -              | -
account | group:ACSC                          | pending   | DEBIT_NOT_SEEN | -
account | group:ACCP RJCT:AC01                | rejected  | AC01           | -
account | group:PART                          | pending   | NO_ANSWER      | MISSING_STATUS
account | group:PART pmt:RJCT:AC02            | rejected  | AC02           | -
account | pmt:ACSC debit                      | paid      | -              | -
account | other-group:RJCT:DU01               | pending   | NO_ANSWER      | MISSING_STATUS
account | advice                              | pending   | NO_ANSWER      | MISSING_STATUS
cash    | -                                   | pending   | NO_ANSWER      | MISSING_STATUS
cash    | debit                               | pending   | CASH_AVAILABLE | -
cash    | ACIS debit                          | pending   | CASH_AVAILABLE | -
cash    | debit CPUC                          | paid      | -              | -
cash    | CPUC                                | pending   | DEBIT_NOT_SEEN | -
cash    | debit return:NOAS                   | unclaimed | NOAS           | -
cash    | debit return:BE06                   | returned  | BE06           | -
cash    | debit CPUC return:NOAS              | exception | NOAS           | LATE_CLAIM
cash    | RJCT:BE06                           | rejected  | BE06           | -
cash    | CPUC+1 debit                        | exception | -              | AMOUNT_DIFF
`;
type Row = [method: 'account' | 'cash', events: string, state: string, reason: string, codes: string];
const rows = TABLE.trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('|').map((cell) => cell.trim()) as Row);

function eventsFor(text: string, instruction: ReturnType<typeof instructionsOf>[number]): BankEvent[] {
  if (text === '-') return [];
  return text.split(/\s+/).map((word) => {
    const [, scope, name = '', reason, more, second] =
      /^(?:(group|pmt|other-group):)?(\w+)(?::(\w{4}))?(\+1)?(?:#(\d))?$/.exec(word)!;
    const change: Partial<BankEvent> = {
      ...(reason && { reasonCode: reason }),
      ...(more && { amountMinor: minor(instruction.amountMinor + 1) }),
      ...(second && { ref: `1/1/${second}`, servicerRef: `S${second}` }),
    };
    if (name === 'debit' || name === 'return' || name === 'credit' || name === 'advice')
      return event(name, instruction, change);
    const status = event(name === 'CPUC' ? 'cash_paid' : 'status', instruction, { ...change, status: name });
    if (!scope) return status;
    const { endToEndId, uetr, ...group } = status;
    const messageId = scope === 'other-group' ? 'M9' : 'M1';
    return scope === 'pmt'
      ? { ...group, level: 'payment', messageId, paymentInfoId: 'M1-A' }
      : { ...group, level: 'group', messageId };
  });
}

describe('what becomes of one instruction', () => {
  it.each(rows)('%s: %s → %s', (method, text, state, reason, codes) => {
    const [instruction] = instructionsOf([payable(1, { method })]);
    const events = eventsFor(text, instruction!);
    const sentIn = () => ({ messageId: 'M1', paymentInfoId: 'M1-A' });
    const run = (list: readonly BankEvent[]) =>
      reconcile({ instructions: [instruction!], events: list, sentIn, rules: { answerDue: true } });
    const result = run(events);
    expect(result.lines[0]!.state).toBe(state);
    expect(result.lines[0]!.reasonCode ?? '-').toBe(reason);
    expect(result.exceptions.map(({ code }) => code).join(' ') || '-').toBe(codes);
    expect(run([...events].reverse())).toEqual(result);
    expect(run([...events, ...events])).toEqual(result);
  });
});
