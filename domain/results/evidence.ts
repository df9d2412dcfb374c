import { formatAmount, minor } from '../kernel/money.ts';
import { addDays, type Day, dayFromNumber } from '../kernel/period.ts';
import type { ContractDefinition } from '../records/contract.ts';
import type { Keys, ParameterTable } from '../records/contract-parameters.ts';
import type { Anchor, FieldTest, Predicate, Window } from '../records/contract-predicate.ts';
import type { Fact, Person, Value } from './facts.ts';
import { type Unmet, unmet, type Verdict } from './verdict.ts';
import { addMonthsToDay } from './window.ts';

/** What predicates are judged against: one person (or the contract's own facts) on one settlement date. */
export type Scene = {
  readonly contract: ContractDefinition;
  readonly table: ParameterTable;
  readonly provider: string;
  readonly asOf: Day;
  readonly person: Person;
  /** Documents that stand for another person too: no claim may rest on them. */
  readonly reused?: ReadonlySet<string>;
  /** What earlier settlements paid this person, by milestone: a window may start on its day. */
  readonly paid?: { readonly [milestone: string]: { readonly outcomeOn: string } };
  /** Parameters that were needed and never published: the settlement refuses and names them. */
  readonly unpublished: Set<string>;
  /** Verdicts of named outcomes, each judged once. */
  readonly verdicts: Map<string, Verdict>;
  readonly judge: (outcome: string) => Verdict;
};

export const keysOf =
  (person: Person, fact?: Fact): Keys =>
  (name) => {
    const value = fact?.fields[name] ?? person.attributes[name];
    return value === undefined ? undefined : String(value);
  };

/** A parameter on a date; unpublished ones are noted, so that the settlement can name all of them at once. */
export function number(scene: Scene, name: string, date: Day, fact?: Fact): number | Unmet {
  const found = scene.table.resolve(name, date, keysOf(scene.person, fact));
  if (found.ok) return found.value;
  if (found.why === 'not_published') {
    // The index of a published value may be what is missing: that one is named.
    scene.unpublished.add(found.parameter);
    return unmet('VALUE_NOT_PUBLISHED', '', found.parameter, found.parameter);
  }
  if (found.why === 'no_key') return unmet('MISSING_ATTRIBUTE', '', found.key ?? name, found.key ?? name);
  return unmet('NO_PRICE', date, name, name);
}

/** A number of a parameter as people write it: "27600.00", "85 %", "26". */
export function shown(contract: ContractDefinition, parameter: string, value: number): string {
  const unit = contract.parameters[parameter]?.unit;
  if (unit === 'money') return formatAmount(minor(value), contract.currency);
  if (unit === 'percent') return `${value / 100} %`;
  if (unit === 'points') return String(value / 100);
  return unit === 'day' ? dayFromNumber(value) : String(value);
}

/** First day of the contract; where none was published, a day before every other. */
export const startOf = (contract: ContractDefinition): Day => (contract.dates.from ?? '0001-01-01') as Day;

/** The day of a result that was paid before, for a case that lists only what is new; by its outcome or its event. */
function paidOn(scene: Scene, rests: (outcome: string) => boolean): Day | undefined {
  const milestone = scene.contract.milestones.find(
    ({ id, outcome, repeat }) => outcome && !repeat && scene.paid?.[id] && rests(outcome),
  );
  return milestone && (scene.paid![milestone.id]!.outcomeOn as Day);
}
const isEvent = (predicate: Predicate | undefined, kind: string): boolean =>
  predicate?.type === 'event' && predicate.kind === kind;

/** Facts that are of this institute: what is of another one proves nothing here. */
const ours = (scene: Scene, facts: readonly Fact[]): readonly Fact[] =>
  facts.filter(({ provider }) => provider === undefined || provider === scene.provider);

/** Of facts in date order, the first of the contract's time; what happened before it only where nothing did since. */
export const firstUnder = (scene: Scene, facts: readonly Fact[]): Fact | undefined =>
  facts.find(({ date }) => date >= startOf(scene.contract)) ?? facts[0];

/**
 * The day of an event: of the first such fact under the contract, or of the paid outcome that it completes. An earlier
 * course or attachment of the same person starts no window while this contract has its own.
 */
function eventDay(scene: Scene, kind: string): Day | undefined {
  const known = scene.person.facts.filter((each) => each.kind === kind && each.date <= scene.asOf);
  const first = firstUnder(scene, ours(scene, known))?.date;
  if (first !== undefined && first >= startOf(scene.contract)) return first;
  const paid = paidOn(scene, (name) => {
    const predicate = scene.contract.outcomes[name]?.predicate;
    return isEvent(predicate?.type === 'all' ? predicate.of.at(-1) : predicate, kind);
  });
  return paid ?? first;
}

/** The day of an anchor; undefined while it has not happened. */
export function anchorDay(scene: Scene, anchor: Anchor): Day | undefined {
  if ('contract' in anchor) return scene.contract.dates[anchor.contract] as Day | undefined;
  if ('attribute' in anchor) return scene.person.attributes[anchor.attribute] as Day | undefined;
  if ('event' in anchor) return eventDay(scene, anchor.event);
  const verdict = scene.judge(anchor.outcome);
  return verdict.met ? verdict.on : paidOn(scene, (outcome) => outcome === anchor.outcome);
}

