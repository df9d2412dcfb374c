import type { Label, Language } from '../records/programme/basics.ts';
import type { Benefit, BenefitOf, Cap, Modifier, Retention } from '../records/programme/benefit.ts';
import type { MemberPredicate } from '../records/programme/predicate.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import { householdText, keyName, list, memberText, parameterText, pick } from './explain-words.ts';

type Say = {
  readonly es: boolean;
  readonly lang: Language;
  readonly value: (name: string) => string;
  readonly who: (predicate: MemberPredicate) => string;
  readonly names: (ids: readonly string[]) => string;
  readonly attribute: (name: string) => string;
  readonly key: (name: string) => string;
};

export function sayer(definition: ProgrammeDefinition, lang: Language): Say {
  const labels = new Map(
    [...definition.benefits, ...definition.conditions].map(({ id, label }) => [id, label]),
  );
  return {
    es: lang === 'es',
    lang,
    value: (name) => parameterText(definition, name, lang),
    who: (predicate) => memberText(definition, predicate, lang),
    names: (ids) =>
      list(
        ids.map((id) => `«${labels.get(id)?.[lang] ?? id}»`),
        lang,
      ),
    attribute: (name) => `«${definition.attributes[name]?.label[lang] ?? name}»`,
    key: (name) => keyName(definition, name, lang),
  };
}

const OR: Label = { es: 'o', en: 'or' };
const ORDER: { readonly [order: string]: Label } = {
  oldest: { es: 'de mayor a menor edad', en: 'oldest first' },
  youngest: { es: 'de menor a mayor edad', en: 'youngest first' },
  highest: { es: 'de mayor a menor monto', en: 'highest amount first' },
  as_listed: { es: 'por número de registro', en: 'by registry number' },
};

/** Whether each person's amount is rounded or the household's, and to a multiple of what. */
function gapRounding({ roundEach, multipleOf }: BenefitOf<'poverty_gap'>, { es, value }: Say): string {
  const whose =
    roundEach === 'person'
      ? es
        ? 'el monto de cada persona'
        : "each person's amount"
      : es
        ? 'el monto del hogar'
        : "the household's amount";
  const multiple = multipleOf ? ` ${es ? 'a un múltiplo de' : 'to a multiple of'} ${value(multipleOf)}` : '';
  return `; ${es ? 'se redondea' : 'rounded is'} ${whose}${multiple}`;
}

/** What income lacks to a line. */
function gapSentence(benefit: BenefitOf<'poverty_gap'>, say: Say): string {
  const { es, value, who } = say;
  const share = benefit.share ? `${value(benefit.share)} ${es ? 'de' : 'of'} ` : '';
  const counted = benefit.counting.length > 0 ? ` ${es ? 'y' : 'and'} ${say.names(benefit.counting)}` : '';
  const whom = benefit.who ? ` (${who(benefit.who)})` : '';
  return es
    ? `por persona${whom}, ${share}lo que falta a ${say.attribute(benefit.income)}${counted} para llegar a ${value(benefit.line)}${gapRounding(benefit, say)}`
    : `per person${whom}, ${share}what ${say.attribute(benefit.income)}${counted} lacks to reach ${value(benefit.line)}${gapRounding(benefit, say)}`;
}

/** For whom, where not for everybody. */
const each = (who: MemberPredicate | undefined, { es, who: text }: Say): string =>
  who ? `${es ? 'por cada integrante con' : 'for each member with'} ${text(who)}: ` : '';

