import { type Currency, formatAmount, type Minor } from '../kernel/money.ts';
import { escapeXml } from './characters.ts';

export type StatusLine = {
  readonly endToEndId: string;
  readonly uetr: string;
  readonly status: string;
  readonly reasonCode?: string;
  readonly amountMinor: Minor;
  readonly servicerRef?: string;
};
export type StatusReport = {
  readonly messageId: string;
  /** ISO 8601 UTC with seconds. */
  readonly createdAt: string;
  readonly original: {
    readonly messageId: string;
    readonly count: number;
    readonly sumMinor: Minor;
    readonly currency: Currency;
  };
  readonly groupStatus?: string;
  readonly groupReason?: string;
  readonly payments: Iterable<{
    readonly paymentInfoId: string;
    readonly status?: string;
    readonly lines: Iterable<StatusLine>;
  }>;
};

const CHUNK = 64 * 1024;

/** A pain.002.001.10 in chunks of text, valid against its XSD; used by the bank simulator and in tests. */
export function* writePain002(report: StatusReport): Generator<string> {
  const { original } = report;
  let buffer =
    '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10">\n' +
    `<CstmrPmtStsRpt>\n<GrpHdr><MsgId>${escapeXml(report.messageId)}</MsgId><CreDtTm>${report.createdAt}</CreDtTm></GrpHdr>\n` +
    `<OrgnlGrpInfAndSts><OrgnlMsgId>${escapeXml(original.messageId)}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>` +
    `<OrgnlNbOfTxs>${original.count}</OrgnlNbOfTxs><OrgnlCtrlSum>${formatAmount(original.sumMinor, original.currency)}</OrgnlCtrlSum>` +
    (report.groupStatus ? `<GrpSts>${report.groupStatus}</GrpSts>` : '') +
    reason(report.groupReason) +
    '</OrgnlGrpInfAndSts>\n';
  for (const payment of report.payments) {
    buffer += `<OrgnlPmtInfAndSts><OrgnlPmtInfId>${escapeXml(payment.paymentInfoId)}</OrgnlPmtInfId>`;
    if (payment.status) buffer += `<PmtInfSts>${payment.status}</PmtInfSts>`;
    buffer += '\n';
    for (const line of payment.lines) {
      buffer += transaction(line, original.currency);
      if (buffer.length < CHUNK) continue;
      yield buffer;
      buffer = '';
    }
    buffer += '</OrgnlPmtInfAndSts>\n';
  }
  yield `${buffer}</CstmrPmtStsRpt>\n</Document>\n`;
}

const reason = (code: string | undefined): string =>
  code ? `<StsRsnInf><Rsn><Cd>${code}</Cd></Rsn></StsRsnInf>` : '';

function transaction(line: StatusLine, currency: Currency): string {
  return (
    `<TxInfAndSts><OrgnlEndToEndId>${escapeXml(line.endToEndId)}</OrgnlEndToEndId><OrgnlUETR>${line.uetr}</OrgnlUETR>` +
    `<TxSts>${line.status}</TxSts>${reason(line.reasonCode)}` +
    (line.servicerRef ? `<AcctSvcrRef>${escapeXml(line.servicerRef)}</AcctSvcrRef>` : '') +
    `<OrgnlTxRef><Amt><InstdAmt Ccy="${currency}">${formatAmount(line.amountMinor, currency)}</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>\n`
  );
}
