import {
  addMonths,
  FREQUENCY_MONTHS,
  type Frequency,
  type Month,
  monthIndex,
  periodMonths,
} from '../kernel/period.ts';
import { ok, type Result, refuse } from '../kernel/result.ts';
import type { Condition } from '../records/programme/condition.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import { type CompiledCap, compileCap } from './caps.ts';
import { compileBenefits } from './compile-benefits.ts';
import {
  type CompiledLadder,
  type CompiledModifier,
  compileLadders,
  compileModifiers,
  inForce,
  usedLater,
} from './compile-consequences.ts';
import type { HouseholdTest } from './facts.ts';
import { compileJudge, type Judge } from './judge.ts';
import { compileHousehold, type Frame } from './predicates.ts';
import type { CompiledBenefit } from './run.ts';
import { isMonthSensitive } from './sensitive.ts';
import { type Fill, notPublished, type Values, valuesAt } from './values.ts';

export type CompiledCondition = {
  readonly definition: Condition;
  /** One per month of the period, or one. */
  readonly judges: readonly Judge[];
  /** The same condition for an earlier month. */
  readonly judgeAt: (month: Month) => Judge;
};

/** The months of a period that are reckoned alike: the first of them, and how many they are. */
export type CompiledFrame = {
  readonly month: Month;
  readonly offset: number;
  readonly weight: number;
  readonly benefits: readonly CompiledBenefit[];
  readonly caps: readonly CompiledCap[];
};

/** A definition made ready for one period: values in force, predicates as functions. Holds no household. */
export type CompiledProgramme = {
  readonly definition: ProgrammeDefinition;
  readonly period: Month;
  readonly months: readonly Month[];
  readonly values: Values;
  readonly conditions: readonly CompiledCondition[];
  readonly conditionIndex: ReadonlyMap<string, number>;
  /** Monthly benefits, frame by frame, then the benefits of the whole period. */
  readonly frames: readonly CompiledFrame[];
  readonly eligible: HouseholdTest;
  readonly excluded: readonly { readonly attribute: string; readonly programme: string }[];
  readonly modifiers: readonly CompiledModifier[];
  readonly ladders: readonly CompiledLadder[];
  readonly enteredAttribute: string | undefined;
  /** Benefits that are advances on another. */
  readonly advanceBenefits: ReadonlySet<string>;
  readonly waitMonths: number;
  readonly maxMonths: number;
  readonly number: (parameter: string | undefined) => number | undefined;
};

export type CompileOptions = {
  /** `refuse` (default): an open value refuses the period. `when_used`: only a household that needs it. */
  readonly unpublished?: 'refuse' | 'when_used';
  /** Values for parameters that the definition leaves open. */
  readonly fill?: Fill;
};

/** The first month of the period that `month` lies in. */
export function periodOf(month: Month, frequency: Frequency, anchorMonth: number): Month {
  const length = FREQUENCY_MONTHS[frequency];
  const over = (((monthIndex(month) - (anchorMonth - 1)) % length) + length) % length;
  return addMonths(month, -over);
}

function payable(definition: ProgrammeDefinition, period: Month): Result<undefined> {
  const { id, from, until, frequency, anchorMonth } = definition;
  if (!inForce({ from, until }, period))
    return refuse(
      'PERIOD_NOT_PAYABLE',
      `programme ${id} pays ${until ? `from ${from} to ${until}` : `since ${from}`}, not in ${period}`,
      {
        next: 'Choose a period in which the programme runs, or extend its dates by a new version.',
        at: 'period',
      },
    );
  const start = periodOf(period, frequency, anchorMonth);
  if (start !== period)
    return refuse(
      'PERIOD_NOT_PAYABLE',
      `programme ${id} pays ${frequency}: ${period} is inside the period that starts ${start}`,
      {
        next: `Use --period ${start}.`,
        at: 'period',
      },
    );
  return ok(undefined);
}

function compileConditions(
  definition: ProgrammeDefinition,
  frames: readonly Frame[],
  frameAt: (month: Month) => Frame,
): CompiledCondition[] {
  return definition.conditions.map((condition) => {
    const length = frames.length;
    const mine = condition.window.each === 'month' ? frames : frames.slice(0, 1);
    const cache = new Map<Month, Judge>();
    return {
      definition: condition,
      judges: mine
        .filter(({ month }) => inForce(condition, month))
        .map((frame) => compileJudge(condition, frame, length)),
      judgeAt: (month) => {
        let judge = cache.get(month);
        if (!judge) {
          judge = compileJudge(condition, frameAt(month), length);
          cache.set(month, judge);
        }
        return judge;
      },
    };
  });
}

