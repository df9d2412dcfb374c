import type { CreditDebit, DetailRecord, EntryRecord } from '../payments/bank-record.ts';
import { creditDebit, type Draft, dateNode } from './camt-fields.ts';
import { node, textNode, type XmlNode } from './xml.ts';

/**
 * Ntry: hands over the entry with its details when the entry ends. A detail takes its amount from Amt, else from
 * AmtDtls/TxAmt, else from AmtDtls/InstdAmt; its counterparty is the creditor of a debit, the debtor of a credit.
 */
export function entryNode(done: (entry: Draft<EntryRecord>, details: DetailDraft[]) => void): XmlNode {
  let entry: Draft<EntryRecord> = {};
  let details: DetailDraft[] = [];
  let batch: { messageId?: string; paymentInfoId?: string } = {};
  const status = textNode((text) => {
    if (text) entry.status = text;
  });
  return node(
    {
      Amt: textNode((text, attributes) => {
        entry.amount = text;
        entry.currency = attributes.Ccy;
      }),
      CdtDbtInd: textNode((text) => {
        entry.creditDebit = creditDebit(text);
      }),
      RvslInd: textNode((text) => {
        entry.reversal = text === 'true' || text === '1';
      }),
      Sts: {
        text: (text) => {
          if (text) entry.status = text;
        },
        children: { Cd: status, Prtry: status },
      },
      BookgDt: dateNode((date) => {
        entry.bookingDate = date;
      }),
      ValDt: dateNode((date) => {
        entry.valueDate = date;
      }),
      AcctSvcrRef: textNode((text) => {
        entry.servicerRef = text;
      }),
      NtryDtls: node(
        {
          Btch: node({
            MsgId: textNode((text) => {
              batch.messageId = text;
            }),
            PmtInfId: textNode((text) => {
              batch.paymentInfoId = text;
            }),
          }),
          TxDtls: detailNode(
            () => entry.creditDebit,
            (detail) => {
              // A batch names its payment group once, for all its transactions.
              if (batch.messageId) detail.messageId ??= batch.messageId;
              if (batch.paymentInfoId) detail.paymentInfoId ??= batch.paymentInfoId;
              details.push(detail);
            },
          ),
        },
        {
          open: () => {
            batch = {};
          },
        },
      ),
    },
    {
      open: () => {
        entry = {};
        details = [];
      },
      close: () => done(entry, details),
    },
  );
}

/** A detail while it is read: only what the file says is ever set, so that nothing must be cleaned away. */
export type DetailDraft = { -readonly [K in keyof DetailRecord]: DetailRecord[K] } & {
  reasonCodes: string[];
};
const freshDetail = (): DetailDraft => ({ type: 'detail', statement: 0, entry: 0, reasonCodes: [] });

type Spare = {
  amount?: string;
  currency?: string;
  reference?: string;
  info?: string;
  debtor?: string;
  creditor?: string;
};

function detailNode(
  entryDirection: () => CreditDebit | undefined,
  done: (detail: DetailDraft) => void,
): XmlNode {
  let detail = freshDetail();
  let text = '';
  let spare: Spare = {};
  const set = (
    key: 'endToEndId' | 'uetr' | 'messageId' | 'paymentInfoId' | 'instructionId' | 'servicerRef',
  ): XmlNode =>
    textNode((value) => {
      if (value !== '') detail[key] = key === 'uetr' ? value.toLowerCase() : value;
    });
  const keep = (key: keyof Spare): XmlNode =>
    textNode((value) => {
      if (value !== '') spare[key] ??= value;
    });
  const reason = textNode((value) => {
    if (value !== '') detail.reasonCodes.push(value);
  });
  const party = (key: 'debtor' | 'creditor'): XmlNode =>
    node({ Nm: keep(key), Pty: node({ Nm: keep(key) }) });
  const spareAmount = (overwrite: boolean): XmlNode =>
    node({
      Amt: textNode((value, attributes) => {
        if (!overwrite && spare.amount !== undefined) return;
        spare.amount = value;
        if (attributes.Ccy) spare.currency = attributes.Ccy;
      }),
    });
  return node(
    {
      Refs: node({
        MsgId: set('messageId'),
        AcctSvcrRef: set('servicerRef'),
        PmtInfId: set('paymentInfoId'),
        InstrId: set('instructionId'),
        EndToEndId: set('endToEndId'),
        UETR: set('uetr'),
      }),
      Amt: textNode((value, attributes) => {
        detail.amount = value;
        if (attributes.Ccy) detail.currency = attributes.Ccy;
      }),
      CdtDbtInd: textNode((value) => {
        const direction = creditDebit(value);
        if (direction) detail.creditDebit = direction;
      }),
      AmtDtls: node({ InstdAmt: spareAmount(false), TxAmt: spareAmount(true) }),
      RltdPties: node({ Dbtr: party('debtor'), Cdtr: party('creditor') }),
      RmtInf: node({
        Ustrd: textNode((value) => {
          if (value !== '') text += text === '' ? value : ` ${value}`;
        }),
        Strd: node({ CdtrRefInf: node({ Ref: keep('reference') }) }),
      }),
      RtrInf: node({ Rsn: node({ Cd: reason, Prtry: reason }) }),
      AddtlTxInf: keep('info'),
    },
    {
      open: () => {
        detail = freshDetail();
        text = '';
        spare = {};
      },
      close: () => {
        if (detail.amount === undefined && spare.amount !== undefined) {
          detail.amount = spare.amount;
          if (spare.currency) detail.currency = spare.currency;
        }
        const direction = detail.creditDebit ?? entryDirection();
        const counterparty = direction === 'CRDT' ? spare.debtor : spare.creditor;
        if (counterparty) detail.counterparty = counterparty;
        const said = text || spare.reference || spare.info;
        if (said) detail.text = said;
        done(detail);
      },
    },
  );
}
