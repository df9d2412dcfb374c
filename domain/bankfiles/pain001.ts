import { assert } from '../kernel/assert.ts';
import { type Currency, formatAmount, type Minor, minor } from '../kernel/money.ts';
import type { Instruction } from '../payments/instruction.ts';
import type { Account } from '../payments/payable.ts';
import { type Charset, clip, escapeXml, transliterate } from './characters.ts';
import { type BankProfile, DEFAULT_PROFILE } from './profile.ts';

export type Pain001Request = {
  readonly messageId: string;
  /** ISO 8601 UTC, `2026-01-31T12:00:00Z`. */
  readonly createdAt: string;
  readonly initiatingParty: string;
  readonly debtor: {
    readonly name: string;
    readonly account: Account;
    /** The paying bank: a BIC or its number in the national clearing system. */
    readonly bankCode: string;
    readonly country: string;
    readonly town: string;
  };
  /** `YYYY-MM-DD`. */
  readonly requestedExecutionDate: string;
  /** One payment group per method that occurs; ids of at most 35 characters. */
  readonly paymentInfoIds: { readonly account: string; readonly cash: string };
  readonly profile?: BankProfile;
};
export type Pain001Group = {
  readonly method: 'account' | 'cash';
  readonly paymentInfoId: string;
  readonly count: number;
  readonly sumMinor: Minor;
};
export type Pain001Totals = {
  readonly count: number;
  readonly sumMinor: Minor;
  readonly currency: Currency;
  readonly groups: readonly Pain001Group[];
};
/** A name that the bank's character set could not carry as written. */
export type LossyMapping = {
  readonly endToEndId: string;
  readonly field: 'creditorName' | 'town';
  readonly original: string;
  readonly written: string;
};

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';
const METHODS = ['account', 'cash'] as const;
const BIC = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/;
const CHUNK = 64 * 1024;

/** Counts and sums of a file at both levels, in integers. One currency per file. */
export function pain001Totals(request: Pain001Request, instructions: readonly Instruction[]): Pain001Totals {
  const first = instructions[0];
  assert(first, 'a payment file needs at least one instruction');
  const groups: Pain001Group[] = [];
  for (const method of METHODS) {
    let count = 0;
    let sum = 0;
    for (const item of instructions) {
      if (item.method !== method) continue;
      assert(item.amountMinor > 0, `an instruction must be greater than 0: ${item.endToEndId}`);
      assert(item.currency === first.currency, `one currency per payment file: ${item.endToEndId}`);
      count += 1;
      sum += item.amountMinor;
    }
    if (count > 0)
      groups.push({ method, paymentInfoId: request.paymentInfoIds[method], count, sumMinor: minor(sum) });
  }
  return {
    count: groups.reduce((total, group) => total + group.count, 0),
    sumMinor: minor(groups.reduce((total, group) => total + group.sumMinor, 0)),
    currency: first.currency,
    groups,
  };
}

/** Which creditor names and towns lose something in the profile's character set; the originals are kept here. */
export function* lossyMappings(
  instructions: Iterable<Instruction>,
  profile: BankProfile = DEFAULT_PROFILE,
): Generator<LossyMapping> {
  for (const item of instructions) {
    const { endToEndId } = item;
    const name = clip(transliterate(item.creditorName, profile.charset), 140);
    if (name !== item.creditorName)
      yield { endToEndId, field: 'creditorName', original: item.creditorName, written: name };
    const town = clip(transliterate(item.town, profile.charset), 35);
    if (town !== item.town) yield { endToEndId, field: 'town', original: item.town, written: town };
  }
}

/**
 * A pain.001.001.09 of one shard, in chunks of about 64 KiB of text; the same input gives the same bytes. The
 * XSD is too loose, so amounts must be positive, ids unique and fit the profile, and town and country are
 * always written (since 14 November 2026 a purely unstructured address is refused). Encode chunks as UTF-8,
 * or as latin1 where the profile's charset says so. Cash payees carry no account but their document and the
 * pay-point branch. Source: ISO 20022 message definition and ../shared/domain/bank.md.
 */
