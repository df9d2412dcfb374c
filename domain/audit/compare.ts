import type { Difference } from './difference.ts';

const FIELDS_A_RECORD = 5;
const SHOWN_CHARS = 120;
/** How much of what is equal is shown before the first difference of two long texts. */
const BEFORE_CHARS = 50;
const SPELT_OTHERWISE =
  'los mismos datos en otro orden o escritura / the same records in another order or spelling';

/**
 * What differs between two versions of one object: record by record for JSON lines, field by field for JSON, line by
 * line for other text. Out: at least one difference where the bytes differ, none where they are equal; at most
 * FIELDS_A_RECORD for one record.
 */
export function* compareObjects(
  path: string,
  stored: Uint8Array,
  recomputed: Uint8Array,
): Generator<Difference> {
  if (Buffer.compare(stored, recomputed) === 0) return;
  const [was, is] = [textOf(stored), textOf(recomputed)];
  let found = 0;
  for (const difference of differencesOf(path, was, is)) {
    found += 1;
    yield difference;
  }
  if (found === 0) yield { path, what: 'changed', message: SPELT_OTHERWISE };
}

const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');

function differencesOf(path: string, was: string, is: string): Iterable<Difference> {
  if (path.endsWith('.jsonl')) return compareRecords(path, was, is);
  if (path.endsWith('.json')) return compareValues(path, {}, parsed(was), parsed(is));
  return compareLines(path, was, is);
}

/** Records under the payee or subject that they are about; those of one stay in their order. */
function* compareRecords(path: string, was: string, is: string): Generator<Difference> {
  const stored = recordsOf(was);
  const recomputed = recordsOf(is);
  for (const [key, { subject, text }] of recomputed) {
    const other = stored.get(key);
    if (other?.text === text) continue;
    const about = subject === '' ? {} : { subject };
    if (other) yield* compareValues(path, about, parsed(other.text), parsed(text));
    else yield { path, what: 'missing', ...about, recomputed: shown(text) };
  }
  for (const [key, { subject, text }] of stored)
    if (!recomputed.has(key))
      yield { path, what: 'added', ...(subject !== '' && { subject }), stored: shown(text) };
}

function recordsOf(text: string): Map<string, { subject: string; text: string }> {
  const records = new Map<string, { subject: string; text: string }>();
  const seen = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const subject = subjectOf(parsed(line));
    const nth = seen.get(subject) ?? 0;
    seen.set(subject, nth + 1);
    records.set(`${nth} ${subject}`, { subject, text: line });
  }
  return records;
}

const SUBJECT_FIELDS = ['household', 'payeeId', 'provider', 'subject', 'id', 'endToEndId'] as const;

function subjectOf(value: unknown): string {
  if (Array.isArray(value)) return typeof value[0] === 'string' ? value[0] : '';
  if (value === null || typeof value !== 'object') return '';
  for (const name of SUBJECT_FIELDS) {
    const found = (value as Record<string, unknown>)[name];
    if (typeof found === 'string') return found;
  }
  return '';
}

/** The first fields in which two JSON values differ. */
function* compareValues(
  path: string,
  about: Pick<Difference, 'subject'>,
  was: unknown,
  is: unknown,
): Generator<Difference> {
  let found = 0;
  for (const { field, stored, recomputed } of leaves('', was, is)) {
    if (found === FIELDS_A_RECORD) return;
    found += 1;
    yield {
      path,
      what: 'changed',
      ...about,
      ...(field !== '' && { field }),
      ...bothShown(
        stored === undefined ? undefined : JSON.stringify(stored),
        recomputed === undefined ? undefined : JSON.stringify(recomputed),
      ),
    };
  }
}

type Leaf = { readonly field: string; readonly stored: unknown; readonly recomputed: unknown };

function* leaves(field: string, stored: unknown, recomputed: unknown): Generator<Leaf> {
  const [was, is] = [entriesOf(stored), entriesOf(recomputed)];
  if (!was || !is || Array.isArray(stored) !== Array.isArray(recomputed)) {
    if (JSON.stringify(stored) !== JSON.stringify(recomputed)) yield { field, stored, recomputed };
    return;
  }
  for (const name of new Set([...was.keys(), ...is.keys()])) {
    const inner = Array.isArray(recomputed) ? `${field}[${name}]` : field === '' ? name : `${field}.${name}`;
    yield* leaves(inner, was.get(name), is.get(name));
  }
}

const entriesOf = (value: unknown): Map<string, unknown> | undefined =>
  value !== null && typeof value === 'object' ? new Map(Object.entries(value)) : undefined;

function* compareLines(path: string, was: string, is: string): Generator<Difference> {
  const [stored, recomputed] = [was.split('\n'), is.split('\n')];
  let found = 0;
  for (let i = 0; i < Math.max(stored.length, recomputed.length); i++) {
    if (stored[i] === recomputed[i]) continue;
    if (found === FIELDS_A_RECORD) return;
    found += 1;
    yield {
      path,
      what: 'changed',
      field: `line ${i + 1}`,
      ...bothShown(stored[i], recomputed[i]),
    };
  }
}

/** JSON as a value; what is no JSON as its text, so that it can still be compared. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A text cut to SHOWN_CHARS, from `start` on; `…` stands for what is left out on either side. */
function shown(text: string, start = 0): string {
  if (text.length <= SHOWN_CHARS) return text;
  const from = Math.min(start, text.length - SHOWN_CHARS + 1);
  const [before, after] = [from > 0 ? '…' : '', from + SHOWN_CHARS - 1 < text.length ? '…' : ''];
  return `${before}${text.slice(from, from + SHOWN_CHARS - before.length - after.length)}${after}`;
}

/** Two texts cut to the part around their first difference, so that it is seen however long they are. */
function bothShown(
  stored: string | undefined,
  recomputed: string | undefined,
): Pick<Difference, 'stored' | 'recomputed'> {
  if (stored === undefined || recomputed === undefined)
    return {
      ...(stored !== undefined && { stored: shown(stored) }),
      ...(recomputed !== undefined && { recomputed: shown(recomputed) }),
    };
  let same = 0;
  while (same < stored.length && stored[same] === recomputed[same]) same += 1;
  const start = same < SHOWN_CHARS / 2 ? 0 : same - BEFORE_CHARS;
  return { stored: shown(stored, start), recomputed: shown(recomputed, start) };
}
