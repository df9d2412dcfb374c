import { ok, type Refusal, type Result } from '../kernel/result.ts';
import type { FileRecord, ItemRecord } from '../payments/bank-record.ts';
import { camtNode } from './camt.ts';
import { xmlDecoder } from './decode.ts';
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

/**
 * Reads an ISO 20022 bank file (pain.002, camt.052/053/054, totals of pain.001) while its bytes arrive, in
 * memory bounded by its largest entry. `emit` gets items before the end is known to be good: a caller that
 * must print nothing of a broken file reads twice, or collects (readBankFile). Refused: malformed or
 * truncated XML, a wrong encoding, a DOCTYPE, more than 32 levels, more than 1 GB, an unknown message.
 */
export function bankReader(emit: (record: ItemRecord) => void): BankReader {
  const to = sink(emit);
  const decoder = xmlDecoder();
  const found = { message: '', version: '' };
  const xml = xmlReader((name, attributes) => documentNode(name, attributes, to, found));
  let bytesSeen = 0;
  let refusal: Refusal | undefined;
  const attempt = (step: () => void): boolean => {
    if (refusal) return false;
    try {
      step();
      return true;
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      refusal = {
        code: error.code,
        message: error.message,
        ...(error.line !== undefined && { at: `line ${error.line}` }),
        next: 'ask the bank to send the file again; nothing of it has been used',
      };
      return false;
    }
  };
  return {
    write: (bytes) =>
      attempt(() => {
        bytesSeen += bytes.length;
        if (bytesSeen > MAX_BYTES)
          throw new Unreadable('BANK_FILE_REFUSED', `the file is larger than ${MAX_BYTES} bytes`);
        xml.write(decoder.write(bytes));
      }),
    end: () => {
      attempt(() => {
        if (bytesSeen === 0) throw new Unreadable('FILE_EMPTY', 'the file is empty');
        xml.write(decoder.end());
        xml.close();
        if (found.message === '')
          throw new Unreadable('BANK_FILE_REFUSED', 'no ISO 20022 message that is known here');
      });
      return refusal
        ? { ok: false, error: refusal }
        : ok(fileRecord(to, 'iso20022', found.message, found.version));
    },
  };
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
