import type { Month } from '../kernel/period.ts';
import type { DatedValue, Parameter } from '../records/programme/parameter.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import type { Fill } from './values.ts';

/** A value that nobody published, or rows of one, with what the case fills in. */
function filled(dated: DatedValue, given: Fill[string] | undefined): DatedValue {
  if (given === undefined || 'value' in dated) return dated;
  const { from, until, cite } = dated;
  if (!('rows' in dated)) return { from, until, cite, value: given };
  const rows = dated.rows.map((row) => ('value' in row ? row : { when: row.when, value: given }));
  return { ...dated, rows };
}

function at(parameter: Parameter, month: Month, given: Fill[string] | undefined): Parameter {
  const found = parameter.values.find(({ from, until }) => from <= month && (!until || month <= until));
  return found ? { ...parameter, values: [filled(found, given)] } : parameter;
}

/**
 * The definition as it stood in a month: of each parameter the value in force then, or what the case fills in for it.
 * A line of 2013 is told with the amounts of 2013, whatever the programme pays by now.
 */
export function definitionAt(
  definition: ProgrammeDefinition,
  month: Month,
  fill: Fill = {},
): ProgrammeDefinition {
  const parameters = Object.entries(definition.parameters).map(
    ([name, parameter]) => [name, at(parameter, month, fill[name])] as const,
  );
  return { ...definition, parameters: Object.fromEntries(parameters) };
}
