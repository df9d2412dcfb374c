import type { StatusRecord } from '../payments/bank-record.ts';
import type { Sink } from './reader.ts';
import { node, textNode, type XmlNode } from './xml.ts';

type Status = { -readonly [K in keyof StatusRecord]: StatusRecord[K] } & { reasonCodes: string[] };
const fresh = (level: StatusRecord['level']): Status => ({
  type: 'status',
  level,
  status: '',
  reasonCodes: [],
});

const reasons = (target: () => Status | undefined): XmlNode => {
  const code = textNode((text) => {
    if (text !== '') target()?.reasonCodes.push(text);
  });
  return node({ Rsn: node({ Cd: code, Prtry: code }) });
};

/**
 * CstmrPmtStsRpt of pain.002 (.03, .10, .11 to .14): statuses of the group, of payment groups and of
 * transactions, in file order, each transaction with the ids of the group it is in. A group or payment group
 * that has neither status nor reason says nothing and gives no record. Source: ISO 20022 pain.002.
 */
export function pain002Node(sink: Sink): XmlNode {
  let originalMessageId: string | undefined;
  const emit = (status: Status): void => {
    if (originalMessageId !== undefined) status.originalMessageId = originalMessageId;
    if (status.level === 'transaction' || status.status !== '' || status.reasonCodes.length > 0)
      sink.emit(status);
  };
  return node({
    GrpHdr: node({
      MsgId: textNode((text) => {
        sink.messageId = text;
      }),
      CreDtTm: textNode((text) => {
        sink.createdAt = text;
      }),
    }),
    OrgnlGrpInfAndSts: groupNode(sink, emit, (id) => {
      originalMessageId = id;
    }),
    OrgnlPmtInfAndSts: paymentNode(sink, emit),
  });
}

type Emit = (status: Status) => void;

function groupNode(sink: Sink, emit: Emit, named: (messageId: string) => void): XmlNode {
  let group = fresh('group');
  return node(
    {
      OrgnlMsgId: textNode(named),
      OrgnlNbOfTxs: textNode((text) => {
        if (/^\d{1,15}$/.test(text)) sink.declaredCount = Number(text);
      }),
      OrgnlCtrlSum: textNode((text) => {
        sink.declaredSum = text;
      }),
      GrpSts: textNode((text) => {
        group.status = text;
      }),
      StsRsnInf: reasons(() => group),
    },
    {
      open: () => {
        group = fresh('group');
      },
      close: () => emit(group),
    },
  );
}

/** A payment group's own record comes before its transactions: when the first begins, or at its end. */
function paymentNode(sink: Sink, emit: Emit): XmlNode {
  let paymentInfoId: string | undefined;
  let payment: Status | undefined;
  const emitPayment = (): void => {
    if (payment) emit(payment);
    payment = undefined;
  };
  return node(
    {
      OrgnlPmtInfId: textNode((text) => {
        paymentInfoId = text;
        if (payment) payment.paymentInfoId = text;
      }),
      PmtInfSts: textNode((text) => {
        if (payment) payment.status = text;
      }),
      StsRsnInf: reasons(() => payment),
      TxInfAndSts: transactionNode(sink, emitPayment, (transaction) => {
        if (paymentInfoId !== undefined) transaction.paymentInfoId = paymentInfoId;
        emit(transaction);
      }),
    },
    {
      open: () => {
        paymentInfoId = undefined;
        payment = fresh('payment');
      },
      close: emitPayment,
    },
  );
}

function transactionNode(sink: Sink, begin: () => void, done: Emit): XmlNode {
  let transaction = fresh('transaction');
  const set = (
    key: 'instructionId' | 'endToEndId' | 'uetr' | 'status' | 'acceptedAt' | 'servicerRef',
  ): XmlNode =>
    textNode((text) => {
      if (text !== '') transaction[key] = key === 'uetr' ? text.toLowerCase() : text;
    });
  const amount = textNode((text, attributes) => {
    transaction.amount = text;
    if (attributes.Ccy) transaction.currency = attributes.Ccy;
  });
  return node(
    {
      OrgnlInstrId: set('instructionId'),
      OrgnlEndToEndId: set('endToEndId'),
      OrgnlUETR: set('uetr'),
      TxSts: set('status'),
      StsRsnInf: reasons(() => transaction),
      AccptncDtTm: set('acceptedAt'),
      AcctSvcrRef: set('servicerRef'),
      OrgnlTxRef: node({
        IntrBkSttlmAmt: amount,
        Amt: node({ InstdAmt: amount, EqvtAmt: node({ Amt: amount }) }),
      }),
    },
    {
      open: () => {
        begin();
        transaction = fresh('transaction');
      },
      close: () => {
        sink.count += 1;
        if (transaction.amount !== undefined && !sink.sum.add(transaction.amount))
          sink.issue('AMOUNT_FORMAT', `TxInfAndSts[${sink.count}]`, `not an amount: ${transaction.amount}`);
        done(transaction);
      },
    },
  );
}
