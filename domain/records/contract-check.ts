import { addDays, type Day, dayNumber } from '../kernel/period.ts';
import type { Issue } from '../kernel/result.ts';
import { type ContractDefinition, ContractSchema } from './contract.ts';
import { parseNumber } from './contract-parameters.ts';
import { referencesOf } from './contract-references.ts';
import { mostOf } from './contract-shares.ts';
import type { Parameter } from './contract-value.ts';
import { sayDotted } from './programme/say-issue.ts';

const issue = (path: string, message: string, code = 'INVALID_DEFINITION'): Issue => ({
  code,
  path,
  message,
});

/** Gaps and overlaps between dated values, numbers that are not of their unit, rows with undeclared keys. */
function checkParameter(contract: ContractDefinition, name: string, parameter: Parameter): Issue[] {
  const path = `parameters.${name}`;
  const found: Issue[] = [];
  parameter.values.forEach((value, i) => {
    const at = `${path}.values.${i}`;
    const previous = parameter.values[i - 1];
    if (previous && (!previous.until || value.from !== addDays(previous.until as Day, 1)))
      found.push(
        issue(
          `${at}.from`,
          'must be the day after the previous value ends: no gap and no overlap between dates',
        ),
      );
    if (value.from && value.until && value.until < value.from)
      found.push(issue(`${at}.until`, 'must not be before from'));
    const numbers = 'rows' in value ? value.rows.flatMap((row) => ('value' in row ? [row.value] : [])) : [];
    if ('value' in value) numbers.push(value.value);
    for (const number of numbers)
      if (parseNumber(number, parameter.unit, contract.currency) === undefined)
        found.push(issue(at, `${number} is not an exact ${parameter.unit} in ${contract.currency}`));
      else if (parameter.unit === 'index' && Number(number) <= 0)
        found.push(issue(at, `an index is above zero, not ${number}: amounts are divided by it`));
    if ('rows' in value)
      for (const key of value.rows.flatMap((row) => Object.keys(row.when)))
        if (!parameter.keys?.includes(key))
          found.push(issue(at, `the key ${key} is not among the parameter's keys`));
  });
  return found;
}

/** What another spelling or another country is read as must be one of the field's values. */
function checkFields(contract: ContractDefinition): Issue[] {
  const groups = [
    ['attributes', contract.attributes] as const,
    ...Object.entries(contract.events).map(
      ([kind, { fields }]) => [`events.${kind}.fields`, fields] as const,
    ),
  ];
  return groups.flatMap(([path, fields]) =>
    Object.entries(fields).flatMap(([name, { values = [], alsoWritten = {}, otherCountries }]) =>
      [...Object.values(alsoWritten), ...(otherCountries === undefined ? [] : [otherCountries])]
        .filter((value) => !values.includes(value))
        .map((value) => issue(`${path}.${name}`, `${value} is not one of the field's values`)),
    ),
  );
}

/** Every name that is used must be declared, with the unit that its use needs. */
function checkReferences(contract: ContractDefinition): Issue[] {
  const fields = new Set([
    ...Object.keys(contract.attributes),
    ...Object.values(contract.events).flatMap((event) => Object.keys(event.fields)),
  ]);
  const declared: { [what: string]: ReadonlySet<string> } = {
    source: new Set(Object.keys(contract.sources)),
    event: new Set(Object.keys(contract.events)),
    outcome: new Set(Object.keys(contract.outcomes)),
    milestone: new Set(contract.milestones.map((milestone) => milestone.id)),
    attribute: new Set(Object.keys(contract.attributes)),
    calendar: new Set(Object.keys(contract.calendars ?? {})),
    schedule: new Set(Object.keys(contract.schedules ?? {})),
    indicator: new Set(Object.keys(contract.indicators ?? {})),
    field: fields,
  };
  return referencesOf(contract).flatMap(({ path, what, name, units, scope }) => {
    if (what === 'parameter') {
      const parameter = contract.parameters[name];
      if (!parameter) return [issue(path, `there is no parameter ${name}`)];
      if (units && !units.includes(parameter.unit))
        return [issue(path, `${name} is a ${parameter.unit}; here it must be a ${units.join(' or ')}`)];
      return [];
    }
    if (what === 'field' && scope) {
      const known = contract.events[scope]?.fields[name];
      return known ? [] : [issue(path, `the event ${scope} declares no field ${name}`)];
    }
    return declared[what]?.has(name) ? [] : [issue(path, `there is no ${what} ${name}`)];
  });
}