function compileFrames(definition: ProgrammeDefinition, frames: readonly Frame[]): CompiledFrame[] {
  const one = (frame: Frame, per: 'month' | 'period', offset: number, weight: number): CompiledFrame => ({
    month: frame.month,
    offset,
    weight,
    benefits: compileBenefits(definition, frame, per),
    caps: definition.caps
      .filter((cap) => inForce(cap, frame.month))
      .map((cap) => compileCap(cap, frame))
      .filter((cap) => cap.per === per),
  });
  const alike = frames.length > 1 && !isMonthSensitive(definition, frames);
  const monthly = alike
    ? [one(frames[0]!, 'month', 0, frames.length)]
    : frames.map((frame, i) => one(frame, 'month', i, 1));
  return [...monthly, one(frames[0]!, 'period', 0, 1)].filter(({ benefits }) => benefits.length > 0);
}

/** Other programmes that exclude a household in this period, with the attribute that says so. */
const exclusions = (definition: ProgrammeDefinition, period: Month) =>
  definition.incompatibilities.flatMap((item) =>
    item.effect === 'exclude' && item.attribute && inForce(item, period)
      ? [{ attribute: item.attribute, programme: item.programme }]
      : [],
  );

function build(
  definition: ProgrammeDefinition,
  period: Month,
  fill: Fill,
): CompiledProgramme & { open: ReadonlySet<string> } {
  const months = periodMonths(period, definition.frequency);
  const frameOf = (month: Month, start: Month, last: Month): Frame => ({
    definition,
    values: valuesAt(definition, month, fill),
    month,
    periodStart: start,
    periodEnd: last,
  });
  const frames = months.map((month) => frameOf(month, period, months.at(-1)!));
  const frameAt = (month: Month): Frame => {
    const start = periodOf(month, definition.frequency, definition.anchorMonth);
    return frameOf(month, start, periodMonths(start, definition.frequency).at(-1)!);
  };
  const first = frames[0]!;
  const number = (parameter: string | undefined) =>
    parameter === undefined ? undefined : first.values.need(parameter);
  const early = (parameter: string | undefined, otherwise: number) =>
    parameter === undefined ? otherwise : (first.values.get(parameter).number ?? otherwise);
  for (const name of usedLater(definition, period)) first.values.get(name);
  const conditions = compileConditions(definition, frames, frameAt);
  const compiled: CompiledProgramme = {
    definition,
    period,
    months,
    values: first.values,
    conditions,
    conditionIndex: new Map(definition.conditions.map(({ id }, i) => [id, i])),
    frames: compileFrames(definition, frames),
    eligible: compileHousehold(definition.eligibility.rule, first),
    excluded: exclusions(definition, period),
    modifiers: compileModifiers(definition, period, first, frameAt),
    ladders: compileLadders(definition, period, first),
    enteredAttribute: definition.stay?.entered,
    advanceBenefits: new Set(
      definition.benefits.flatMap((benefit) => (benefit.kind === 'trapezoid' ? benefit.lessAdvances : [])),
    ),
    waitMonths: early(definition.stay?.waitMonths, 0),
    maxMonths: early(definition.stay?.maxMonths, Infinity),
    number,
  };
  return { ...compiled, open: new Set(frames.flatMap(({ values }) => [...values.open])) };
}

/**
 * Makes a definition ready for one period. Refuses PERIOD_NOT_PAYABLE where the programme does not pay in
 * that period, and VALUE_NOT_PUBLISHED, naming the parameter, where a value in force was never found.
 */
export function compileProgramme(
  definition: ProgrammeDefinition,
  period: Month,
  options: CompileOptions = {},
): Result<CompiledProgramme> {
  const allowed = payable(definition, period);
  if (!allowed.ok) return allowed;
  const { open, ...programme } = build(definition, period, options.fill ?? {});
  if (options.unpublished !== 'when_used' && open.size > 0) {
    const names = [...open].sort();
    const refusal = notPublished(definition, names[0]!, period);
    const more = names.length > 1 ? `; also open: ${names.slice(1).join(', ')}` : '';
    return { ok: false, error: { ...refusal, message: refusal.message + more } };
  }
  return ok(programme);
}

export type { CompiledLadder, CompiledModifier } from './compile-consequences.ts';
