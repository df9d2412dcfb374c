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

/**
 * CstmrPmtStsRpt of pain.002 (.03, .10, .11 to .14): statuses of the group, of payment groups and of
 * transactions, in file order, each transaction with the ids of the group it is in. A group or payment group
 * that has neither status nor reason says nothing and gives no record. Source: ISO 20022 pain.002.
 */
export function pain002Node(sink: Sink): XmlNode {
  let originalMessageId: string | undefined;
  let group = fresh('group');
  let payment: Status | undefined;
  let transaction = fresh('transaction');

  const emit = (status: Status): void => {
    if (originalMessageId !== undefined) status.originalMessageId = originalMessageId;
    if (status.level === 'transaction' || status.status !== '' || status.reasonCodes.length > 0)
      sink.emit(status);
  };
  const emitPayment = (): void => {
    if (payment) emit(payment);
    payment = undefined;
  };
  let paymentInfoId: string | undefined;
  const reasons = (target: () => Status | undefined): XmlNode => {
    const code = textNode((text) => {
      if (text) target()?.reasonCodes.push(text);
    });
    return node({ Rsn: node({ Cd: code, Prtry: code }) });
  };
  const amount = textNode((text, attributes) => {
    transaction.amount = text;
    if (attributes.Ccy) transaction.currency = attributes.Ccy;
  });

  const transactionNode = node(
    {
      OrgnlInstrId: textNode((text) => {
        transaction.instructionId = text;
      }),
      OrgnlEndToEndId: textNode((text) => {
        transaction.endToEndId = text;
      }),
      OrgnlUETR: textNode((text) => {
        transaction.uetr = text.toLowerCase();
      }),
      TxSts: textNode((text) => {
        transaction.status = text;
      }),
      StsRsnInf: reasons(() => transaction),
      AccptncDtTm: textNode((text) => {
        transaction.acceptedAt = text;
      }),
      AcctSvcrRef: textNode((text) => {
        transaction.servicerRef = text;
      }),
      OrgnlTxRef: node({
        IntrBkSttlmAmt: amount,
        Amt: node({ InstdAmt: amount, EqvtAmt: node({ Amt: amount }) }),
      }),
    },
    {
      open: () => {
        emitPayment();
        transaction = fresh('transaction');
      },
      close: () => {
        if (paymentInfoId !== undefined) transaction.paymentInfoId = paymentInfoId;
        sink.count += 1;
        if (transaction.amount !== undefined && !sink.sum.add(transaction.amount))
          sink.issue('AMOUNT_FORMAT', `TxInfAndSts[${sink.count}]`, `not an amount: ${transaction.amount}`);
        emit(transaction);
      },
    },
  );
  return node({
    GrpHdr: node({
      MsgId: textNode((text) => {
        sink.messageId = text;
      }),
      CreDtTm: textNode((text) => {
        sink.createdAt = text;
      }),
    }),
    OrgnlGrpInfAndSts: node(
      {
        OrgnlMsgId: textNode((text) => {
          originalMessageId = text;
        }),
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
    ),
    OrgnlPmtInfAndSts: node(
      {
        OrgnlPmtInfId: textNode((text) => {
          paymentInfoId = text;
          if (payment) payment.paymentInfoId = text;
        }),
        PmtInfSts: textNode((text) => {
          if (payment) payment.status = text;
        }),
        StsRsnInf: reasons(() => payment),
        TxInfAndSts: transactionNode,
      },
      {
        open: () => {
          paymentInfoId = undefined;
          payment = fresh('payment');
        },
        close: emitPayment,
      },
    ),
  });
}