/** How the amount is reckoned, by kind. */
function amountSentence(benefit: Benefit, say: Say): string {
  const { es, value, who } = say;
  switch (benefit.kind) {
    case 'flat':
      return es ? `${value(benefit.amount)}, fijo por hogar` : `${value(benefit.amount)}, flat per household`;
    case 'per_person':
      return `${value(benefit.amount)} ${es ? 'por cada persona' : 'for each person'}${benefit.who ? ` (${who(benefit.who)})` : ''}`;
    case 'per_member': {
      const bands = benefit.bands.map((band) => {
        const most = band.max ? `, ${es ? 'a lo más' : 'at most'} ${value(band.max)}` : '';
        return `${value(band.amount)} ${es ? 'por cada integrante con' : 'for each member with'} ${who(band.who)}${most}`;
      });
      const most = benefit.max
        ? `; ${es ? 'a lo más' : 'at most'} ${value(benefit.max)} ${es ? 'en el hogar' : 'in the household'}, ${ORDER[benefit.order]![say.lang]}`
        : '';
      return bands.join('; ') + most;
    }
    case 'declining':
      return benefit.bands
        .map((band) => `${who(band.who)}: ${band.amounts.map(value).join(', ')}`)
        .join('; ')
        .concat(
          es
            ? ` para el primero, segundo…, ${ORDER[benefit.order]![say.lang]}; los siguientes no suman`
            : ` for the first, second…, ${ORDER[benefit.order]![say.lang]}; further ones add nothing`,
        );
    case 'table':
      return `${es ? 'según' : 'by'} ${value(benefit.table)}${benefit.who ? ` (${who(benefit.who)})` : ''}${benefit.lowestIfMissing.length > 0 ? `; ${es ? 'si falta' : 'where'} ${list(benefit.lowestIfMissing.map(say.key), say.lang, OR)}${es ? ', el menor' : ' is missing, the lowest'}` : ''}`;
    case 'one_if_any':
      return `${value(benefit.amount)} ${es ? 'una sola vez por hogar si alguien cumple' : 'once per household if anybody fits'}: ${who(benefit.who)}`;
    case 'top_up': {
      const floor =
        typeof benefit.floor === 'string' ? value(benefit.floor) : say.attribute(benefit.floor.attribute);
      return es
        ? `completa ${say.names(benefit.over)} hasta ${floor}`
        : `tops ${say.names(benefit.over)} up to ${floor}`;
    }
    case 'poverty_gap':
      return gapSentence(benefit, say);
    case 'trapezoid': {
      const share = benefit.share ? `${value(benefit.share)} ${es ? 'de' : 'of'}: ` : '';
      const less =
        benefit.lessAdvances.length > 0
          ? `; ${es ? 'menos lo anticipado en' : 'less what was advanced in'} ${say.names(benefit.lessAdvances)}`
          : '';
      return es
        ? `${each(benefit.who, say)}${share}${value(benefit.rateIn)} de ${say.attribute(benefit.income)} hasta ${value(benefit.flatFrom)}; ${value(benefit.flat)} hasta ${value(benefit.outFrom)}; después baja ${value(benefit.rateOut)} del exceso${less}`
        : `${each(benefit.who, say)}${share}${value(benefit.rateIn)} of ${say.attribute(benefit.income)} up to ${value(benefit.flatFrom)}; ${value(benefit.flat)} up to ${value(benefit.outFrom)}; then less ${value(benefit.rateOut)} of the excess${less}`;
    }
    case 'achievement':
      return benefit.bands
        .map((band) => `${value(band.amount)} ${es ? 'por logro' : 'for achievement'}: ${who(band.who)}`)
        .join('; ');
    case 'share_of':
      return `${each(benefit.who, say)}${value(benefit.share)} ${es ? 'de' : 'of'} ${say.attribute(benefit.attribute)}`;
  }
}

const SCOPE: { readonly [scope: string]: Label } = {
  member: { es: 'cada integrante responde por sí', en: 'each member answers for itself' },
  household: {
    es: 'una falta suspende el pago de todo el hogar',
    en: 'one failure stops it for the whole household',
  },
  proportional: { es: 'se paga en proporción a lo cumplido', en: 'paid in proportion to what was met' },
};

/** When instalments start again: with each pregnancy, and what tells two of them apart. */
function anew({ episode }: Benefit, say: Say): string {
  if (!episode) return '';
  const { es } = say;
  const apart = episode.named
    ? ` (${es ? 'los distingue' : 'told apart by'} ${say.attribute(episode.named)})`
    : '';
  return ` ${es ? 'por cada lapso con' : 'for each stretch with'} ${say.who(episode.during)}${apart}`;
}

/** "6 instalments"; a parameter that counts months says so itself: "9 months". */
const counted = (count: string, what: string): string => (/\d$/.test(count) ? `${count} ${what}` : count);

const ROUNDED: { readonly [rounding: string]: Label } = {
  half_even: { es: 'las mitades se redondean al par', en: 'halves are rounded to even' },
  up: { es: 'se redondea hacia arriba', en: 'rounded up' },
  down: { es: 'se redondea hacia abajo', en: 'rounded down' },
};

/** How an amount is rounded, where it is not to the nearest unit of the currency, halves up. */
const rounded = ({ rounding }: { readonly rounding: string }, { lang }: Say): string[] =>
  rounding === 'half_up' ? [] : [ROUNDED[rounding]![lang]];

function limitsSentence(benefit: Benefit, say: Say): string[] {
  const { es, value } = say;
  const { months, instalments, limit, factor } = benefit;
  return [
    ...(months?.exclude
      ? [`${es ? 'no se paga en los meses' : 'not paid in months'} ${months.exclude.join(', ')}`]
      : []),
    ...(months?.only ? [`${es ? 'solo en los meses' : 'only in months'} ${months.only.join(', ')}`] : []),
    ...(months?.maxPerYear
      ? [
          `${es ? 'a lo más' : 'at most'} ${counted(value(months.maxPerYear), es ? 'meses' : 'months')} ${es ? 'al año' : 'a year'}`,
        ]
      : []),
    ...(instalments
      ? [
          `${es ? 'a lo más' : 'at most'} ${counted(value(instalments), es ? 'cuotas' : 'instalments')}${anew(benefit, say)}`,
        ]
      : []),
    ...(limit === 'once_a_year' ? [es ? 'una vez al año' : 'once a year'] : []),
    ...(limit === 'once_in_a_lifetime' ? [es ? 'una vez en la vida' : 'once in a lifetime'] : []),
    ...(factor ? [`${es ? 'por' : 'times'} ${value(factor)}`] : []),
    ...rounded(benefit, say),
  ];
}

