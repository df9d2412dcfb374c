/** The SWIFT Latin subset (character set x, without line ends): what every bank can carry. */
const OUTSIDE_SWIFT = /[^A-Za-z0-9/\-?:().,'+ ]/g;
const OUTSIDE_LATIN1 = /[^\x20-\x7e\xa0-\xff]/g;
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
  const single = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (charset === 'utf8') return single;
  const outside = charset === 'swift' ? OUTSIDE_SWIFT : OUTSIDE_LATIN1;
  outside.lastIndex = 0;
  if (!outside.test(single)) return single;
  const composed = single.normalize('NFC');
  return composed.replace(
    charset === 'swift' ? /[^A-Za-z0-9/\-?:().,'+ ]/gu : /[^\x20-\x7e\xa0-\xff]/gu,
    (char) => {
      const known = SPECIAL[char];
      if (known !== undefined) return known;
      const plain = char.normalize('NFD').replace(/\p{M}/gu, '');
      return plain !== '' && !new RegExp(outside.source).test(plain) ? plain : '.';
    },
  );
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
