import { type Currency, formatAmount, type Minor, minor } from '../kernel/money.ts';
import type { CreditDebit } from '../payments/bank-record.ts';
import type { Account } from '../payments/payable.ts';
import { clip, escapeXml } from './characters.ts';

export type StatementDetail = {
  readonly endToEndId: string;
  readonly uetr: string;
  readonly servicerRef: string;
  readonly amountMinor: Minor;
  readonly counterparty: string;
  readonly returnReason?: string;
};
export type StatementEntry = {
  readonly amountMinor: Minor;
  readonly creditDebit: CreditDebit;
  readonly servicerRef: string;
  /** ISO bank transaction code: family and sub-family of the payments domain. */
  readonly family: 'ICDT' | 'RCDT';
  readonly subFamily: 'DMCT' | 'RRTN';
  readonly batch?: { readonly messageId: string; readonly paymentInfoId: string };
  readonly details: readonly StatementDetail[];
};
export type Statement = {
  readonly messageId: string;
  readonly createdAt: string;
  readonly id: string;
  readonly sequence: number;
  readonly account: Account;
  readonly currency: Currency;
  /** `YYYY-MM-DD`: booking day of every entry. */
  readonly date: string;
  /** Signed, credit positive. */
  readonly openingMinor: Minor;
  readonly entries: readonly StatementEntry[];
};

const CHUNK = 64 * 1024;

/** Entries' effect on the account, credit positive. */
export const entriesNet = (entries: readonly StatementEntry[]): Minor =>
  minor(entries.reduce((sum, item) => sum + (item.creditDebit === 'CRDT' ? 1 : -1) * item.amountMinor, 0));

/**
 * A camt.053.001.08 with one statement, in chunks of text, valid against its XSD. The closing balance is the
 * opening balance plus the entries, so a statement written here foots; used by the bank simulator and in tests.
 */
export function* writeCamt053(statement: Statement): Generator<string> {
  const { currency, entries } = statement;
  const closing = minor(statement.openingMinor + entriesNet(entries));
  const gross = minor(entries.reduce((sum, item) => sum + item.amountMinor, 0));
  let buffer =
    '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">\n' +
    `<BkToCstmrStmt>\n<GrpHdr><MsgId>${escapeXml(statement.messageId)}</MsgId><CreDtTm>${statement.createdAt}</CreDtTm></GrpHdr>\n` +
    `<Stmt><Id>${escapeXml(statement.id)}</Id><ElctrncSeqNb>${statement.sequence}</ElctrncSeqNb><CreDtTm>${statement.createdAt}</CreDtTm>` +
    `<Acct><Id>${accountId(statement.account)}</Id><Ccy>${currency}</Ccy></Acct>\n` +
    balance('OPBD', statement.openingMinor, statement) +
    balance('CLBD', closing, statement) +
    `<TxsSummry><TtlNtries><NbOfNtries>${entries.length}</NbOfNtries><Sum>${formatAmount(gross, currency)}</Sum></TtlNtries></TxsSummry>\n`;
  for (const entry of entries) {
    buffer += entryHead(entry, statement);
    for (const detail of entry.details) {
      buffer += detailXml(detail, entry, currency);
      if (buffer.length < CHUNK) continue;
      yield buffer;
      buffer = '';
    }
    buffer += entry.details.length > 0 ? '</NtryDtls></Ntry>\n' : '</Ntry>\n';
  }
  yield `${buffer}</Stmt>\n</BkToCstmrStmt>\n</Document>\n`;
}

const accountId = (account: Account): string =>
  account.scheme === 'iban'
    ? `<IBAN>${escapeXml(account.number)}</IBAN>`
    : `<Othr><Id>${escapeXml(account.number)}</Id></Othr>`;

const amountXml = (value: Minor, currency: Currency): string =>
  `<Amt Ccy="${currency}">${formatAmount(value, currency)}</Amt>`;

function balance(code: string, value: Minor, statement: Statement): string {
  const amount = amountXml(minor(Math.abs(value)), statement.currency);
  return `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${amount}<CdtDbtInd>${value < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd><Dt><Dt>${statement.date}</Dt></Dt></Bal>\n`;
}

function entryHead(entry: StatementEntry, statement: Statement): string {
  const date = `<Dt>${statement.date}</Dt>`;
  const total = amountXml(entry.amountMinor, statement.currency);
  const batch = entry.batch
    ? `<Btch><MsgId>${escapeXml(entry.batch.messageId)}</MsgId><PmtInfId>${escapeXml(entry.batch.paymentInfoId)}</PmtInfId>` +
      `<NbOfTxs>${entry.details.length}</NbOfTxs><TtlAmt Ccy="${statement.currency}">${formatAmount(entry.amountMinor, statement.currency)}</TtlAmt><CdtDbtInd>${entry.creditDebit}</CdtDbtInd></Btch>\n`
    : '';
  return (
    `<Ntry>${total}<CdtDbtInd>${entry.creditDebit}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>` +
    `<BookgDt>${date}</BookgDt><ValDt>${date}</ValDt><AcctSvcrRef>${escapeXml(entry.servicerRef)}</AcctSvcrRef>` +
    `<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>${entry.family}</Cd><SubFmlyCd>${entry.subFamily}</SubFmlyCd></Fmly></Domn></BkTxCd>` +
    (entry.details.length > 0 ? `<NtryDtls>${batch}` : '')
  );
}

function detailXml(detail: StatementDetail, entry: StatementEntry, currency: Currency): string {
  return (
    `<TxDtls><Refs><AcctSvcrRef>${escapeXml(detail.servicerRef)}</AcctSvcrRef>` +
    `<EndToEndId>${escapeXml(detail.endToEndId)}</EndToEndId><UETR>${detail.uetr}</UETR></Refs>` +
    `${amountXml(detail.amountMinor, currency)}<CdtDbtInd>${entry.creditDebit}</CdtDbtInd>` +
    `<RltdPties><Cdtr><Pty><Nm>${escapeXml(clip(detail.counterparty, 140))}</Nm></Pty></Cdtr></RltdPties>` +
    (detail.returnReason ? `<RtrInf><Rsn><Cd>${detail.returnReason}</Cd></Rsn></RtrInf>` : '') +
    '</TxDtls>\n'
  );
}
