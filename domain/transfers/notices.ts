import { addMonths, FREQUENCY_MONTHS, type Month } from '../kernel/period.ts';
import type { Label } from '../records/programme/basics.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import { periodOf } from './compile.ts';

/** Something in a definition that is allowed and is often a slip: where, and what it means for households. */
export type Notice = { readonly path: string; readonly says: Label };

type Dated = { readonly from?: Month | undefined; readonly until?: Month | undefined };
/** A rule that names a parameter: its path, its dates, and how often it pays where it is a benefit. */
type Use = Dated & { readonly path: string; readonly per?: 'month' | 'period' | undefined };

/** Every text below a value: names of parameters are among them. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([field, item]) =>
    field === 'label' || field === 'cite' ? [] : texts(item),
  );
}

const RULES = ['conditions', 'benefits', 'caps', 'modifiers', 'ladders'] as const;

/** Which rules name each parameter. */
function usesOf(definition: ProgrammeDefinition): Map<string, Use[]> {
  const found = new Map<string, Use[]>(Object.keys(definition.parameters).map((name) => [name, []]));
  const add = (path: string, rule: unknown, dated: Dated & Pick<Use, 'per'>) => {
    for (const text of new Set(texts(rule))) found.get(text)?.push({ path, ...dated });
  };
  for (const list of RULES)
    definition[list].forEach((rule, i) => {
      const { from, until } = rule;
      add(`${list}[${i}]`, rule, { from, until, per: 'per' in rule ? rule.per : undefined });
    });
  for (const part of ['eligibility', 'stay', 'groups', 'retention', 'payment', 'anomalies'] as const)
    add(part, definition[part], {});
  for (const [name, { derived }] of Object.entries(definition.parameters))
    if (derived) add(`parameters.${name}.derived`, derived, {});
  return found;
}

function unasked({ conditions, benefits, ladders, retention, payment }: ProgrammeDefinition): Notice[] {
  const asked = new Set([
    ...benefits.flatMap(({ requires }) => requires.map(({ condition }) => condition)),
    ...ladders.flatMap((ladder) => ladder.conditions),
    ...(retention ? [retention.releasedBy] : []),
    ...(payment.unclaimed.rule === 'suspend' ? [payment.unclaimed.condition] : []),
  ]);
  return conditions.flatMap(({ id }, i) =>
    asked.has(id)
      ? []
      : [
          {
            path: `conditions[${i}]`,
            says: {
              es: `ningún beneficio ni escalera exige «${id}»: se informa quién cumple y no mueve dinero`,
              en: `no benefit and no ladder requires "${id}": it is reported who complies, and no money depends on it`,
            },
          },
        ],
  );
}

function ofParameter(definition: ProgrammeDefinition, name: string, uses: readonly Use[]): Notice[] {
  const { values } = definition.parameters[name]!;
  const path = `parameters.${name}`;
  if (uses.length === 0) return [{ path, says: { es: 'ninguna regla lo usa', en: 'no rule uses it' } }];
  const first = values[0];
  const last = values.at(-1);
  if (!first || !last) return [];
  const notices: Notice[] = [];
  const latest = (a: Month, b: Month | undefined) => (b !== undefined && b > a ? b : a);
  const early = uses.find((use) => latest(definition.from, use.from) < first.from);
  if (early)
    notices.push({
      path: `${path}.values[0].from`,
      says: {
        es: `nada se dice antes de ${first.from}, y ${early.path} rige desde ${latest(definition.from, early.from)}: un ciclo anterior se rechaza`,
        en: `nothing is said before ${first.from}, and ${early.path} is in force from ${latest(definition.from, early.from)}: an earlier cycle is refused`,
      },
    });
  const { until } = last;
  const open =
    until &&
    uses.find((use) => [definition.until, use.until].every((end) => end === undefined || end > until));
  if (open)
    notices.push({
      path: `${path}.values[${values.length - 1}].until`,
      says: {
        es: `nada se dice después de ${until}, y ${open.path} sigue: un ciclo posterior se rechaza`,
        en: `nothing is said after ${until}, and ${open.path} goes on: a later cycle is refused`,
      },
    });
  return [...notices, ...midway(definition, path, uses)];
}

/** A value that starts inside a period reaches a benefit of the whole period only with the next one. */
function midway(definition: ProgrammeDefinition, path: string, uses: readonly Use[]): Notice[] {
  const { frequency, anchorMonth, parameters } = definition;
  if (!uses.some(({ per }) => per === 'period')) return [];
  return parameters[path.replace('parameters.', '')]!.values.slice(1).flatMap(({ from }, i) => {
    const start = periodOf(from, frequency, anchorMonth);
    if (start === from) return [];
    const next = addMonths(start, FREQUENCY_MONTHS[frequency]);
    return [
      {
        path: `${path}.values[${i + 1}].from`,
        says: {
          es: `${from} cae dentro del período que empieza en ${start}: lo que se paga por período lo toma recién en ${next}`,
          en: `${from} is inside the period that starts in ${start}: what is paid by period takes it from ${next} on`,
        },
      },
    ];
  });
}

/** What whoever keeps a definition should look at although it is in order. */
export function definitionNotices(definition: ProgrammeDefinition): Notice[] {
  const uses = usesOf(definition);
  return [
    ...unasked(definition),
    ...Object.keys(definition.parameters).flatMap((name) =>
      ofParameter(definition, name, uses.get(name) ?? []),
    ),
  ];
}
