import type { CreditDebit, DetailRecord, EntryRecord } from '../payments/bank-record.ts';
import { creditDebit, type Draft, dateNode } from './camt-fields.ts';
import { node, textNode, type XmlNode } from './xml.ts';

/**
 * Ntry: hands over the entry with its details when the entry ends. A detail takes its amount from Amt, else from
 * AmtDtls/TxAmt, else from AmtDtls/InstdAmt; its counterparty is the creditor of a debit, the debtor of a credit.
 */
export function entryNode(
  done: (entry: Draft<EntryRecord>, details: Draft<DetailRecord>[]) => void,
): XmlNode {
  let entry: Draft<EntryRecord> = {};
  let details: Draft<DetailRecord>[] = [];
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
          TxDtls: detailNode((detail) => {
            // A batch names its payment group once, for all its transactions.
            detail.messageId ??= batch.messageId;
            detail.paymentInfoId ??= batch.paymentInfoId;
            details.push(detail);
          }),
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
      close: () => {
        // Where only one transaction is inside, the entry's direction is its direction.
        for (const detail of details) nameCounterparty(detail, entry.creditDebit);
        done(entry, details);
      },
    },
  );
}

type Parties = { debtor?: string; creditor?: string };
type DetailDraft = Draft<DetailRecord> & { parties?: Parties | undefined };

function nameCounterparty(detail: DetailDraft, entryDirection: CreditDebit | undefined): void {
  const direction = detail.creditDebit ?? entryDirection;
  detail.counterparty = direction === 'CRDT' ? detail.parties?.debtor : detail.parties?.creditor;
  detail.parties = undefined;
}

function detailNode(done: (detail: DetailDraft) => void): XmlNode {
  let detail: DetailDraft = {};
  let reasons: string[] = [];
  let texts: string[] = [];
  let spare: { amount?: string; currency?: string | undefined; reference?: string; info?: string } = {};
  const reference = (key: 'endToEndId' | 'messageId' | 'paymentInfoId' | 'instructionId' | 'servicerRef') =>
    textNode((text) => {
      detail[key] = text;
    });
  const reason = textNode((text) => {
    if (text) reasons.push(text);
  });
  const party = (key: keyof Parties): XmlNode => {
    const name = textNode((text) => {
      detail.parties ??= {};
      detail.parties[key] ??= text;
    });
    return node({ Nm: name, Pty: node({ Nm: name }) });
  };
  const spareAmount = (overwrite: boolean): XmlNode =>
    node({
      Amt: textNode((text, attributes) => {
        if (!overwrite && spare.amount !== undefined) return;
        spare.amount = text;
        spare.currency = attributes.Ccy;
      }),
    });
  return node(
    {
      Refs: node({
        MsgId: reference('messageId'),
        AcctSvcrRef: reference('servicerRef'),
        PmtInfId: reference('paymentInfoId'),
        InstrId: reference('instructionId'),
        EndToEndId: reference('endToEndId'),
        UETR: textNode((text) => {
          detail.uetr = text.toLowerCase();
        }),
      }),
      Amt: textNode((text, attributes) => {
        detail.amount = text;
        detail.currency = attributes.Ccy;
      }),
      CdtDbtInd: textNode((text) => {
        detail.creditDebit = creditDebit(text);
      }),
      AmtDtls: node({ InstdAmt: spareAmount(false), TxAmt: spareAmount(true) }),
      RltdPties: node({ Dbtr: party('debtor'), Cdtr: party('creditor') }),
      RmtInf: node({
        Ustrd: textNode((text) => {
          if (text) texts.push(text);
        }),
        Strd: node({
          CdtrRefInf: node({
            Ref: textNode((text) => {
              spare.reference ??= text;
            }),
          }),
        }),
      }),
      RtrInf: node({ Rsn: node({ Cd: reason, Prtry: reason }) }),
      AddtlTxInf: textNode((text) => {
        spare.info = text;
      }),
    },
    {
      open: () => {
        detail = {};
        reasons = [];
        texts = [];
        spare = {};
      },
      close: () => {
        if (detail.amount === undefined) {
          detail.amount = spare.amount;
          detail.currency = spare.currency;
        }
        detail.reasonCodes = reasons;
        detail.text = texts.length > 0 ? texts.join(' ') : (spare.reference ?? spare.info);
        done(detail);
      },
    },
  );
}