export const dates = (rule: { from?: string | undefined; until?: string | undefined }, es: boolean): string =>
  `${rule.from ? `; ${es ? 'desde' : 'from'} ${rule.from}` : ''}${rule.until ? `${rule.from ? '' : ';'} ${es ? 'hasta' : 'until'} ${rule.until}` : ''}.`;
const cited = (cite: string): string => ` [${cite}]`;

/** A benefit as one sentence. */
export function benefitSentence(definition: ProgrammeDefinition, benefit: Benefit, lang: Language): string {
  const say = sayer(definition, lang);
  const { es } = say;
  const per =
    benefit.per === 'month' ? (es ? 'cada mes' : 'each month') : es ? 'cada período' : 'each period';
  const when = benefit.when ? ` ${es ? 'si' : 'if'} ${householdText(definition, benefit.when, lang)}` : '';
  const requires = benefit.requires.map(
    ({ condition, scope }) =>
      `${es ? 'exige' : 'requires'} ${say.names([condition])} (${SCOPE[scope]![lang]})`,
  );
  const parts = [amountSentence(benefit, say), ...limitsSentence(benefit, say), ...requires];
  return `${pick(benefit.label, lang)}, ${per}${when}: ${parts.join('; ')}${dates(benefit, es)}${cited(benefit.cite)}`;
}

export function capSentence(definition: ProgrammeDefinition, cap: Cap, lang: Language): string {
  const { es, names, value } = sayer(definition, lang);
  const counting = cap.counting.length > 0 ? ` (${es ? 'contando' : 'counting'} ${names(cap.counting)})` : '';
  const above = cap.onlyAbove
    ? `${es ? 'donde hay más de' : 'where there are more than'} ${value(cap.onlyAbove)}, `
    : '';
  const what =
    cap.method === 'keep_highest'
      ? es
        ? `se pagan los ${value(cap.keep)} montos más altos`
        : `the ${value(cap.keep)} highest amounts are paid`
      : cap.method === 'scale'
        ? es
          ? `si pasa de ${value(cap.limit)}, se reduce en proporción`
          : `above ${value(cap.limit)} it is scaled down in proportion`
        : es
          ? `si pasa de ${value(cap.limit)}, se corta`
          : `above ${value(cap.limit)} it is cut off`;
  return `${pick(cap.label, lang)}: ${names(cap.over)}${counting}, ${above}${what}${dates(cap, es)}${cited(cap.cite)}`;
}

export function modifierSentence(
  definition: ProgrammeDefinition,
  modifier: Modifier,
  lang: Language,
): string {
  const say = sayer(definition, lang);
  const { es, names, value } = say;
  const over = modifier.over ? names(modifier.over) : es ? 'todo' : 'everything';
  const when = householdText(definition, modifier.when, lang);
  const round = rounded(modifier, say).map((text) => `; ${text}`);
  return es
    ? `${modifier.label.es}: si ${when}, se paga ${value(modifier.percent)} de ${over}, a lo más ${value(modifier.maxMonths)}; después el hogar sale${round}${dates(modifier, es)}${cited(modifier.cite)}`
    : `${modifier.label.en}: if ${when}, ${value(modifier.percent)} of ${over} is paid, for at most ${value(modifier.maxMonths)}; then the household leaves${round}${dates(modifier, es)}${cited(modifier.cite)}`;
}

export function retentionSentence(
  definition: ProgrammeDefinition,
  retention: Retention,
  lang: Language,
): string {
  const say = sayer(definition, lang);
  const { es, names, value } = say;
  const round = rounded(retention, say).map((text) => ` (${text})`);
  const after = retention.afterMonths
    ? `, ${es ? 'después de' : 'after'} ${value(retention.afterMonths)}`
    : '';
  return es
    ? `${retention.label.es}: se retiene ${value(retention.percent)}${round} de ${names(retention.over)} y se paga una vez al año con ${names([retention.releasedBy])}${after}; se pierde si no se presenta a más tardar el 31 de diciembre, ${value(retention.lostAfterYears)} después.${cited(retention.cite)}`
    : `${retention.label.en}: ${value(retention.percent)}${round} of ${names(retention.over)} is kept back and paid once a year against ${names([retention.releasedBy])}${after}; lost if not presented by 31 December, ${value(retention.lostAfterYears)} later.${cited(retention.cite)}`;
}
