import type { Label, Language } from '../records/programme/basics.ts';
import type { Condition, ExemptionKind } from '../records/programme/condition.ts';
import type { Ladder } from '../records/programme/consequence.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import { dates, sayer } from './explain-benefit.ts';
import { householdText, list, memberText, parameterText, pick } from './explain-words.ts';

const MISSING: { readonly [effect: string]: Label } = {
  pay: { es: 'sin evidencia se paga', en: 'without evidence it is paid' },
  hold: { es: 'sin evidencia se retiene', en: 'without evidence it is held' },
  forfeit: { es: 'sin evidencia no se paga', en: 'without evidence it is not paid' },
};
/** Why somebody is excused, as an ending of a sentence. */
export const EXEMPT: Readonly<Record<ExemptionKind, Label>> = {
  age: { es: 'por edad', en: 'by age' },
  health: { es: 'por salud', en: 'by health' },
  no_supply: { es: 'porque no hay servicio', en: 'because there is no service' },
  temporary: { es: 'temporalmente', en: 'temporarily' },
  justified: { es: 'por justificación', en: 'by justification' },
};
const COMBINE: { readonly [how: string]: Label } = {
  every: { es: 'cada mes', en: 'every month' },
  reported: { es: 'cada mes reportado', en: 'every month reported' },
  any: { es: 'algún mes', en: 'any month' },
  sum: { es: 'sumando los meses', en: 'months added up' },
  average: { es: 'en promedio', en: 'on average' },
  latest: { es: 'el último mes', en: 'the latest month' },
};

function requirement(definition: ProgrammeDefinition, { check }: Condition, lang: Language): string {
  const es = lang === 'es';
  const bound = (value: number | { param: string }) =>
    typeof value === 'number' ? String(value) : parameterText(definition, value.param, lang);
  switch (check.type) {
    case 'is_true':
      return es ? 'que sí' : 'must be yes';
    case 'at_most':
      return `≤ ${bound(check.value)}`;
    case 'one_of':
      return list(check.values, lang, { es: 'o', en: 'or' });
    case 'all_scheduled':
      return `${es ? 'todo lo programado' : 'all that was scheduled'} (${pick(definition.evidence[check.scheduled]!.label, lang)})`;
    case 'at_least': {
      const bands = (check.bands ?? []).map(
        ({ who, value }) => `${memberText(definition, who, lang)}: ≥ ${bound(value)}`,
      );
      return [...bands, ...(check.value === undefined ? [] : [`≥ ${bound(check.value)}`])].join('; ');
    }
  }
}

/** A co-responsibility as one sentence. */
export function conditionSentence(
  definition: ProgrammeDefinition,
  condition: Condition,
  lang: Language,
): string {
  const es = lang === 'es';
  const { window, evidence, of } = condition;
  const kind = definition.evidence[evidence]!;
  const who = of === 'household' ? (es ? 'el hogar' : 'the household') : memberText(definition, of, lang);
  const lag =
    window.lagMonths > 0
      ? `, ${es ? `${window.lagMonths} meses antes` : `${window.lagMonths} months earlier`}`
      : '';
  const over = window.months
    ? `, ${es ? `sobre ${window.months} meses` : `over ${window.months} months`}`
    : '';
  const when = `${window.each === 'month' ? (es ? 'mes a mes' : 'month by month') : es ? 'por período' : 'by period'} (${COMBINE[window.combine]![lang]}${over}${lag})`;
  const track = condition.unconditionedWhen
    ? ` ${es ? 'Sin condición si' : 'Unconditioned if'} ${householdText(definition, condition.unconditionedWhen, lang)}.`
    : '';
  const waivers = condition.waivers
    .map(({ from, until, label, cite }) => ` ${pick(label, lang)}: ${from}–${until}. [${cite}]`)
    .join('');
  const asked = condition.when
    ? ` (${es ? 'si' : 'if'} ${householdText(definition, condition.when, lang)})`
    : '';
  const excused =
    condition.exemptions.length > 0
      ? ` ${es ? 'Exime' : 'Excused'}: ${list(
          condition.exemptions.map((kind) => EXEMPT[kind][lang]),
          lang,
          { es: 'o', en: 'or' },
        )}.`
      : '';
  return `${pick(condition.label, lang)} — ${who}${asked}: ${pick(kind.label, lang)}, ${requirement(definition, condition, lang)}, ${when}; ${es ? 'certifica' : 'certified by'} ${pick(kind.certifier, lang)}; ${MISSING[condition.missing]![lang]}${dates(condition, es)}${excused}${track}${waivers} [${condition.cite}]`;
}

