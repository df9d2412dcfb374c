import type { BalanceRecord, EntryRecord, StatementRecord } from '../payments/bank-record.ts';
import { entryNode } from './camt-entry.ts';
import { clean, creditDebit, type Draft, dateNode } from './camt-fields.ts';
import { footing } from './footing.ts';
import type { Sink } from './reader.ts';
import { node, textNode, type XmlNode } from './xml.ts';

/**
 * BkToCstmrStmt, BkToCstmrAcctRpt and BkToCstmrDbtCdtNtfctn (camt.053, 052, 054; .02 to .14): statements,
 * balances, entries and their transaction details in file order. Details are kept until their entry ends,
 * because the entry record says how many follow. Checks the declared totals, opening + booked entries =
 * closing, and entry = sum of its details; what does not add up becomes an issue, the records stay as written.
 */
export function camtNode(sink: Sink, wrapper: 'Stmt' | 'Rpt' | 'Ntfctn'): XmlNode {
  let statement = 0;
  let entries = 0;
  let head: Draft<StatementRecord> & { legal?: string } = {};
  let announced = false;
  let check = footing(sink, '');

  const announce = (): void => {
    if (announced) return;
    announced = true;
    const { legal, ...rest } = head;
    const sequence = head.sequence ?? legal;
    const record = {
      type: 'statement',
      statement,
      ...rest,
      id: head.id ?? '',
      account: head.account ?? '',
      sequence,
    };
    sink.emit({ ...clean<StatementRecord>(record), id: head.id ?? '', account: head.account ?? '' });
  };
  const account = textNode((text) => {
    head.account ||= text;
  });

  return node({
    GrpHdr: node({
      MsgId: textNode((text) => {
        sink.messageId = text;
      }),
      CreDtTm: textNode((text) => {
        sink.createdAt = text;
      }),
    }),
    [wrapper]: node(
      {
        Id: textNode((text) => {
          head.id = text;
        }),
        ElctrncSeqNb: textNode((text) => {
          head.sequence = text;
        }),
        LglSeqNb: textNode((text) => {
          head.legal = text;
        }),
        Acct: node({
          Id: node({
            IBAN: account,
            BBAN: account,
            UPIC: account,
            PrtryAcct: node({ Id: account }),
            Othr: node({ Id: account }),
          }),
          Ccy: textNode((text) => {
            head.currency = text;
          }),
        }),
        Bal: balanceNode((record) => {
          announce();
          const full = {
            type: 'balance',
            statement,
            code: '',
            amount: '',
            currency: '',
            ...clean<object>(record),
          };
          check.balance(full as BalanceRecord);
          sink.emit(full as BalanceRecord);
        }),
        TxsSummry: node({
          TtlNtries: node({
            NbOfNtries: textNode((text) => check.declareCount(text)),
            Sum: textNode((text) => check.declareSum(text)),
          }),
        }),
        Ntry: entryNode((entry, details) => {
          announce();
          entries += 1;
          sink.count += 1;
          const record = {
            type: 'entry',
            statement,
            entry: entries,
            amount: '',
            currency: '',
            status: '',
            ...clean<object>(entry),
            reversal: entry.reversal ?? false,
            details: details.length,
          } as EntryRecord;
          check.entry(record, details);
          sink.emit(record);
          for (const detail of details) {
            detail.statement = statement;
            detail.entry = entries;
            sink.emit(detail);
          }
        }),
      },
      {
        open: () => {
          statement += 1;
          entries = 0;
          head = {};
          announced = false;
          check = footing(sink, `${wrapper}[${statement}]`);
        },
        close: () => {
          announce();
          check.end();
        },
      },
    ),
  });
}

function balanceNode(done: (balance: Draft<BalanceRecord>) => void): XmlNode {
  let balance: Draft<BalanceRecord> = {};
  const code = textNode((text) => {
    balance.code = text;
  });
  return node(
    {
      Tp: node({ CdOrPrtry: node({ Cd: code, Prtry: code }) }),
      Amt: textNode((text, attributes) => {
        balance.amount = text;
        balance.currency = attributes.Ccy;
      }),
      CdtDbtInd: textNode((text) => {
        balance.creditDebit = creditDebit(text);
      }),
      Dt: dateNode((date) => {
        balance.date = date;
      }),
    },
    {
      open: () => {
        balance = {};
      },
      close: () => done(balance),
    },
  );
}
