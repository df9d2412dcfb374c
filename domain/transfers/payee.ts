import { addMonths, type Day, type Month } from '../kernel/period.ts';
import type { Household, Member } from '../records/household.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import type { CompiledProgramme } from './compile.ts';
import { compileHousehold, compileMember, type Frame } from './predicates.ts';

/** Among whom the payee must be: everybody who fits the first line of the programme's order that anybody fits. */
export type PayeeLine = {
  readonly label: { readonly es: string; readonly en: string };
  readonly members: readonly Member[];
};

const frameOf = (programme: CompiledProgramme): Frame => ({
  definition: programme.definition,
  values: programme.values,
  month: programme.period,
  periodStart: programme.period,
  periodEnd: programme.months.at(-1)!,
});

/**
 * Who may be paid by the programme's order. Undefined where nobody fits a line, or the programme names no order: then
 * the roster alone says it.
 */
export function payeeByOrder(programme: CompiledProgramme): (household: Household) => PayeeLine | undefined {
  const frame = frameOf(programme);
  const order = programme.definition.payment.payees.map(({ label, who }) => ({
    label,
    test: compileMember(who, frame),
  }));
  return (household) => {
    for (const { label, test } of order) {
      const members = household.members.filter((one) =>
        test(one, { household, state: undefined, tenure: 1 }),
      );
      if (members.length > 0) return { label, members };
    }
    return undefined;
  };
}

/**
 * How a household may be paid. A line with a test decides alone for the households that meet it; the others may be
 * paid by any line without one. None: the programme does not say.
 */
export function channelsByRule(
  programme: CompiledProgramme,
): (household: Household) => readonly ('account' | 'cash')[] {
  const frame = frameOf(programme);
  const { channels } = programme.definition.payment;
  const open = channels.filter(({ when }) => !when).map(({ channel }) => channel);
  const tested = channels.flatMap(({ when, channel }) =>
    when ? [{ channel, test: compileHousehold(when, frame) }] : [],
  );
  return (household) => {
    const own = tested.find(({ test }) => test({ household, state: undefined, tenure: 1 }));
    return own ? [own.channel] : open;
  };
}

/** The days of a month on which a payee is paid, by the last digit of the document; undefined: no calendar. */
export function paymentDays(
  definition: ProgrammeDefinition,
  documentId: string,
): readonly number[] | undefined {
  const digit = /(\d)\D*$/.exec(documentId)?.[1];
  return definition.payment.calendar?.find((line) => String(line.digit) === digit)?.days;
}

/** The last day on which the roster of a period may change; undefined where the programme has no cut-off. */
export function cutOff(definition: ProgrammeDefinition, period: Month): Day | undefined {
  const { cutOffDay } = definition.payment;
  return cutOffDay === undefined
    ? undefined
    : (`${addMonths(period, -1)}-${String(cutOffDay).padStart(2, '0')}` as Day);
}
