import type { Label, Language } from '../records/programme/basics.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import type { Chapter } from './explain.ts';
import { list, pick } from './explain-words.ts';

const TYPE: { readonly [type: string]: Label } = {
  money: { es: 'importe', en: 'amount' },
  number: { es: 'número', en: 'number' },
  boolean: { es: 'sí o no: true o false', en: 'yes or no: true or false' },
  text: { es: 'texto', en: 'text' },
  month: { es: 'mes, YYYY-MM', en: 'month, YYYY-MM' },
  percent: { es: 'porcentaje, de 0 a 100', en: 'percentage, from 0 to 100' },
  count: { es: 'cantidad', en: 'count' },
};
const OF: { readonly [of: string]: Label } = {
  household: { es: 'del hogar', en: 'of the household' },
  member: { es: 'de un integrante', en: 'of a member' },
};
const OR: Label = { es: 'o', en: 'or' };

/**
 * The names that a case, a roster or an evidence file of this programme may use, as sentences: attributes, kinds of
 * evidence, and the conditions that an exemption may name.
 */
export function caseChapter(definition: ProgrammeDefinition, lang: Language): Chapter {
  const { attributes, evidence, conditions } = definition;
  const type = (name: string) => TYPE[name]![lang];
  return {
    title: lang === 'es' ? 'Lo que puede decir un caso' : 'What a case may say',
    sentences: [
      ...Object.entries(attributes).map(([id, item]) => {
        const kind = item.values ? list(item.values, lang, OR) : type(item.type);
        return `${id}: ${pick(item.label, lang)} (${OF[item.of]![lang]}; ${kind}).`;
      }),
      ...Object.entries(evidence).map(([id, item]) => {
        const word = lang === 'es' ? 'evidencia' : 'evidence';
        return `${id}: ${word} — ${pick(item.label, lang)} (${OF[item.of]![lang]}; ${type(item.type)}).`;
      }),
      ...conditions
        .filter(({ exemptions }) => exemptions.length > 0)
        .map(({ id, label, exemptions }) =>
          lang === 'es'
            ? `${id}: condición — ${label.es}; se exceptúa por ${list(exemptions, lang, OR)}.`
            : `${id}: condition — ${label.en}; excused for ${list(exemptions, lang, OR)}.`,
        ),
    ],
  };
}
