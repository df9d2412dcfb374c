import { addMonths } from '../../kernel/period.ts';
import type { ProgrammeDefinition } from '../programme.ts';
import type { Fault } from './say-issue.ts';

/** Values of a parameter follow each other without gap or overlap; an unknown stretch is said, not left out. */
function checkValues(name: string, values: ProgrammeDefinition['parameters'][string]['values']): Fault[] {
  const faults: Fault[] = [];
  values.forEach((value, i) => {
    const path = `parameters.${name}.values[${i}]`;
    if (value.until !== undefined && value.until < value.from)
      faults.push({
        path: `${path}.until`,
        message: `${value.until} is before from ${value.from}: swap them`,
      });
    const next = values[i + 1];
    if (next === undefined) return;
    if (value.until === undefined)
      faults.push({
        path,
        message: `overlap: this value has no "until" but the next starts ${next.from}; end it in ${addMonths(next.from, -1)}`,
      });
    else if (next.from <= value.until)
      faults.push({
        path: `parameters.${name}.values[${i + 1}].from`,
        message: `overlap: ${next.from} is not after ${value.until}, where the value before ends: end that one in ${addMonths(next.from, -1)} or start this one in ${addMonths(value.until, 1)}`,
      });
    else if (next.from > addMonths(value.until, 1))
      faults.push({
        path: `parameters.${name}.values[${i + 1}].from`,
        message: `gap: nothing is said from ${addMonths(value.until, 1)} to ${addMonths(next.from, -1)}; add the value or { "notPublished": true }`,
      });
  });
  return faults;
}

type Dated = {
  readonly id?: string;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
};

/** All dates of a definition. */
export function checkDates(definition: ProgrammeDefinition): Fault[] {
  const faults = Object.entries(definition.parameters).flatMap(([name, { values }]) =>
    checkValues(name, values),
  );
  const order = (path: string, { from, until }: Dated) => {
    if (from !== undefined && until !== undefined && until < from)
      faults.push({ path: `${path}.until`, message: `${until} is before from ${from}: swap them` });
  };
  order('', definition);
  for (const list of ['conditions', 'benefits', 'caps', 'modifiers', 'ladders', 'incompatibilities'] as const)
    definition[list].forEach((rule, i) => {
      order(`${list}[${i}]`, rule);
    });
  return faults;
}
