import { addMonths, type Month } from '../kernel/period.ts';
import type { AttributeValue, EvidenceRow, Member, VerdictStatus } from '../records/household.ts';
import type { Check, Condition } from '../records/programme/condition.ts';
import type { Facts, HouseholdTest, MemberTest } from './facts.ts';
import { bound, compileHousehold, compileMember, type Frame } from './predicates.ts';

/** What the evidence of one subject came to. */
export type Finding = {
  readonly status: Exclude<VerdictStatus, 'exempt'>;
  readonly observed: AttributeValue | null;
  readonly required: AttributeValue | null;
};

/** A condition ready to judge one month. */
export type Judge = {
  readonly month: Month;
  /** Months whose evidence is read. */
  readonly window: readonly Month[];
  /** Who is asked; undefined where the household itself is. */
  readonly who: MemberTest | undefined;
  readonly when: HouseholdTest | undefined;
  /** Whether a waiver excuses everybody in a month. */
  readonly waivedIn: (month: Month) => boolean;
  readonly unconditioned: HouseholdTest | undefined;
  readonly find: (
    rows: readonly EvidenceRow[],
    subject: string,
    member: Member | undefined,
    facts: Facts,
    /** The months of the window that are read; all of them where nothing is said. */
    asked?: readonly Month[],
  ) => Finding;
};

const YES: ReadonlySet<AttributeValue> = new Set(['1', 'true', 'yes', 'si', 'sí']);
const isTrue = (value: AttributeValue): boolean => value === true || value === 1 || YES.has(value);

type Meter = {
  readonly required: (member: Member | undefined, facts: Facts) => AttributeValue | null;
  /** Whether `a` speaks better for the subject than `b`. */
  readonly better: (a: AttributeValue, b: AttributeValue) => boolean;
  readonly meets: (value: AttributeValue, required: AttributeValue | null) => boolean;
};

function meter(check: Check, frame: Frame): Meter {
  const { values } = frame;
  if (check.type === 'is_true')
    return {
      required: () => true,
      better: (a, b) => isTrue(a) && !isTrue(b),
      meets: (value) => isTrue(value),
    };
  if (check.type === 'one_of') {
    const set = new Set(check.values);
    const fits = (value: AttributeValue) => set.has(String(value));
    return { required: () => check.values.join(' | '), better: (a, b) => fits(a) && !fits(b), meets: fits };
  }
  if (check.type === 'at_most')
    return {
      required: () => bound(check.value, values),
      better: (a, b) => Number(a) < Number(b),
      meets: (value, required) => Number(value) <= Number(required),
    };
  const bands = check.type === 'at_least' ? (check.bands ?? []) : [];
  const tests = bands.map(({ who, value }) => ({ test: compileMember(who, frame), value }));
  const plain = check.type === 'at_least' ? check.value : undefined;
  return {
    required: (member, facts) => {
      const band = member && tests.find(({ test }) => test(member, facts));
      const value = band?.value ?? plain;
      return value === undefined ? null : bound(value, values);
    },
    better: (a, b) => Number(a) > Number(b),
    meets: (value, required) => required === null || Number(value) >= Number(required),
  };
}

/** The best value of a kind in one month; two rows for a month never depend on their order. */
function best(
  rows: readonly EvidenceRow[],
  subject: string,
  kind: string,
  month: Month,
  better: Meter['better'],
): AttributeValue | undefined {
  let found: AttributeValue | undefined;
  for (const row of rows)
    if (
      row.kind === kind &&
      row.subject === subject &&
      row.period === month &&
      (found === undefined || better(row.value, found))
    )
      found = row.value;
  return found;
}

const open = (required: AttributeValue | null): Finding => ({
  status: 'unverified',
  observed: null,
  required,
});

function combine(
  found: readonly (AttributeValue | undefined)[],
  how: Condition['window']['combine'],
  required: AttributeValue | null,
  meets: Meter['meets'],
): Finding {
  const known = found.filter((value) => value !== undefined);
  if (known.length === 0) return open(required);
  const judge = (observed: AttributeValue): Finding => ({
    status: meets(observed, required) ? 'compliant' : 'non_compliant',
    observed,
    required,
  });
  if (how === 'latest') return judge(known.at(-1)!);
  if (how === 'sum' || how === 'average') {
    const total = known.reduce<number>((sum, value) => sum + (value === true ? 1 : Number(value)), 0);
    return judge(how === 'sum' ? total : total / known.length);
  }
  const good = known.find((value) => meets(value, required));
  const bad = known.find((value) => !meets(value, required));
  if (how === 'any')
    return good !== undefined ? judge(good) : known.length < found.length ? open(required) : judge(bad!);
  if (bad !== undefined) return judge(bad);
  return known.length < found.length && how === 'every' ? open(required) : judge(good!);
}

function finder(condition: Condition, window: readonly Month[], frame: Frame): Judge['find'] {
  const { check, evidence } = condition;
  const { required, better, meets } = meter(check, frame);
  if (check.type === 'all_scheduled') {
    const total = (
      rows: readonly EvidenceRow[],
      subject: string,
      kind: string,
      asked: readonly Month[],
    ): number | undefined => {
      const found = asked
        .map((month) => best(rows, subject, kind, month, better))
        .filter((value) => value !== undefined);
      return found.length === 0 ? undefined : found.reduce<number>((sum, value) => sum + Number(value), 0);
    };
    return (rows, subject, _member, _facts, asked = window) => {
      const scheduled = total(rows, subject, check.scheduled, asked);
      const done = total(rows, subject, evidence, asked);
      if (scheduled === undefined) return open(null);
      if (done === undefined && scheduled > 0) return open(scheduled);
      return {
        status: (done ?? 0) >= scheduled ? 'compliant' : 'non_compliant',
        observed: done ?? 0,
        required: scheduled,
      };
    };
  }
  if (window.length === 1) {
    const month = window[0]!;
    return (rows, subject, member, facts) => {
      const wanted = required(member, facts);
      const observed = best(rows, subject, evidence, month, better);
      if (observed === undefined) return open(wanted);
      return { status: meets(observed, wanted) ? 'compliant' : 'non_compliant', observed, required: wanted };
    };
  }
  return (rows, subject, member, facts, asked = window) => {
    const found = asked.map((month) => best(rows, subject, evidence, month, better));
    return combine(found, condition.window.combine, required(member, facts), meets);
  };
}

/** A condition compiled for one month (or, judged once a period, for the period's first month). */
export function compileJudge(condition: Condition, frame: Frame, periodLength: number): Judge {
  const { lagMonths, each } = condition.window;
  const length = condition.window.months ?? (each === 'month' ? 1 : periodLength);
  const window = Array.from({ length }, (_, i) => addMonths(frame.month, i - lagMonths));
  return {
    month: frame.month,
    window,
    who: condition.of === 'household' ? undefined : compileMember(condition.of, frame),
    when: condition.when && compileHousehold(condition.when, frame),
    waivedIn: (month) => condition.waivers.some(({ from, until }) => from <= month && month <= until),
    unconditioned: condition.unconditionedWhen && compileHousehold(condition.unconditionedWhen, frame),
    find: finder(condition, window, frame),
  };
}
