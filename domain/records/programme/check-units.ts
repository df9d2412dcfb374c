import type { ProgrammeDefinition } from '../programme.ts';
import type { Unit } from './parameter.ts';
import type { Fault } from './say-issue.ts';

/** What the number of a parameter must mean, by the field that names it. */
const UNIT_OF: { readonly [field: string]: Unit } = {
  amount: 'money',
  amounts: 'money',
  table: 'money',
  line: 'money',
  floor: 'money',
  flat: 'money',
  flatFrom: 'money',
  outFrom: 'money',
  multipleOf: 'money',
  percent: 'percent',
  share: 'percent',
  factor: 'percent',
  rateIn: 'percent',
  rateOut: 'percent',
};
const COUNTED = new Set([
  'instalments',
  'max',
  'keep',
  'onlyAbove',
  'maxPerYear',
  'consecutive',
  'inTwelveMonths',
]);
/** Shares of something that is there: more than all of it is a slip of the pen. A taper or a derived line may be more. */
const AT_MOST_ALL = new Set(['percent', 'share', 'rateIn', 'rateOut']);

function unitFault(field: string, name: string, unit: Unit): string | undefined {
  const wanted = UNIT_OF[field];
  if (wanted !== undefined && unit !== wanted)
    return `"${name}" is in ${unit}, but here it is used as ${wanted}: name another parameter or correct its "unit"`;
  if (COUNTED.has(field) && (unit === 'money' || unit === 'percent'))
    return `"${name}" is in ${unit}, but here it is used as count: name another parameter or correct its "unit"`;
  return undefined;
}

/** A parameter must be of the unit that the rule reckons with, and a share at most 100. */
export function checkUnits(definition: ProgrammeDefinition): Fault[] {
  const faults: Fault[] = [];
  const { parameters } = definition;
  const over = (name: string, path: string) =>
    (parameters[name]?.values ?? []).forEach((dated) => {
      if ('value' in dated && Number(dated.value) > 100)
        faults.push({
          path,
          message: `"${name}" is ${dated.value} per cent since ${dated.from}: a share is at most 100`,
        });
    });
  const walk = (value: unknown, path: string): void => {
    if (value === null || typeof value !== 'object') return;
    for (const [field, item] of Object.entries(value)) {
      const at = Array.isArray(value) ? `${path}[${field}]` : path ? `${path}.${field}` : field;
      for (const name of Array.isArray(item) ? item : [item]) {
        const parameter = typeof name === 'string' ? parameters[name] : undefined;
        if (!parameter) continue;
        const message = unitFault(field, name, parameter.unit);
        if (message) faults.push({ path: at, message });
        else if (AT_MOST_ALL.has(field)) over(name, at);
      }
      walk(item, at);
    }
  };
  const { benefits, caps, modifiers, retention, ladders, payment } = definition;
  walk({ benefits, caps, modifiers, retention, ladders, payment }, '');
  for (const [i, cap] of caps.entries()) {
    const unit = cap.method === 'keep_highest' ? undefined : parameters[cap.limit]?.unit;
    if (unit !== undefined && unit !== 'money')
      faults.push({
        path: `caps[${i}].limit`,
        message: unitFault('amount', String((cap as { limit: string }).limit), unit)!,
      });
  }
  return faults;
}
