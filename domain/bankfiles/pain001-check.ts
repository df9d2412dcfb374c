import { decimalSum, sameDecimal } from './decimal.ts';
import type { Sink } from './reader.ts';
import { node, textNode, type XmlNode } from './xml.ts';

/**
 * Reads a pain.001 for its totals only: what the header and each payment group declare against what is there.
 * AM18 and AM19 are the ISO codes for a wrong number of transactions (group header, payment group), AM10 for a
 * wrong sum. Used to prove our own files by a second code path, and for files that others wrote.
 */
export function pain001Node(sink: Sink): XmlNode {
  let groupCount = 0;
  let groupSum = decimalSum();
  let declaredCount: string | undefined;
  let declaredSum: string | undefined;
  let groups = 0;
  const amount = textNode((text) => {
    if (!sink.sum.add(text) || !groupSum.add(text))
      sink.issue('AMOUNT_FORMAT', `PmtInf[${groups}]`, `not an amount: ${text}`);
  });
  const transaction = node(
    { Amt: node({ InstdAmt: amount, EqvtAmt: node({ Amt: amount }) }) },
    {
      open: () => {
        sink.count += 1;
        groupCount += 1;
      },
    },
  );
  return node(
    {
      GrpHdr: node({
        MsgId: textNode((text) => {
          sink.messageId = text;
        }),
        CreDtTm: textNode((text) => {
          sink.createdAt = text;
        }),
        NbOfTxs: textNode((text) => {
          if (/^\d{1,15}$/.test(text)) sink.declaredCount = Number(text);
        }),
        CtrlSum: textNode((text) => {
          sink.declaredSum = text;
        }),
      }),
      PmtInf: node(
        {
          NbOfTxs: textNode((text) => {
            declaredCount = text;
          }),
          CtrlSum: textNode((text) => {
            declaredSum = text;
          }),
          CdtTrfTxInf: transaction,
        },
        {
          open: () => {
            groups += 1;
            groupCount = 0;
            groupSum = decimalSum();
            declaredCount = declaredSum = undefined;
          },
          close: () => {
            const path = `PmtInf[${groups}]`;
            if (declaredCount !== undefined && Number(declaredCount) !== groupCount)
              sink.issue('AM19', path, `declares ${declaredCount} transactions, has ${groupCount}`);
            if (declaredSum !== undefined && !sameDecimal(declaredSum, groupSum.value()))
              sink.issue('AM10', path, `declares a sum of ${declaredSum}, has ${groupSum.value()}`);
          },
        },
      ),
    },
    {
      close: () => {
        if (sink.declaredCount !== undefined && sink.declaredCount !== sink.count)
          sink.issue('AM18', 'GrpHdr', `declares ${sink.declaredCount} transactions, has ${sink.count}`);
        if (sink.declaredSum !== undefined && !sameDecimal(sink.declaredSum, sink.sum.value()))
          sink.issue('AM10', 'GrpHdr', `declares a sum of ${sink.declaredSum}, has ${sink.sum.value()}`);
      },
    },
  );
}