const EFFECT: { readonly [effect: string]: Label } = {
  notice: { es: 'sin efecto en el pago', en: 'no effect on the money' },
  hold: {
    es: 'se bloquea y se paga con la cuota siguiente',
    en: 'blocked, and paid with the next instalment',
  },
  forfeit: { es: 'se pierde', en: 'lost' },
  exit: { es: 'sale del programa', en: 'leaves the programme' },
};

/** A ladder as sentences: one for the ladder, one per rung. */
export function ladderSentences(definition: ProgrammeDefinition, ladder: Ladder, lang: Language): string[] {
  const { es, names, value } = sayer(definition, lang);
  const who = ladder.who ? ` (${memberText(definition, ladder.who, lang)})` : '';
  const scope =
    ladder.scope === 'member'
      ? es
        ? 'solo el beneficio de ese integrante'
        : "that member's benefit only"
      : es
        ? 'todo el hogar'
        : 'the whole household';
  const trigger = ladder.trigger
    ? `; ${es ? 'se activa con' : 'set off by'} ${[
        ...(ladder.trigger.consecutive
          ? [`${value(ladder.trigger.consecutive)} ${es ? 'faltas seguidas' : 'failures in a row'}`]
          : []),
        ...(ladder.trigger.inTwelveMonths
          ? [`${value(ladder.trigger.inTwelveMonths)} ${es ? 'en doce meses' : 'in twelve months'}`]
          : []),
      ].join(es ? ' o ' : ' or ')}`
    : '';
  const clock = ladder.clockMonths
    ? `; ${es ? 'pasados' : 'after'} ${value(ladder.clockMonths)} ${es ? 'sin efectos se vuelve al primer paso' : 'without effects it starts again'}`
    : '';
  const paused = ladder.pausedWhen
    ? `; ${es ? 'en pausa si' : 'paused if'} ${householdText(definition, ladder.pausedWhen, lang)}`
    : '';
  const over = ladder.over ? ` (${es ? 'sobre' : 'over'} ${names(ladder.over)})` : '';
  const unbroken = ladder.unbroken
    ? `; ${es ? 'un período sin faltas vuelve al primer paso' : 'a period without failure starts it again'}`
    : '';
  const amnesties = ladder.amnesties.map(({ from, until, label, cite }) =>
    es
      ? `  ${pick(label, lang)}: sin efectos de ${from} a ${until}; después todos empiezan en el primer paso. [${cite}]`
      : `  ${pick(label, lang)}: no effects from ${from} to ${until}; afterwards everybody starts at the first rung. [${cite}]`,
  );
  const head = `${pick(ladder.label, lang)}${who}: ${es ? 'por incumplir' : 'for failing'} ${names(ladder.conditions)}, ${scope}${over}${trigger}${unbroken}${clock}${paused}${dates(ladder, es)} [${ladder.cite}]`;
  const steps = ladder.steps.map((step, i) => {
    const count = step.instalments ? ` (${value(step.instalments)} ${es ? 'cuotas' : 'instalments'})` : '';
    const after = step.afterMonths
      ? `, ${es ? 'tras' : 'after'} ${value(step.afterMonths)} ${es ? 'en el paso anterior' : 'on the rung before'}`
      : '';
    const again = step.repeat ? (es ? ', se repite' : ', repeats') : '';
    return `  ${i + 1}. ${pick(step.label, lang)}: ${EFFECT[step.effect]![lang]}${count}${after}${again}.`;
  });
  return [head, ...steps, ...amnesties];
}
