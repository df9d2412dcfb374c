/** The SWIFT Latin subset (character set x, without line ends): what every bank can carry. */
const OUTSIDE = {
  swift: /[^A-Za-z0-9/\-?:().,'+ ]/u,
  latin1: /[^\x20-\x7e\xa0-\xff]/u,
} as const;
const OUTSIDE_ALL = {
  swift: new RegExp(OUTSIDE.swift, 'gu'),
  latin1: new RegExp(OUTSIDE.latin1, 'gu'),
} as const;
/** Any white space but a lone space, controls, and space at either end: what `transliterate` tidies first. */
const UNTIDY = /[^\S ]| {2}|\p{Cc}|^ | $/u;
const SPECIAL: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'TH',
  ł: 'l',
  Ł: 'L',
  '’': "'",
  '‘': "'",
  '`': "'",
  '´': "'",
  '“': "'",
  '”': "'",
  '"': "'",
  '–': '-',
  '—': '-',
  _: '-',
  '&': '+',
  ª: 'a',
  º: 'o',
};

export type Charset = 'swift' | 'latin1' | 'utf8';

/**
 * `text` in the characters of `charset`: accents are taken off (ñ becomes n), a few letters are spelt out, and
 * what is left becomes a full stop. The same text comes back unchanged where nothing had to be mapped.
 */
export function transliterate(text: string, charset: Charset): string {
  const tidy = UNTIDY.test(text) ? text.replace(/[\s\p{Cc}]+/gu, ' ').trim() : text;
  if (charset === 'utf8' || !OUTSIDE[charset].test(tidy)) return tidy;
  return tidy.normalize('NFC').replace(OUTSIDE_ALL[charset], (char) => mapped(char, charset));
}

/** Letters recur: what a character becomes is worked out once. */
const MAPPED = { swift: new Map<string, string>(), latin1: new Map<string, string>() };
function mapped(char: string, charset: 'swift' | 'latin1'): string {
  const known = MAPPED[charset].get(char);
  if (known !== undefined) return known;
  const plain = SPECIAL[char] ?? char.normalize('NFD').replace(/\p{M}/gu, '');
  const result = plain !== '' && !OUTSIDE[charset].test(plain) ? plain : '.';
  if (MAPPED[charset].size < 10_000) MAPPED[charset].set(char, result);
  return result;
}

/** Text for XML content: markup escaped, characters that XML 1.0 forbids are a bug of the caller. */
export function escapeXml(text: string): string {
  if (!/[&<>"']/.test(text)) return text;
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&apos;');
}

/** At most `length` UTF-16 units, never half a surrogate pair. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}
