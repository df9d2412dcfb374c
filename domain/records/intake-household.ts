import type { Household, Member, Payee } from './household.ts';
import type { Problems } from './intake-codes.ts';
import {
  type Cells,
  columnOf,
  type Read,
  readDate,
  readId,
  readInteger,
  readPattern,
  readRequired,
  readText,
  readTyped,
  requiredColumns,
  type Scalar,
} from './intake-field.ts';
import type {
  FieldSource,
  Formats,
  HouseholdsMapping,
  Mapping,
  MembersMapping,
  TypedSource,
} from './mapping.ts';

type Attributes = Record<string, Scalar>;
type Header = readonly string[];
/** Reads a row as a record; undefined, with problems added, where the row is bad. */
export type ReadRow<T> = (cells: Cells, problems: Problems) => T | undefined;

const fieldsOf = (mapping: HouseholdsMapping | MembersMapping): (TypedSource | undefined)[] => {
  const { file: _file, types: _types, attributes, ...rest } = mapping;
  const { payee, ...fields } = rest as typeof rest & { payee?: Record<string, FieldSource | undefined> };
  return [
    ...Object.values(fields),
    ...Object.values(payee ?? {}),
    ...(attributes === 'others' ? [] : Object.values(attributes)),
  ];
};

/** Columns that a file must have under a mapping of households or members. */
export const rosterColumns = (mapping: HouseholdsMapping | MembersMapping): string[] =>
  requiredColumns(fieldsOf(mapping));

/** Whether one file holds both: a row per member with its household's columns. */
export const isJoined = (mapping: Mapping): boolean =>
  mapping.households !== undefined && mapping.households.file === mapping.members?.file;

function readAttributes(
  mapping: HouseholdsMapping | MembersMapping,
  header: Header,
  formats: Formats,
  taken: ReadonlySet<string>,
) {
  const sources =
    mapping.attributes === 'others'
      ? Object.fromEntries(header.filter((column) => !taken.has(column)).map((column) => [column, column]))
      : mapping.attributes;
  const reads = Object.entries(sources).map(
    ([name, source]) => [name, readTyped(source, header, formats.decimal, mapping.types[name])] as const,
  );
  return (cells: Cells, problems: Problems): Attributes => {
    const attributes: Attributes = {};
    for (const [name, read] of reads) {
      const value = read(cells, problems);
      if (value !== undefined) attributes[name] = value;
    }
    return attributes;
  };
}

/** Columns that fields use, which "others" leaves alone. */
export function takenColumns(mappings: readonly (HouseholdsMapping | MembersMapping)[]): Set<string> {
  return new Set(
    mappings.flatMap((mapping) => fieldsOf(mapping).flatMap((source) => columnOf(source) ?? [])),
  );
}

/** A household without its members. A bad row is undefined with its problems; a bad check digit is not one. */
export function readHousehold(
  mapping: HouseholdsMapping,
  header: Header,
  formats: Formats,
  taken = takenColumns([mapping]),
): ReadRow<Household> {
  const id = readId(mapping.id, header);
  const territory = readRequired(mapping.territory, header);
  const attributes = readAttributes(mapping, header, formats, taken);
  const payee = mapping.payee && readPayee(mapping.payee, header);
  return (cells, problems) => {
    const household = {
      id: id(cells, problems)!,
      territory: territory(cells, problems)!,
      attributes: attributes(cells, problems),
    };
    const paid = payee?.(cells, problems);
    if (problems.count > 0) return undefined;
    return paid ? { ...household, payee: paid, members: [] } : { ...household, members: [] };
  };
}

/**
 * The person who is paid, and where: into the account if there is one, else cash at the pay point. Without a
 * name there is no payee; a missing account or pay point holds the money later, it drops nobody here.
 */
function readPayee(mapping: NonNullable<HouseholdsMapping['payee']>, header: Header): Read<Payee> {
  const name = readText(mapping.name, header);
  const documentId = readText(mapping.documentId, header);
  const memberId = readText(mapping.memberId, header);
  const channel = readPattern(mapping.channel, header, /^(account|cash)$/, 'account or cash');
  const account = readText(mapping.account, header);
  const payPoint = readText(mapping.payPoint, header);
  return (cells, problems) => {
    const number = account(cells, problems)?.replace(/[\s-]/g, '');
    const how = channel(cells, problems) ?? (number ? 'account' : 'cash');
    const payee = {
      name: name(cells, problems),
      documentId: documentId(cells, problems),
      memberId: memberId(cells, problems),
      channel: how,
      account: number,
      payPoint: payPoint(cells, problems),
    };
    return payee.name === undefined ? undefined : (payee as Payee);
  };
}

export type MemberRow = { readonly household: string; readonly member: Member };

/**
 * A member and the household it belongs to. Sex is F or M, grade a whole number, age in completed years.
 * Empty birth date, sex or grade stay absent: what that does is the programme's choice.
 */
export function readMember(
  mapping: MembersMapping,
  header: Header,
  formats: Formats,
  taken = takenColumns([mapping]),
): ReadRow<MemberRow> {
  const id = readId(mapping.id, header);
  const household = readId(mapping.household, header);
  const birthDate = readDate(mapping.birthDate, header, formats.dates);
  const sex = readPattern(mapping.sex, header, /^[FM]$/, 'F or M');
  const grade = readInteger(mapping.grade, header);
  const age = readInteger(mapping.ageYears, header);
  const relationship = readText(mapping.relationship, header);
  const attributes = readAttributes(mapping, header, formats, taken);
  return (cells, problems) => {
    const known = attributes(cells, problems);
    const years = age(cells, problems);
    if (years !== undefined) known.age_years = years;
    const member = {
      id: id(cells, problems)!,
      birthDate: birthDate(cells, problems),
      sex: sex(cells, problems),
      grade: grade(cells, problems),
      relationship: relationship(cells, problems),
      attributes: known,
    } as Member;
    const home = household(cells, problems)!;
    return problems.count > 0 ? undefined : { household: home, member };
  };
}
