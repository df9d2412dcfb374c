import type { ProgrammeDefinition } from '../programme.ts';
import { checkAmounts } from './check-amounts.ts';
import { checkCircles } from './check-circles.ts';
import { checkDates } from './check-dates.ts';
import { checkNames } from './check-names.ts';
import { checkPayment } from './check-payment.ts';
import { checkUnits } from './check-units.ts';
import type { Fault } from './say-issue.ts';

/** What a schema cannot see: names that point nowhere, dates that gap or overlap, units that do not fit, circles, caps below floors. */
export function checkDefinition(definition: ProgrammeDefinition): Fault[] {
  const faults = [...checkNames(definition), ...checkDates(definition), ...checkPayment(definition)];
  if (faults.length > 0) return faults;
  return [...checkUnits(definition), ...checkCircles(definition), ...checkAmounts(definition)];
}