export type Bounds = { readonly from: Day; readonly until: Day };
export const UNBOUNDED: Bounds = { from: '0001-01-01' as Day, until: '9999-12-31' as Day };

/** First and last day of a window. The anchor's own day counts, and so does the last. */
export function bounds(scene: Scene, window: Window | undefined): Bounds | Unmet {
  if (!window) return UNBOUNDED;
  const from = anchorDay(scene, window.after);
  if (from === undefined) return unmet('NO_ANCHOR', '', JSON.stringify(window.after));
  const name = window.months ?? window.weeks ?? window.days;
  if (name === undefined) return { from, until: UNBOUNDED.until };
  const length = number(scene, name, from);
  if (typeof length === 'object') return length;
  const until = window.months
    ? addMonthsToDay(from, length)
    : addDays(from, window.weeks ? length * 7 : length);
  return { from, until };
}

/** One test on a field or attribute. Out: undefined where it holds, else why it does not. */
export function fails(
  scene: Scene,
  test: FieldTest,
  value: Value | undefined,
  fact?: Fact,
): Unmet | undefined {
  if (value === undefined) return unmet('MISSING_ATTRIBUTE', '', test.field, test.field);
  if ('is' in test) {
    const allowed = Array.isArray(test.is) ? test.is : [test.is];
    return allowed.some((item) => item === value)
      ? undefined
      : unmet('FIELD_MISMATCH', String(value), allowed.join(', '), test.field);
  }
  const name = 'atLeast' in test ? test.atLeast : 'atMost' in test ? test.atMost : test.below;
  const limit = number(scene, name, fact?.date ?? scene.asOf, fact);
  if (typeof limit === 'object') return limit;
  const seen = Number(value);
  const holds = 'atLeast' in test ? seen >= limit : 'atMost' in test ? seen <= limit : seen < limit;
  const sign = 'atLeast' in test ? '>=' : 'atMost' in test ? '<=' : '<';
  return holds
    ? undefined
    : unmet(
        'BELOW_THRESHOLD',
        shown(scene.contract, name, seen),
        `${sign} ${shown(scene.contract, name, limit)}`,
        test.field,
      );
}

/** Whether a value names the institute: upper and lower case and blanks at the ends do not make another of it. */
export const sameName = (value: Value | undefined, provider: string): boolean =>
  value !== undefined && String(value).trim().toLowerCase() === provider.toLowerCase();

type Evidence = Extract<Predicate, { kind: string }>;
/** Facts that may count for a predicate, with the window they were read in; or why there are none. */
export function evidence(
  scene: Scene,
  predicate: Evidence,
): { readonly facts: readonly Fact[]; readonly within: Bounds } | Unmet {
  const all = scene.person.facts.filter((fact) => fact.kind === predicate.kind);
  if (all.length === 0) return unmet('NO_EVIDENCE', '0', predicate.kind);
  const known = all.filter((fact) => fact.date <= scene.asOf);
  if (known.length === 0) return unmet('AFTER_SETTLEMENT_DATE', all[0]!.date, `<= ${scene.asOf}`);
  const fields = Object.entries(scene.contract.events[predicate.kind]?.fields ?? {});
  const own = fields.filter(([, field]) => field.notProvider).map(([name]) => name);
  const copied = known.find(({ document }) => document !== undefined && scene.reused?.has(document));
  if (copied) return unmet('DOCUMENT_REUSED', copied.document!, predicate.kind, copied.document);
  const registered = ours(scene, known);
  if (registered.length === 0) return unmet('OTHER_PROVIDER', scene.provider, predicate.kind);
  const foreign = registered.filter(
    (fact) => !own.some((name) => sameName(fact.fields[name], scene.provider)),
  );
  if (foreign.length === 0) return unmet('OWN_EMPLOYER', scene.provider, predicate.kind);
  let reason: Unmet | undefined;
  const fitting = foreign.filter((fact) =>
    (predicate.where ?? []).every((test) => {
      const failed = fails(scene, test, fact.fields[test.field], fact);
      reason ??= failed;
      return failed === undefined;
    }),
  );
  if (fitting.length === 0) return reason!;
  const within = bounds(scene, predicate.within);
  if ('met' in within) return within;
  const last = predicate.onOrBefore ? number(scene, predicate.onOrBefore, scene.asOf) : undefined;
  if (typeof last === 'object') return last;
  // An event of before the contract does not make up for the contract's own that came too late.
  const under = fitting.filter((fact) => fact.date >= startOf(scene.contract));
  const dated = predicate.type === 'event' && under.length > 0 ? under : fitting;
  const early = last === undefined ? fitting : dated.filter((fact) => fact.date <= dayFromNumber(last));
  if (early.length === 0) return unmet('TOO_LATE', dated[0]!.date, `<= ${dayFromNumber(last!)}`);
  const facts = early.filter((fact) => fact.date <= within.until && (fact.end ?? fact.date) >= within.from);
  if (facts.length === 0) return unmet('OUTSIDE_WINDOW', early[0]!.date, `${within.from}..${within.until}`);
  return { facts, within };
}
