import { ok, type Refusal, type Result } from '../kernel/result.ts';
import type { FileRecord, ItemRecord } from '../payments/bank-record.ts';
import { camtNode } from './camt.ts';
import { xmlDecoder } from './decode.ts';
import { readMt940 } from './mt940.ts';
import { pain001Node } from './pain001-check.ts';
import { pain002Node } from './pain002.ts';
import { fileRecord, type Sink, sink, Unreadable } from './reader.ts';
import { type Attributes, node, type XmlNode, xmlReader } from './xml.ts';

/** A bank file as a whole: what it is, and its items in file order. */
export type BankFile = { readonly file: FileRecord; readonly records: readonly ItemRecord[] };
/** A push reader: bytes in, items out as they are understood, the file record at the end. */
export type BankReader = {
  /** False once the file has been refused; further bytes are ignored. */
  write(bytes: Uint8Array): boolean;
  end(): Result<FileRecord>;
};

const MESSAGES: { readonly [root: string]: { message: string; node: (sink: Sink) => XmlNode } } = {
  CstmrCdtTrfInitn: { message: 'pain.001', node: pain001Node },
  CstmrPmtStsRpt: { message: 'pain.002', node: pain002Node },
  BkToCstmrAcctRpt: { message: 'camt.052', node: (to) => camtNode(to, 'Rpt') },
  BkToCstmrStmt: { message: 'camt.053', node: (to) => camtNode(to, 'Stmt') },
  BkToCstmrDbtCdtNtfctn: { message: 'camt.054', node: (to) => camtNode(to, 'Ntfctn') },
};

/** An inbound file larger than this is refused: ten times what the largest bank sends in one file. */
export const MAX_BYTES = 1_000_000_000;

/** One format's part: bytes in, and at the end what the file was. Throws Unreadable. */
type FormatReader = { write(bytes: Uint8Array): void; end(): FileRecord };

/**
 * Reads a bank file while its bytes arrive: ISO 20022 XML (pain.002, camt.052/053/054, totals of pain.001) in
 * memory bounded by its largest entry, MT940 and MT942 text at once at its end. `emit` gets items before the
 * end is known to be good: a caller that must print nothing of a broken file reads twice, or collects
 * (readBankFile). Refused: malformed or truncated files, a wrong encoding, a DOCTYPE, more than 32 levels,
 * more than 1 GB, an unknown message.
 */
export function bankReader(emit: (record: ItemRecord) => void): BankReader {
  const to = sink(emit);
  let format: FormatReader | undefined;
  let bytesSeen = 0;
  let refusal: Refusal | undefined;
  const attempt = <T>(step: () => T): T | undefined => {
    if (refusal) return undefined;
    try {
      return step();
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      refusal = {
        code: error.code,
        message: error.message,
        ...(error.line !== undefined && { at: `line ${error.line}` }),
        next: 'ask the bank to send the file again; nothing of it has been used',
      };
      return undefined;
    }
  };
  return {
    write(bytes) {
      attempt(() => {
        if (bytes.length === 0) return;
        bytesSeen += bytes.length;
        if (bytesSeen > MAX_BYTES)
          throw new Unreadable('BANK_FILE_REFUSED', `the file is larger than ${MAX_BYTES} bytes`);
        format ??= formatOf(bytes, to);
        format.write(bytes);
      });
      return refusal === undefined;
    },
    end() {
      const file = attempt(() => {
        if (!format) throw new Unreadable('FILE_EMPTY', 'the file is empty');
        return format.end();
      });
      return refusal || !file ? { ok: false, error: refusal! } : ok(file);
    },
  };
}

function xmlFormat(to: Sink): FormatReader {
  const decoder = xmlDecoder();
  const found = { message: '', version: '' };
  const xml = xmlReader((name, attributes) => documentNode(name, attributes, to, found));
  return {
    write: (bytes) => xml.write(decoder.write(bytes)),
    end() {
      xml.write(decoder.end());
      xml.close();
      if (found.message === '')
        throw new Unreadable('BANK_FILE_REFUSED', 'no ISO 20022 message that is known here');
      return fileRecord(to, 'iso20022', found.message, found.version);
    },
  };
}

/** Statements of MT940 are small: 45 MB is a million lines. */
const MAX_SWIFT_BYTES = 45_000_000;
function swiftFormat(to: Sink): FormatReader {
  const chunks: Uint8Array[] = [];
  let size = 0;
  return {
    write(bytes) {
      size += bytes.length;
      if (size > MAX_SWIFT_BYTES)
        throw new Unreadable('BANK_FILE_REFUSED', `an MT940 file larger than ${MAX_SWIFT_BYTES} bytes`);
      chunks.push(Buffer.from(bytes));
    },
    end: () => readMt940(Buffer.concat(chunks), to),
  };
}

/** Which reader a file's first bytes ask for. Refuses what is neither XML nor SWIFT text. */
function formatOf(bytes: Uint8Array, to: Sink): FormatReader {
  const start = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  if (/^(\xff\xfe|\xfe\xff|(\xef\xbb\xbf)?\s*<)/.test(start)) return xmlFormat(to);
  if (/(^|[^0-9A-Za-z]):(\d{2}[A-Z]?|940):/.test(start)) return swiftFormat(to);
  throw new Unreadable('BANK_FILE_REFUSED', 'neither XML nor MT940: this format is not read here', 1);
}

/** The whole file in memory: for files of up to about 45 MB. Refuses as `bankReader` does. */
export function readBankFile(bytes: Uint8Array | Iterable<Uint8Array>): Result<BankFile> {
  const records: ItemRecord[] = [];
  const reader = bankReader((record) => records.push(record));
  for (const chunk of bytes instanceof Uint8Array ? chunksOf(bytes) : bytes) if (!reader.write(chunk)) break;
  const file = reader.end();
  return file.ok ? ok({ file: file.value, records }) : file;
}

function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

function documentNode(
  name: string,
  attributes: Attributes,
  to: Sink,
  found: { message: string; version: string },
): XmlNode {
  const children: { [name: string]: XmlNode } = {};
  let namespace = namespaceOf(attributes);
  for (const [root, { message, node: build }] of Object.entries(MESSAGES)) {
    const inner = build(to);
    children[root] = {
      ...inner,
      open: (own) => {
        if (found.message !== '') throw new Unreadable('BANK_FILE_REFUSED', 'two messages in one file');
        namespace ||= namespaceOf(own);
        const match = /([a-z]{4}\.\d{3})\.(\d{3}\.\d{2})/.exec(namespace);
        found.message = message;
        found.version = match?.[2] ?? '';
        if (!match) to.issue('NAMESPACE_MISSING', root, 'the namespace does not name a message version');
        else if (match[1] !== message)
          to.issue('NAMESPACE_DIFFERS', root, `the namespace says ${match[1]}, the content is ${message}`);
        inner.open?.(own);
      },
    };
  }
  if (name === 'Document') return node(children);
  // Some channels wrap the document in an envelope with a business application header.
  const wrapped = node(children, {
    open: (own) => {
      namespace = namespaceOf(own) || namespace;
    },
  });
  return node({ Document: wrapped, ...children });
}

/** The default namespace, or the first one that names an ISO message. */
function namespaceOf(attributes: Attributes): string {
  const values = Object.entries(attributes)
    .filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'))
    .map(([, value]) => value);
  return values.find((value) => /[a-z]{4}\.\d{3}\.\d{3}\.\d{2}/.test(value)) ?? '';
}
