import { SaxesParser } from 'saxes';
import { Unreadable } from './reader.ts';

export type Attributes = Readonly<Record<string, string>>;
/** What a reader wants from an element. Elements that are not named are skipped with all they contain. */
export type XmlNode = {
  readonly children?: { readonly [localName: string]: XmlNode };
  readonly open?: (attributes: Attributes) => void;
  /** The trimmed text of the element; asked for, because collecting text costs. */
  readonly text?: (text: string, attributes: Attributes) => void;
  readonly close?: () => void;
};

/** Bank messages are about 15 deep; deeper ones are an attack or a mistake. */
export const MAX_DEPTH = 32;

export type XmlReader = { write(text: string): void; close(): void };

/**
 * Streams XML text through the wanted nodes, by local name (banks prefix as they like). Throws Unreadable for
 * anything malformed, a document that ends early, a DOCTYPE (entity expansion) and more than 32 levels.
 * `root` gets the document element's local name and attributes and returns its node.
 */
export function xmlReader(root: (name: string, attributes: Attributes) => XmlNode): XmlReader {
  const parser = new SaxesParser({ xmlns: false, position: true });
  const nodes: (XmlNode | undefined)[] = [];
  const attributesAt: Attributes[] = [];
  let current: XmlNode | undefined;
  let text = '';
  let ending = false;
  let tail = '';
  const wrong = (message: string, code: 'BANK_FILE_REFUSED' | 'FILE_TRUNCATED' = 'BANK_FILE_REFUSED') =>
    new Unreadable(code, message, parser.line);

  parser.on('error', (error) => {
    const reason = error.message.replace(/^[^ ]*\d+:\d+: /, '');
    // A file that has its last tag is whole; what is open at its end is a mistake inside (a lone `&`, say).
    const whole = /<\/[^<>]*Document\s*>\s*$/.test(tail);
    throw wrong(reason, ending && !whole ? 'FILE_TRUNCATED' : 'BANK_FILE_REFUSED');
  });
  parser.on('doctype', () => {
    throw wrong('a bank file must not carry a DOCTYPE');
  });
  parser.on('opentag', (tag) => {
    if (nodes.length >= MAX_DEPTH) throw wrong(`more than ${MAX_DEPTH} levels of elements`);
    const colon = tag.name.indexOf(':');
    const name = colon < 0 ? tag.name : tag.name.slice(colon + 1);
    const attributes = tag.attributes as Attributes;
    current = nodes.length === 0 ? root(name, attributes) : current?.children?.[name];
    nodes.push(current);
    attributesAt.push(attributes);
    text = '';
    current?.open?.(attributes);
  });
  const collect = (part: string): void => {
    if (current?.text) text += part;
  };
  parser.on('text', collect);
  parser.on('cdata', collect);
  parser.on('closetag', () => {
    const attributes = attributesAt.pop()!;
    if (current) {
      current.text?.(text.trim(), attributes);
      current.close?.();
    }
    nodes.pop();
    current = nodes[nodes.length - 1];
    text = '';
  });
  return {
    write: (chunk) => {
      tail = (tail + chunk.slice(-64)).slice(-64);
      parser.write(chunk);
    },
    close: () => {
      ending = true;
      parser.close();
    },
  };
}

/** Shorthand of the readers' tables. */
export const node = (
  children: { readonly [localName: string]: XmlNode },
  more: Omit<XmlNode, 'children'> = {},
): XmlNode => ({
  children,
  ...more,
});
export const textNode = (text: (text: string, attributes: Attributes) => void): XmlNode => ({ text });