export function* writePain001(
  request: Pain001Request,
  instructions: readonly Instruction[],
): Generator<string, Pain001Totals> {
  const profile = request.profile ?? DEFAULT_PROFILE;
  const totals = pain001Totals(request, instructions);
  assert(totals.count <= 40_000, `a payment file holds at most 40000 instructions, not ${totals.count}`);
  for (const id of [request.messageId, ...totals.groups.map((group) => group.paymentInfoId)])
    assert(/^[A-Za-z0-9/\-?:().,'+]{1,35}$/.test(id), `not a SWIFT identifier of at most 35: ${id}`);
  const seen = new Set<string>();
  let buffer = header(request, totals, profile);
  for (const group of totals.groups) {
    buffer += groupHeader(request, totals, group, profile);
    for (const item of instructions) {
      if (item.method !== group.method) continue;
      assert(!seen.has(item.endToEndId), `EndToEndId twice in one file: ${item.endToEndId}`);
      seen.add(item.endToEndId);
      buffer += transaction(request, item, profile);
      if (buffer.length >= CHUNK) {
        yield buffer;
        buffer = '';
      }
    }
    buffer += '</PmtInf>\n';
  }
  yield `${buffer}</CstmrCdtTrfInitn>\n</Document>\n`;
  return totals;
}

const written = (text: string, charset: Charset, length: number): string =>
  escapeXml(clip(transliterate(text, charset), length).trim() || '.');

function header(request: Pain001Request, totals: Pain001Totals, profile: BankProfile): string {
  const encoding = profile.charset === 'latin1' ? 'ISO-8859-1' : 'UTF-8';
  return (
    `<?xml version="1.0" encoding="${encoding}"?>\n<Document xmlns="${NAMESPACE}">\n<CstmrCdtTrfInitn>\n` +
    `<GrpHdr><MsgId>${escapeXml(request.messageId)}</MsgId><CreDtTm>${escapeXml(request.createdAt)}</CreDtTm>` +
    `<NbOfTxs>${totals.count}</NbOfTxs><CtrlSum>${formatAmount(totals.sumMinor, totals.currency)}</CtrlSum>` +
    `<InitgPty><Nm>${written(request.initiatingParty, profile.charset, 140)}</Nm></InitgPty></GrpHdr>\n`
  );
}

function groupHeader(
  request: Pain001Request,
  totals: Pain001Totals,
  group: Pain001Group,
  profile: BankProfile,
): string {
  const { debtor } = request;
  return (
    `<PmtInf><PmtInfId>${escapeXml(group.paymentInfoId)}</PmtInfId><PmtMtd>TRF</PmtMtd>` +
    `<BtchBookg>${profile.batchBooking}</BtchBookg><NbOfTxs>${group.count}</NbOfTxs>` +
    `<CtrlSum>${formatAmount(group.sumMinor, totals.currency)}</CtrlSum>` +
    `<ReqdExctnDt><Dt>${request.requestedExecutionDate}</Dt></ReqdExctnDt>` +
    `<Dbtr><Nm>${written(debtor.name, profile.charset, 140)}</Nm>` +
    `<PstlAdr><TwnNm>${written(debtor.town, profile.charset, 35)}</TwnNm><Ctry>${debtor.country}</Ctry></PstlAdr></Dbtr>` +
    `<DbtrAcct>${accountXml(debtor.account)}</DbtrAcct>` +
    `<DbtrAgt>${agentXml(debtor.bankCode)}</DbtrAgt><ChrgBr>${profile.chargeBearer}</ChrgBr>\n`
  );
}

function transaction(request: Pain001Request, item: Instruction, profile: BankProfile): string {
  assert(
    item.endToEndId.length <= profile.endToEndIdLength,
    `EndToEndId longer than the bank returns (${profile.endToEndIdLength}): ${item.endToEndId}`,
  );
  const charset = profile.charset;
  const document = item.creditorDocument
    ? `<Id><PrvtId><Othr><Id>${escapeXml(item.creditorDocument)}</Id><SchmeNm><Cd>NIDN</Cd></SchmeNm></Othr></PrvtId></Id>`
    : '';
  return (
    `<CdtTrfTxInf><PmtId><InstrId>${item.endToEndId}</InstrId><EndToEndId>${item.endToEndId}</EndToEndId>` +
    `<UETR>${item.uetr}</UETR></PmtId>` +
    `<PmtTpInf><CtgyPurp><Cd>${profile.categoryPurpose[item.payeeKind]}</Cd></CtgyPurp></PmtTpInf>` +
    `<Amt><InstdAmt Ccy="${item.currency}">${formatAmount(item.amountMinor, item.currency)}</InstdAmt></Amt>` +
    creditorAgent(request, item) +
    `<Cdtr><Nm>${written(item.creditorName, charset, 140)}</Nm>` +
    `<PstlAdr><TwnNm>${written(item.town, charset, 35)}</TwnNm><Ctry>${item.country}</Ctry></PstlAdr>${document}</Cdtr>` +
    (item.method === 'account' ? `<CdtrAcct>${accountXml(item.account!)}</CdtrAcct>` : '') +
    `<Purp><Cd>${profile.purpose[item.payeeKind]}</Cd></Purp>` +
    `<RmtInf><Ustrd>${written(`${item.programme} ${item.cycle}`, charset, 140)}</Ustrd></RmtInf></CdtTrfTxInf>\n`
  );
}

function creditorAgent(request: Pain001Request, item: Instruction): string {
  if (item.method === 'cash') return `<CdtrAgt>${agentXml(request.debtor.bankCode, item.payPoint)}</CdtrAgt>`;
  const { account } = item;
  assert(account, `an account payment needs an account: ${item.endToEndId}`);
  const code = account.bankCode ?? (account.scheme === 'cci' ? account.number.slice(0, 3) : undefined);
  return code ? `<CdtrAgt>${agentXml(code)}</CdtrAgt>` : '';
}

const agentXml = (code: string, branch?: string): string =>
  `<FinInstnId>${BIC.test(code) ? `<BICFI>${code}</BICFI>` : `<ClrSysMmbId><MmbId>${escapeXml(code)}</MmbId></ClrSysMmbId>`}</FinInstnId>${
    branch ? `<BrnchId><Id>${escapeXml(clip(transliterate(branch, 'swift'), 35))}</Id></BrnchId>` : ''
  }`;

function accountXml(account: Account): string {
  if (account.scheme === 'iban') return `<Id><IBAN>${escapeXml(account.number)}</IBAN></Id>`;
  const scheme = account.scheme === 'cci' ? '<Prtry>CCI</Prtry>' : '<Cd>BBAN</Cd>';
  return `<Id><Othr><Id>${escapeXml(account.number)}</Id><SchmeNm>${scheme}</SchmeNm></Othr></Id>`;
}
