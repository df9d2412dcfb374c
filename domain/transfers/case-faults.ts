import { parseAmount } from '../kernel/money.ts';
import { lastDay, month, periodMonths } from '../kernel/period.ts';
import type { AttributeValue } from '../records/household.ts';
import type { Parameter } from '../records/programme/parameter.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import type { ParsedCase } from './case.ts';
import { stateFaults } from './case-state.ts';
import { isYesOrNo, plainValue, TYPES } from './case-types.ts';
import { periodOf } from './compile.ts';

type Fault = { path: string; message: string };

/** Attributes that the programme does not declare, or of another type or value. */
function attributeFaults(
  definition: ProgrammeDefinition,
  path: string,
  of: 'household' | 'member',
  values: { readonly [name: string]: unknown },
): Fault[] {
  return Object.entries(values).flatMap(([name, value]): Fault[] => {
    const declared = declaredAs(definition.attributes, name);
    const at = `${path}.${name}`;
    if (declared?.of !== of) {
      const known = Object.keys(definition.attributes).filter((id) => definition.attributes[id]!.of === of);
      const list = known.join(', ') || 'none';
      return [{ path: at, message: `${definition.id} has no ${of} attribute "${name}"; it has ${list}` }];
    }
    const { fits, says } = TYPES[declared.type]!;
    if (!fits(value)) return [{ path: at, message: says }];
    if (declared.values && !declared.values.includes(String(value)))
      return [{ path: at, message: `must be one of ${declared.values.join(', ')}` }];
    return [];
  });
}

function memberFaults(definition: ProgrammeDefinition, { household, date }: ParsedCase): Fault[] {
  const found: Fault[] = [];
  const { frequency, anchorMonth } = definition;
  const start = periodOf(month(date.slice(0, 7)), frequency, anchorMonth);
  const end = lastDay(periodMonths(start, frequency).at(-1)!);
  const seen = new Set<string>();
  household.members.forEach((member, i) => {
    const at = `household.members[${i}]`;
    if (seen.has(member.id)) found.push({ path: `${at}.id`, message: `"${member.id}" is there twice` });
    if (member.id === household.id)
      found.push({ path: `${at}.id`, message: `"${member.id}" is the household's id too` });
    if (member.birthDate !== undefined && member.birthDate > end)
      found.push({
        path: `${at}.birthDate`,
        message: `${member.birthDate} is after the period, which ends ${end}`,
      });
    seen.add(member.id);
    found.push(...attributeFaults(definition, `${at}.attributes`, 'member', member.attributes));
  });
  return found;
}

/** What a definition declares under a name that a case may write, words of the language such as `constructor` too. */
const declaredAs = <T>(declared: { readonly [name: string]: T }, name: string): T | undefined =>
  Object.hasOwn(declared, name) ? declared[name] : undefined;

/** Evidence of a kind, type or subject that the programme does not know. */
function evidenceFaults(definition: ProgrammeDefinition, { evidence, household }: ParsedCase): Fault[] {
  const members = new Set(household.members.map(({ id }) => id));
  return evidence.flatMap(({ kind: name, member, value }, i): Fault[] => {
    const at = `evidence[${i}]`;
    const kind = declaredAs(definition.evidence, name);
    const list = Object.keys(definition.evidence).join(', ') || 'none';
    if (!kind)
      return [{ path: `${at}.kind`, message: `${definition.id} has no evidence "${name}"; it has ${list}` }];
    const found: Fault[] = [];
    const { fits, says } = TYPES[kind.type]!;
    if (!(kind.type === 'boolean' ? isYesOrNo : fits)(value))
      found.push({ path: `${at}.value`, message: says });
    if (kind.of === 'member' && member === undefined)
      found.push({ path: `${at}.member`, message: `missing: "${name}" is evidence about a member` });
    if (kind.of === 'household' && member !== undefined)
      found.push({
        path: `${at}.member`,
        message: `"${name}" is evidence about the household: leave it out`,
      });
    else if (member !== undefined && !members.has(member))
      found.push({ path: `${at}.member`, message: `there is no member "${member}"` });
    return found;
  });
}

/** Two rows of the same fact that differ: a cycle counts neither of them, so a case must say which one holds. */
function contradictions(definition: ProgrammeDefinition, { evidence, date }: ParsedCase): Fault[] {
  const first = new Map<string, { at: number; value: AttributeValue }>();
  return evidence.flatMap(({ kind, member, period = date.slice(0, 7), value: written }, i): Fault[] => {
    const key = JSON.stringify([kind, member, period]);
    const value = plainValue(definition, kind, written);
    const known = first.get(key);
    if (known === undefined) first.set(key, { at: i, value });
    if (known === undefined || known.value === value) return [];
    const message = `"${kind}" of ${period} is ${known.value} in evidence[${known.at}] and ${value} here: keep the one that holds`;
    return [{ path: `evidence[${i}].value`, message }];
  });
}

function exemptionFaults(definition: ProgrammeDefinition, { exemptions, household }: ParsedCase): Fault[] {
  const members = new Set(household.members.map(({ id }) => id));
  const conditions = definition.conditions.map(({ id }) => id);
  return exemptions.flatMap(({ condition, member, from, until }, i): Fault[] => {
    const at = `exemptions[${i}]`;
    const found: Fault[] = [];
    if (!conditions.includes(condition))
      found.push({
        path: `${at}.condition`,
        message: `${definition.id} has no condition "${condition}"; it has ${conditions.join(', ') || 'none'}`,
      });
    if (member !== undefined && !members.has(member))
      found.push({ path: `${at}.member`, message: `there is no member "${member}"` });
    if (until < from) found.push({ path: `${at}.until`, message: `${until} is before ${from}` });
    return found;
  });
}

/** Whether some month or some row of a parameter has no published value. */
const isOpen = ({ values }: Parameter): boolean =>
  values.length === 0 ||
  values.some((dated) =>
    'rows' in dated ? dated.rows.some((row) => !('value' in row)) : !('value' in dated),
  );

/** Values filled in for parameters that were not published: known ones, as amounts of the currency or as numbers that are not negative. */
function fillFaults(definition: ProgrammeDefinition, { parameters }: ParsedCase): Fault[] {
  return Object.entries(parameters).flatMap(([name, value]): Fault[] => {
    const path = `parameters.${name}`;
    const parameter = definition.parameters[name];
    if (!parameter) return [{ path, message: `there is no parameter "${name}"` }];
    if (!isOpen(parameter))
      return [{ path, message: `"${name}" was published: a case fills in only what was not` }];
    const number =
      parameter.unit === 'money'
        ? parseAmount(String(value), definition.currency)
        : Number(value === '' ? Number.NaN : value);
    const most = parameter.unit === 'percent' ? 100 : Infinity;
    if (number !== undefined && number >= 0 && number <= most) return [];
    return [
      {
        path,
        message: `must be ${parameter.unit === 'money' ? `an amount in ${definition.currency}` : parameter.unit}, not negative`,
      },
    ];
  });
}

/** Everything in a case that its programme does not know or cannot mean, with where it stands. */
export function faults(definition: ProgrammeDefinition, parsed: ParsedCase): Fault[] {
  return [
    ...attributeFaults(definition, 'household.attributes', 'household', parsed.household.attributes),
    ...memberFaults(definition, parsed),
    ...evidenceFaults(definition, parsed),
    ...contradictions(definition, parsed),
    ...exemptionFaults(definition, parsed),
    ...fillFaults(definition, parsed),
    ...stateFaults(definition, parsed),
  ];
}
