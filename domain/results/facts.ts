import type { Currency } from '../kernel/money.ts';
import type { Day } from '../kernel/period.ts';
import type { Issue } from '../kernel/result.ts';
import type { CaseEvent, CaseParticipant } from '../records/claim-case.ts';
import type { ContractDefinition, Field } from '../records/contract.ts';
import { parseNumber } from '../records/contract-parameters.ts';
import { countryCode } from '../records/countries.ts';

/** A declared value: money in minor units, percent in basis points, dates and ids as text. */
export type Value = string | number | boolean;
/** A dated fact about a participant (or the contract), its fields read as their contract declares them. */
export type Fact = {
  readonly kind: string;
  readonly date: Day;
  readonly end?: Day;
  readonly document?: string;
  /** The institute that the fact says it is of, where it says so. */
  readonly provider?: string;
  readonly fields: { readonly [name: string]: Value };
};
export type Person = {
  readonly id: string;
  readonly provider?: string;
  /** Listed under more than one institute. */
  readonly contested?: boolean;
  readonly attributes: { readonly [name: string]: Value };
  /** In order of date, then kind, then content: the order they came in never matters. */
  readonly facts: readonly Fact[];
  readonly claims?: readonly string[];
  /** What a verifier rejected, with the facts as asserted: kept apart from `facts`. */
  readonly rejected?: readonly RejectedClaim[];
};
export type RejectedClaim = {
  readonly milestone: string;
  readonly facts: readonly Fact[];
  readonly reason?: string;
};

const UNIT_OF = {
  money: 'money',
  integer: 'count',
  percent: 'percent',
  points: 'points',
  date: 'day',
} as const;

/** What a value of each type must be, as the message about a bad one says. */
const EXPECTED: { readonly [T in Field['type']]: string } = {
  money: 'an amount of zero or more',
  integer: 'a whole number of zero or more',
  percent: 'a percentage',
  points: 'a score',
  date: 'a day that exists, YYYY-MM-DD',
  text: 'a text of this contract',
  id: 'an id',
  boolean: 'true or false',
};

/** The declared value that a text means: itself, in another case, as the contract says it is also written, a country. */
function listed(field: Field, text: string): string | undefined {
  const lower = text.toLowerCase();
  const also = Object.entries(field.alsoWritten ?? {}).find(([spelt]) => spelt.toLowerCase() === lower);
  const said = also?.[1] ?? field.values?.find((value) => value.toLowerCase() === lower);
  const country = said === undefined && field.otherCountries ? countryCode(text) : undefined;
  return country && !field.values?.includes(country) ? field.otherCountries : (said ?? country);
}

function readValue(field: Field, raw: Value, currency: Currency): Value | undefined {
  if (field.type === 'boolean')
    return typeof raw === 'boolean' ? raw : raw === 'true' ? true : raw === 'false' ? false : undefined;
  if (typeof raw === 'boolean') return undefined;
  const text = String(raw).trim();
  if (field.type === 'text' || field.type === 'id')
    return text === '' ? undefined : field.values ? listed(field, text) : text;
  const number = parseNumber(text, UNIT_OF[field.type], currency);
  // A rate can fall and a gain be a loss; an income, hours or a count below zero is a slip of the pen.
  if ((field.type === 'money' || field.type === 'integer') && number !== undefined && number < 0)
    return undefined;
  return field.type === 'date' && number !== undefined ? text : number;
}

type Reader = {
  readonly contract: ContractDefinition;
  readonly issues: Issue[];
  readonly ignored: Set<string>;
};

function readFields(
  reader: Reader,
  declared: { readonly [name: string]: Field },
  raw: { readonly [name: string]: unknown },
  path: string,
): { [name: string]: Value } {
  const values: { [name: string]: Value } = {};
  for (const name of Object.keys(raw)) if (!declared[name]) reader.ignored.add(name);
  for (const [name, field] of Object.entries(declared)) {
    const given = raw[name];
    if (given === undefined) {
      if (field.required)
        reader.issues.push({
          code: 'MISSING_FIELD',
          path: `${path}.${name}`,
          message: `${name} is required here`,
        });
      continue;
    }
    const value = readValue(field, given as Value, reader.contract.currency);
    if (value !== undefined) values[name] = value;
    else {
      const country = field.otherCountries ? ', or the code or name of a country' : '';
      const allowed = field.values ? `: one of ${field.values.join(', ')}${country}` : '';
      reader.issues.push({
        code: 'BAD_VALUE',
        path: `${path}.${name}`,
        message: `${String(given)} is not ${EXPECTED[field.type]}${allowed}`,
      });
    }
  }
  return values;
}

