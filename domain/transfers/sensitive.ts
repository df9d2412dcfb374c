import { canonicalJson } from '../kernel/hash.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import { inForce } from './compile-consequences.ts';
import type { Frame } from './predicates.ts';

const MONTHLY_AGES = /"(month_start|month_middle|month_end)"/;
const MONTHLY_RULES = /"(calendarMonth|monthsInProgramme|instalments|maxPerYear|only|exclude|factor)":/;
const COUNTED = /"limit":"once_/;
const MONTHLY_KEYS = /"(tenure|month)":/;

/**
 * Whether the months of a period can come to different amounts. Where they cannot, one is reckoned and
 * multiplied: half the work of a bimonthly programme.
 */
export function isMonthSensitive(definition: ProgrammeDefinition, frames: readonly Frame[]): boolean {
  if (definition.stay || definition.modifiers.length > 0) return true;
  if (definition.conditions.some(({ window }) => window.each === 'month')) return true;
  const { benefits, caps, groups, ageAt, parameters } = definition;
  const rules = canonicalJson({ benefits, caps, groups, ageAt });
  if (MONTHLY_AGES.test(rules) || MONTHLY_RULES.test(rules) || COUNTED.test(rules)) return true;
  if (MONTHLY_KEYS.test(canonicalJson(parameters))) return true;
  const dated = [...benefits, ...caps].some(({ from, until }) => from !== undefined || until !== undefined);
  const valueIn = ({ values }: ProgrammeDefinition['parameters'][string], { month }: Frame) =>
    values.find((value) => inForce(value, month));
  const same = (parameter: ProgrammeDefinition['parameters'][string]) =>
    frames.every((frame) => valueIn(parameter, frame) === valueIn(parameter, frames[0]!));
  const oneYear = frames.every(({ month }) => month.slice(0, 4) === frames[0]!.month.slice(0, 4));
  return dated || !oneYear || !Object.values(parameters).every(same);
}