/** Milestones and outcomes that wait for each other in a circle can never be reached. */
function checkCircles(contract: ContractDefinition): Issue[] {
  const edges = new Map<string, string[]>();
  for (const milestone of contract.milestones)
    edges.set(
      `milestone ${milestone.id}`,
      (milestone.requires ?? []).map((id) => `milestone ${id}`),
    );
  for (const reference of referencesOf(contract)) {
    const from = /^outcomes\.([^.]+)\./.exec(reference.path)?.[1];
    if (from && reference.what === 'outcome')
      edges.set(`outcome ${from}`, [...(edges.get(`outcome ${from}`) ?? []), `outcome ${reference.name}`]);
  }
  const state = new Map<string, 'open' | 'done'>();
  const circle = (node: string): boolean => {
    if (state.get(node) === 'done') return false;
    if (state.get(node) === 'open') return true;
    state.set(node, 'open');
    const found = (edges.get(node) ?? []).some(circle);
    state.set(node, 'done');
    return found;
  };
  return [...edges.keys()]
    .filter(circle)
    .map((node) =>
      issue(node.split(' ')[0] === 'outcome' ? 'outcomes' : 'milestones', `${node} waits for itself`),
    );
}

/** Published instalments of one schedule never exceed the price, for nobody and at no time. */
const checkShares = (contract: ContractDefinition): Issue[] =>
  Object.keys(contract.schedules ?? {}).flatMap((name) => {
    const total = mostOf(contract, name);
    return total <= 10_000
      ? []
      : [issue(`schedules.${name}.shares`, `instalments add up to ${total / 100} %, over 100 %`)];
  });

/** Weeks are counted whole: a holiday that begins on a Friday would make a week of evidence worth four days. */
function checkCalendars(contract: ContractDefinition): Issue[] {
  const MONDAY = 4;
  return Object.entries(contract.calendars ?? {}).flatMap(([name, spans]) =>
    spans.flatMap((span, i) => {
      const [first, last] = [dayNumber(span.from as Day), dayNumber(span.until as Day)];
      const whole = last > first && first % 7 === MONDAY && (last + 1) % 7 === MONDAY;
      return whole ? [] : [issue(`calendars.${name}.${i}`, 'give whole weeks, Monday to Sunday')];
    }),
  );
}

function checkMilestones(contract: ContractDefinition): Issue[] {
  const seen = new Set<string>();
  return contract.milestones.flatMap((milestone, i) => {
    const at = `milestones.${i}`;
    const found: Issue[] = [];
    if (seen.has(milestone.id))
      found.push(issue(`${at}.id`, `the milestone ${milestone.id} is defined twice`));
    seen.add(milestone.id);
    const contractLevel = milestone.level === 'contract';
    if (!contractLevel && !milestone.outcome)
      found.push(issue(`${at}.outcome`, 'a milestone of participants needs an outcome'));
    if (contractLevel !== (milestone.price.type === 'performance'))
      found.push(issue(`${at}.price`, 'performance prices, and only they, belong to contract level'));
    const outcome = milestone.outcome ? contract.outcomes[milestone.outcome] : undefined;
    const weeks = outcome?.predicate.type === 'duration' ? outcome.predicate.weeks : undefined;
    if (milestone.repeat && weeks === undefined)
      found.push(issue(`${at}.repeat`, 'only an outcome of type duration in weeks repeats'));
    const { price } = milestone;
    if (price.type === 'instalment') {
      const parts = contract.schedules?.[price.schedule]?.shares.filter(
        (share) => share.milestone === milestone.id,
      );
      if (parts?.length !== 1)
        found.push(
          issue(`${at}.price`, `the schedule ${price.schedule} needs one share for ${milestone.id}`),
        );
    }
    return found;
  });
}

/**
 * Reads a contract definition. Out: the definition, or every issue with its path and what to do. Refused: unknown
 * fields, undeclared names, numbers of the wrong unit, gaps or overlaps in dates, missing citations, circles,
 * instalments over 100 %.
 */
export function parseContract(
  json: unknown,
):
  | { readonly ok: true; readonly value: ContractDefinition }
  | { readonly ok: false; readonly issues: readonly Issue[] } {
  const parsed = ContractSchema.safeParse(json);
  if (!parsed.success)
    return {
      ok: false,
      issues: parsed.error.issues.flatMap((found) =>
        sayDotted(found, json, 'contract').map(({ path, message }) => issue(path, message)),
      ),
    };
  const contract = parsed.data;
  const { from, until, claimsUntil } = contract.dates;
  const issues = [
    ...(from && until && until < from ? [issue('dates.until', 'must not be before from')] : []),
    ...(from && claimsUntil && claimsUntil < from
      ? [issue('dates.claimsUntil', 'must not be before from')]
      : []),
    ...Object.entries(contract.parameters).flatMap(([name, parameter]) =>
      checkParameter(contract, name, parameter),
    ),
    ...checkFields(contract),
    ...checkCalendars(contract),
    ...checkMilestones(contract),
    ...checkReferences(contract),
    ...checkCircles(contract),
  ];
  // Shares are added up once each of them can be read.
  if (issues.length === 0) issues.push(...checkShares(contract));
  return issues.length > 0 ? { ok: false, issues } : { ok: true, value: contract };
}
