import type { EvidenceRow, Exemption } from './household.ts';
import {
  columnOf,
  converter,
  readId,
  readPattern,
  readPeriod,
  readRequired,
  readText,
  readTyped,
  required,
  requiredColumns,
  typeOf,
} from './intake-field.ts';
import type { ReadRow } from './intake-household.ts';
import { type EvidenceMapping, type ExemptionsMapping, type Formats, fileMatches } from './mapping.ts';
import { EXEMPTIONS } from './programme/condition.ts';

type Header = readonly string[];

/** Columns that a file of evidence or exemptions must have. */
export function evidenceColumns(mapping: EvidenceMapping | ExemptionsMapping): string[] {
  const { file: _file, ...rest } = mapping;
  const { kinds: _kinds, ...fields } = rest as typeof rest & { kinds?: unknown };
  return requiredColumns(Object.values(fields));
}

/** The mapping for a file: the first whose file name fits; the only one there is fits every name. */
export function mappingForFile<T extends { readonly file: string }>(
  mappings: readonly T[],
  name: string,
): T | undefined {
  return (
    mappings.find((mapping) => fileMatches(mapping.file, name)) ??
    (mappings.length === 1 ? mappings[0] : undefined)
  );
}

/** One fact: of whom, of which kind, in which month, its value. */
export function readEvidence(
  mapping: EvidenceMapping,
  header: Header,
  formats: Formats,
): ReadRow<EvidenceRow> {
  const subject = readId(mapping.subject, header);
  const kind = readRequired(mapping.kind, header);
  const period = readPeriod(mapping.period, header, [formats.periods]);
  const value = readValue(mapping, header, formats);
  const source = readText(mapping.source, header);
  return (cells, problems) => {
    const of = kind(cells, problems)!;
    const row = {
      subject: subject(cells, problems)!,
      kind: of,
      period: period(cells, problems)!,
      value: value(of)(cells, problems)!,
    };
    const from = source(cells, problems);
    if (problems.count > 0) return undefined;
    return (from === undefined ? row : { ...row, source: from }) as EvidenceRow;
  };
}

/** How the value of a kind is read; a kind that the mapping does not list is the row's problem. */
function readValue({ value, kinds, kind: kindSource }: EvidenceMapping, header: Header, formats: Formats) {
  const path = columnOf(value) ?? 'constant';
  const read = required(readTyped(value, header, formats.decimal), path);
  if (!kinds) return () => read;
  const text = required(readText(value, header), path);
  const byKind = new Map(
    Object.entries(kinds).map(([kind, type]) => {
      const convert = converter(typeOf(value, type), formats.decimal, path);
      const readKind: typeof read = (cells, problems) => {
        const found = text(cells, problems);
        return found === undefined ? undefined : convert(found, problems);
      };
      return [kind, readKind];
    }),
  );
  const column = columnOf(kindSource) ?? 'constant';
  const known = Object.keys(kinds).join(', ');
  const unknown =
    (kind: string): typeof read =>
    (_cells, problems) =>
      problems.add('UNKNOWN_KIND', column, `${column} is "${kind}", expected one of ${known}`);
  return (kind: string | undefined) =>
    kind === undefined ? () => undefined : (byKind.get(kind) ?? unknown(kind));
}

const KIND = new RegExp(`^(${EXEMPTIONS.join('|')})$`);

/** An exemption or justification: who is excused from which condition, for which months (both included), why. */
export function readExemption(
  mapping: ExemptionsMapping,
  header: Header,
  formats: Formats,
): ReadRow<Exemption> {
  const subject = readId(mapping.subject, header);
  const condition = readRequired(mapping.condition, header);
  const kind = required(
    readPattern(mapping.kind, header, KIND, `one of ${EXEMPTIONS.join(', ')}`),
    columnOf(mapping.kind) ?? 'kind',
  );
  const months = [...new Set([formats.periods, formats.dates])];
  const from = readPeriod(mapping.from, header, months);
  const until = readPeriod(mapping.until, header, months);
  const reason = readRequired(mapping.reason, header);
  return (cells, problems) => {
    const row = {
      subject: subject(cells, problems)!,
      condition: condition(cells, problems)!,
      kind: kind(cells, problems)!,
      from: from(cells, problems)!,
      until: until(cells, problems)!,
      reason: reason(cells, problems)!,
    };
    if (row.from && row.until && row.until < row.from)
      problems.add(
        'BAD_PERIOD',
        columnOf(mapping.until) ?? 'until',
        `it ends in ${row.until}, before it begins in ${row.from}`,
      );
    return problems.count > 0 ? undefined : (row as Exemption);
  };
}
