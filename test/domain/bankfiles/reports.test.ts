import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  entriesNet,
  type Statement,
  type StatementEntry,
  writeCamt053,
} from '../../../domain/bankfiles/camt053-write.ts';
import { type StatusReport, writePain002 } from '../../../domain/bankfiles/pain002-write.ts';
import { readBankFile } from '../../../domain/bankfiles/read.ts';
import { formatAmount, minor, sum } from '../../../domain/kernel/money.ts';
import { unwrap } from '../../../domain/kernel/result.ts';
import { sampleInstructions } from '../payments/sample.ts';
import { haveSchemas, SKIPPED, schemaErrors } from './xsd.ts';

const text = (chunks: Iterable<string>): string => [...chunks].join('');
const read = (xml: string) => unwrap(readBankFile(Buffer.from(xml)));
const instructions = sampleInstructions(3);

const report: StatusReport = {
  messageId: 'STS-1',
  createdAt: '2026-03-10T06:00:00Z',
  original: { messageId: 'M1', count: 3, sumMinor: minor(30_222), currency: 'PEN' },
  groupStatus: 'PART',
  payments: [
    {
      paymentInfoId: 'M1-A',
      status: 'PART',
      lines: instructions.map((item, index) => ({
        ...item,
        status: index === 0 ? 'RJCT' : 'ACSP',
        ...(index === 0 ? { reasonCode: 'AC01' } : { servicerRef: `T${index}` }),
      })),
    },
  ],
};
const details = instructions.map((item) => ({
  ...item,
  servicerRef: `T-${item.payeeId}`,
  counterparty: item.creditorName,
}));
const entries: StatementEntry[] = [
  {
    amountMinor: minor(50_000),
    creditDebit: 'CRDT',
    servicerRef: 'F1',
    family: 'RCDT',
    subFamily: 'DMCT',
    details: [],
  },
  {
    amountMinor: sum(details.map((item) => item.amountMinor)),
    creditDebit: 'DBIT',
    servicerRef: 'B1',
    family: 'ICDT',
    subFamily: 'DMCT',
    batch: { messageId: 'M1', paymentInfoId: 'M1-A' },
    details,
  },
  {
    amountMinor: details[0]!.amountMinor,
    creditDebit: 'CRDT',
    servicerRef: 'R1',
    family: 'ICDT',
    subFamily: 'RRTN',
    details: [{ ...details[0]!, returnReason: 'AC04' }],
  },
];
const statement: Statement = {
  messageId: 'MSG-1',
  createdAt: '2026-03-10T20:00:00Z',
  id: '20260310-1',
  sequence: 1,
  account: { scheme: 'other', number: '0011-0222-33' },
  currency: 'PEN',
  date: '2026-03-10',
  openingMinor: minor(-120),
  entries,
};

describe('reports that the simulated bank writes', () => {
  it('stay the same bytes', async () => {
    await expect(text(writePain002(report))).toMatchFileSnapshot('golden/pain002.xml');
    await expect(text(writeCamt053(statement))).toMatchFileSnapshot('golden/camt053.xml');
  });

  it.skipIf(!haveSchemas)(`pass their schemas (${SKIPPED})`, async () => {
    const accepted: StatusReport = { ...report, groupStatus: 'ACSP', payments: [] };
    for (const one of [report, accepted])
      expect(await schemaErrors('pain.002.001.10', text(writePain002(one)))).toEqual([]);
    const iban = { scheme: 'iban' as const, number: 'SV62CENR00000000000000700025' };
    for (const one of [statement, { ...statement, account: iban, entries: [] }])
      expect(await schemaErrors('camt.053.001.08', text(writeCamt053(one)))).toEqual([]);
  });

  it('read back as the records of the status report', () => {
    const { file, records } = read(text(writePain002(report)));
    expect(file).toMatchObject({
      message: 'pain.002',
      version: '001.10',
      messageId: 'STS-1',
      declared: { count: 3, sum: '302.22' },
      counted: { count: 3 },
      issues: [],
    });
    expect(
      records.map((item) => item.type === 'status' && [item.level, item.status, item.reasonCodes]),
    ).toEqual([
      ['group', 'PART', []],
      ['payment', 'PART', []],
      ['transaction', 'RJCT', ['AC01']],
      ['transaction', 'ACSP', []],
      ['transaction', 'ACSP', []],
    ]);
    expect(records[2]).toMatchObject({
      endToEndId: instructions[0]!.endToEndId,
      uetr: instructions[0]!.uetr,
      originalMessageId: 'M1',
      paymentInfoId: 'M1-A',
      amount: '100.37',
      currency: 'PEN',
    });
  });

  it('read back as the records of the statement', () => {
    const { file, records } = read(text(writeCamt053(statement)));
    expect(file).toMatchObject({ message: 'camt.053', version: '001.08', counted: { count: 3 }, issues: [] });
    expect(records.map((item) => item.type)).toEqual(
      'statement balance balance entry entry detail detail detail entry detail'.split(' '),
    );
    expect(records[0]).toEqual({
      type: 'statement',
      statement: 1,
      id: '20260310-1',
      account: '0011-0222-33',
      currency: 'PEN',
      sequence: '1',
    });
    expect(records[1]).toMatchObject({
      code: 'OPBD',
      amount: '1.20',
      creditDebit: 'DBIT',
      date: '2026-03-10',
    });
    expect(records[4]).toMatchObject({
      entry: 2,
      amount: '302.22',
      creditDebit: 'DBIT',
      details: 3,
      reversal: false,
    });
    expect(records[5]).toMatchObject({
      endToEndId: instructions[0]!.endToEndId,
      messageId: 'M1',
      paymentInfoId: 'M1-A',
      counterparty: "Rosa O'Higgins & Hijos 1",
      amount: '100.37',
    });
    expect(records[9]).toMatchObject({ entry: 3, reasonCodes: ['AC04'] });
  });

  it('a statement written here always foots', () => {
    const anyEntry = fc.record({ cents: fc.integer({ min: 1, max: 10_000_000 }), credit: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(anyEntry, { maxLength: 30 }),
        fc.integer({ min: -1e9, max: 1e9 }),
        (list, opening) => {
          const made = list.map<StatementEntry>(({ cents, credit }, index) => ({
            amountMinor: minor(cents),
            creditDebit: credit ? 'CRDT' : 'DBIT',
            servicerRef: `R${index}`,
            family: 'RCDT',
            subFamily: 'DMCT',
            details: [],
          }));
          const { file, records } = read(
            text(writeCamt053({ ...statement, openingMinor: minor(opening), entries: made })),
          );
          expect(file.issues).toEqual([]);
          const closing = records.find((item) => item.type === 'balance' && item.code === 'CLBD');
          const expected = Math.abs(opening + entriesNet(made));
          expect(closing).toMatchObject({ amount: formatAmount(minor(expected), 'PEN') });
        },
      ),
      { seed: 31, numRuns: 100 },
    );
  });
});