function readFact(reader: Reader, event: CaseEvent, path: string): Fact | undefined {
  const { kind, date, end, document, ...raw } = event;
  const declared = reader.contract.events[kind];
  const { provider } = raw;
  if (!declared?.fields.provider) delete raw.provider;
  if (!declared) {
    const known = Object.keys(reader.contract.events).join(', ');
    reader.issues.push({
      code: 'UNKNOWN_EVENT',
      path: `${path}.kind`,
      message: `${kind} is not an event of this contract; it knows ${known}`,
    });
    return undefined;
  }
  if (end !== undefined && end < date)
    reader.issues.push({
      code: 'IMPOSSIBLE_DATE',
      path: `${path}.end`,
      message: `ends on ${end}, before it starts on ${date}`,
    });
  return {
    kind,
    date: date as Day,
    ...(end === undefined ? {} : { end: end as Day }),
    ...(document === undefined ? {} : { document }),
    ...(typeof provider === 'string' && { provider }),
    fields: readFields(reader, declared.fields, raw, path),
  };
}

const sortKey = (fact: Fact): string =>
  `${fact.date}|${fact.kind}|${fact.end ?? ''}|${JSON.stringify(Object.entries(fact.fields).sort())}|${fact.provider ?? ''}|${fact.document ?? ''}`;
/** Facts in order of date, kind and content; an identical fact twice is one fact. */
export function ordered(facts: readonly Fact[]): Fact[] {
  if (facts.length < 2) return [...facts];
  const keyed = new Map(facts.map((fact) => [sortKey(fact), fact]));
  return [...keyed.keys()].sort().map((key) => keyed.get(key)!);
}

function readRejected(reader: Reader, participant: CaseParticipant, path: string): RejectedClaim[] {
  return (participant.rejected ?? []).map(({ milestone, events, reason }, i) => {
    if (!reader.contract.milestones.some(({ id }) => id === milestone))
      reader.issues.push({
        code: 'UNKNOWN_MILESTONE',
        path: `${path}.rejected.${i}.milestone`,
        message: `${milestone} is not a milestone of this contract`,
      });
    const facts = events.flatMap(
      (event, k) => readFact(reader, event, `${path}.rejected.${i}.events.${k}`) ?? [],
    );
    return { milestone, facts: ordered(facts), ...(reason !== undefined && { reason }) };
  });
}

export type Facts = {
  readonly people: readonly Person[];
  readonly contractFacts: readonly Fact[];
  /** Fields and attributes that the contract does not declare: they had no effect. */
  readonly ignored: readonly string[];
  readonly issues: readonly Issue[];
};

function readPerson(reader: Reader, participant: CaseParticipant, path: string, shared: Fact[]): Person {
  const { contract } = reader;
  (participant.claims ?? []).forEach((claim, k) => {
    if (!contract.milestones.some((milestone) => milestone.id === claim))
      reader.issues.push({
        code: 'UNKNOWN_MILESTONE',
        path: `${path}.claims.${k}`,
        message: `${claim} is not a milestone of this contract`,
      });
  });
  const facts: Fact[] = [];
  (participant.events ?? []).forEach((event, k) => {
    const fact = readFact(reader, event, `${path}.events.${k}`);
    if (fact) (contract.events[fact.kind]?.level === 'contract' ? shared : facts).push(fact);
  });
  const attributes = { ...participant.attributes };
  // Written among the attributes it is the same statement: it must not be overlooked and paid.
  const provider =
    participant.provider ?? (contract.attributes.provider ? undefined : attributes.provider?.toString());
  if (!contract.attributes.provider) delete attributes.provider;
  return {
    id: participant.id,
    ...(provider === undefined ? {} : { provider }),
    attributes: readFields(reader, contract.attributes, attributes, `${path}.attributes`),
    facts: ordered(facts),
    ...(participant.claims === undefined ? {} : { claims: participant.claims }),
    ...(participant.rejected === undefined ? {} : { rejected: readRejected(reader, participant, path) }),
  };
}

/**
 * Reads participants and events as the contract declares them. Out: people in id order, facts in date order; a person
 * whom two institutes list stands once, as contested.
 * Issues: an undeclared event kind, a value that is not of its type, a required field that is missing, an end
 * before its start, one participant twice under one institute.
 */
export function readFacts(
  contract: ContractDefinition,
  participants: readonly CaseParticipant[],
  events: readonly CaseEvent[] = [],
): Facts {
  const reader: Reader = { contract, issues: [], ignored: new Set() };
  const shared: Fact[] = [];
  const byId = new Map<string, Person>();
  participants.forEach((participant, i) => {
    const person = readPerson(reader, participant, `participants.${i}`, shared);
    const same = byId.get(person.id);
    if (!same) byId.set(person.id, person);
    else if (same.contested || same.provider !== person.provider) {
      // Without either institute's name: the order of the list must not decide what is told.
      const { provider: _, ...anyone } = same;
      byId.set(person.id, { ...anyone, contested: true });
    } else
      reader.issues.push({
        code: 'DUPLICATE_PARTICIPANT',
        path: `participants.${i}.id`,
        message: `${person.id} is listed twice`,
      });
  });
  events.forEach((event, k) => {
    const fact = readFact(reader, event, `events.${k}`);
    if (fact) shared.push(fact);
  });
  return {
    people: [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
    contractFacts: ordered(shared),
    ignored: [...reader.ignored].sort(),
    issues: reader.issues,
  };
}
