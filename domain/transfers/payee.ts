import type { Month } from '../kernel/period.ts';
import type { Household, Member } from '../records/household.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import type { CompiledProgramme } from './compile.ts';
import { compileHousehold, compileMember, type Frame } from './predicates.ts';

export type ChosenPayee = {
  readonly member: Member;
  readonly label: { readonly es: string; readonly en: string };
};

const frameOf = (programme: CompiledProgramme): Frame => ({
  definition: programme.definition,
  values: programme.values,
  month: programme.period,
  periodStart: programme.period,
  periodEnd: programme.months.at(-1)!,
});

/**
 * Who should be paid by the programme's order: the first member (lowest id) who fits the first line that
 * anybody fits. Undefined where nobody does, or the programme names no order.
 */
export function choosePayee(programme: CompiledProgramme): (household: Household) => ChosenPayee | undefined {
  const frame = frameOf(programme);
  const order = programme.definition.payment.payees.map(({ label, who }) => ({
    label,
    test: compileMember(who, frame),
  }));
  return (household) => {
    const members = [...household.members].sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const { label, test } of order) {
      const member = members.find((item) => test(item, { household, state: undefined, tenure: 1 }));
      if (member) return { member, label };
    }
    return undefined;
  };
}

/** How a household is paid: the first channel whose test it meets. Undefined where none does. */
export function chooseChannel(
  programme: CompiledProgramme,
): (household: Household) => 'account' | 'cash' | undefined {
  const frame = frameOf(programme);
  const channels = programme.definition.payment.channels.map(({ when, channel }) => ({
    channel,
    test: when ? compileHousehold(when, frame) : () => true,
  }));
  return (household) =>
    channels.find(({ test }) => test({ household, state: undefined, tenure: 1 }))?.channel;
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
export function cutOff(definition: ProgrammeDefinition, previousMonth: Month): string | undefined {
  const { cutOffDay } = definition.payment;
  return cutOffDay === undefined ? undefined : `${previousMonth}-${String(cutOffDay).padStart(2, '0')}`;
}
