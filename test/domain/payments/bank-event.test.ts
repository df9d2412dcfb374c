import { describe, expect, it } from 'vitest';
import { bankEvents } from '../../../domain/payments/bank-event.ts';
import type {
  EntryRecord,
  FileRecord,
  ItemRecord,
  StatusRecord,
} from '../../../domain/payments/bank-record.ts';

const file = (message: string): FileRecord => ({
  type: 'file',
  format: 'iso20022',
  message,
  version: '001.08',
  createdAt: '2026-03-10T20:00:00Z',
  declared: {},
  counted: { count: 1, sum: '0' },
  issues: [],
});
const statement: ItemRecord = { type: 'statement', statement: 1, id: 'S1', account: '00-110' };
const entry = (change: Partial<EntryRecord> = {}): EntryRecord => ({
  type: 'entry',
  statement: 1,
  entry: 1,
  amount: '150.00',
  currency: 'PEN',
  creditDebit: 'DBIT',
  reversal: false,
  status: 'BOOK',
  bookingDate: '2026-03-10',
  servicerRef: 'B1',
  details: 0,
  ...change,
});
const detail = (change: object): ItemRecord =>
  ({ type: 'detail', statement: 1, entry: 1, reasonCodes: [], ...change }) as ItemRecord;
const events = (records: ItemRecord[], message = 'camt.053', fileHash = 'f1') =>
  bankEvents(file(message), records, { fileHash });

describe('events of a statement', () => {
  it.each<[string, Partial<EntryRecord>, string]>([
    ['a debit', {}, 'debit'],
    ['a credit', { creditDebit: 'CRDT' }, 'credit'],
    ['a reversal of a debit', { creditDebit: 'CRDT', reversal: true }, 'return'],
    ['an entry whose bank leaves the status out', { status: '' }, 'debit'],
  ])('%s', (_, change, kind) => {
    expect(events([statement, entry(change)]).events.map((item) => item.kind)).toEqual([kind]);
  });

  it('a credit with a return reason is a return', () => {
    const back = detail({ endToEndId: 'E1', amount: '10.00', currency: 'PEN', reasonCodes: ['AC04'] });
    expect(events([statement, entry({ creditDebit: 'CRDT', details: 1 }), back]).events).toMatchObject([
      { kind: 'return', reasonCode: 'AC04', amountMinor: 1000, endToEndId: 'E1' },
    ]);
  });

  it('a pending entry moves nothing', () => {
    expect(events([statement, entry({ status: 'PDNG' })]).events).toEqual([]);
  });

  it('a notice moves no money, because the statement books it', () => {
    expect(events([statement, entry()], 'camt.054').events[0]!.kind).toBe('advice');
  });

  it('unless the bank sends only notices', () => {
    const options = { fileHash: 'f1', money: 'notification' as const };
    expect(bankEvents(file('camt.054'), [statement, entry()], options).events[0]!.kind).toBe('debit');
  });

  it("a batch gives one event for each transaction; the batch's reference names none of them", () => {
    const lines = ['A', 'B'].map((endToEndId) => detail({ endToEndId, amount: '75.00', currency: 'PEN' }));
    const found = events([statement, entry({ details: 2 }), ...lines]).events;
    expect(found.map((item) => [item.endToEndId, item.amountMinor, item.servicerRef])).toEqual([
      ['A', 7500, undefined],
      ['B', 7500, undefined],
    ]);
  });

  it('a batch whose transactions have no amounts is one event of its group', () => {
    const lines = ['A', 'B'].map((endToEndId) => detail({ endToEndId, paymentInfoId: 'P1' }));
    const found = events([statement, entry({ details: 2 }), ...lines]).events;
    expect(found).toMatchObject([{ amountMinor: 15000, paymentInfoId: 'P1' }]);
    expect(found[0]!.endToEndId).toBeUndefined();
  });

  it('one transaction without amount takes the amount of its entry', () => {
    const found = events([statement, entry({ details: 1 }), detail({ endToEndId: 'A' })]).events;
    expect(found).toMatchObject([{ endToEndId: 'A', amountMinor: 15000, servicerRef: 'B1' }]);
  });

  it('NOTPROVIDED is no reference', () => {
    const found = events([statement, entry({ details: 1 }), detail({ endToEndId: 'NOTPROVIDED' })]).events;
    expect(found[0]!.endToEndId).toBeUndefined();
  });

  it.each([
    ['an amount finer than its currency', { amount: '1.005' }],
    ['an amount in a currency not paid here', { currency: 'XAU' }],
    ['a debit or credit that is not said', { creditDebit: undefined as never }],
  ])('%s is an issue and no event', (_, change) => {
    const result = events([statement, entry(change)]);
    expect(result.events).toEqual([]);
    expect(result.issues).toHaveLength(1);
  });
});

describe('keys of events', () => {
  const key = (records: ItemRecord[], fileHash = 'f1') =>
    events(records, 'camt.053', fileHash).events.map((item) => item.eventKey);

  it('the same line in another file has the same key', () => {
    expect(key([statement, entry()])).toEqual(key([statement, entry()], 'f2'));
  });

  it('two equal lines in one file are two events', () => {
    const [one, two] = key([statement, entry(), entry({ entry: 2 })]);
    expect(two).toBe(`${one}#2`);
  });

  it.each<[string, Partial<EntryRecord>]>([
    ['amount', { amount: '150.01' }],
    ['currency', { currency: 'USD' }],
    ['direction', { creditDebit: 'CRDT' }],
    ['reversal', { reversal: true }],
    ['booking day', { bookingDate: '2026-03-11' }],
    ['servicer reference', { servicerRef: 'B2' }],
  ])('another %s is another event', (_, change) => {
    expect(key([statement, entry(change)])).not.toEqual(key([statement, entry()]));
  });
});

describe('events of a status report', () => {
  const status = (change: Partial<StatusRecord>): StatusRecord => ({
    type: 'status',
    level: 'transaction',
    status: 'RJCT',
    endToEndId: 'E1',
    originalMessageId: 'M1',
    reasonCodes: ['AC01', 'NARR'],
    ...change,
  });
  it('carries the status, its first reason and the day of the report', () => {
    expect(events([status({})], 'pain.002').events).toMatchObject([
      { kind: 'status', status: 'RJCT', reasonCode: 'AC01', bookingDate: '2026-03-10', messageId: 'M1' },
    ]);
  });
  it('CPUC says that cash was picked up', () => {
    expect(events([status({ status: 'CPUC', reasonCodes: [] })], 'pain.002').events[0]!.kind).toBe(
      'cash_paid',
    );
  });
  it('a status of the whole file names no payment', () => {
    const { endToEndId, ...group } = status({ level: 'group' });
    expect(events([group], 'pain.002').events[0]).toMatchObject({ level: 'group', messageId: 'M1' });
  });
});
