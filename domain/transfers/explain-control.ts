import type { Frequency } from '../kernel/period.ts';
import type { Label, Language } from '../records/programme/basics.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import { countedAmong } from './anomalies.ts';
import { ageDayText, parameterText, pick } from './explain-words.ts';

type Anomaly = ProgrammeDefinition['anomalies'][number];
type Incompatibility = ProgrammeDefinition['incompatibilities'][number];

const EVERY: Readonly<Record<Frequency, Label>> = {
  monthly: { es: 'cada mes', en: 'every month' },
  bimonthly: { es: 'cada dos meses', en: 'every two months' },
  quarterly: { es: 'cada tres meses', en: 'every three months' },
  four_monthly: { es: 'cada cuatro meses', en: 'every four months' },
  semiannual: { es: 'cada seis meses', en: 'every six months' },
  annual: { es: 'cada año', en: 'every year' },
};

const MONTH: readonly Label[] = [
  ...[
    { es: 'enero', en: 'January' },
    { es: 'febrero', en: 'February' },
    { es: 'marzo', en: 'March' },
    { es: 'abril', en: 'April' },
    { es: 'mayo', en: 'May' },
    { es: 'junio', en: 'June' },
  ],
  ...[
    { es: 'julio', en: 'July' },
    { es: 'agosto', en: 'August' },
    { es: 'septiembre', en: 'September' },
    { es: 'octubre', en: 'October' },
    { es: 'noviembre', en: 'November' },
    { es: 'diciembre', en: 'December' },
  ],
];

/** How often the programme pays, and on which day ages are taken. */
export function periodSentences(definition: ProgrammeDefinition, lang: Language): string[] {
  const es = lang === 'es';
  const { frequency, anchorMonth, from, until, ageAt } = definition;
  const start =
    frequency === 'monthly'
      ? ''
      : `; ${es ? 'los períodos se cuentan desde' : 'periods are counted from'} ${MONTH[anchorMonth - 1]![lang]}`;
  const end = until ? ` ${es ? 'hasta' : 'until'} ${until}` : '';
  return [
    `${es ? 'Se paga' : 'Paid'} ${EVERY[frequency][lang]}${start}; ${es ? 'desde' : 'from'} ${from}${end}.`,
    `${es ? 'Las edades se toman' : 'Ages are taken'} ${ageDayText(ageAt, lang)}.`,
  ];
}

/** When a household enters, how long it waits and stays, and when its registration is renewed. */
export function staySentences(definition: ProgrammeDefinition, lang: Language): string[] {
  const { stay } = definition;
  if (!stay) return [];
  const es = lang === 'es';
  const value = (name: string) => parameterText(definition, name, lang);
  const attribute = (name: string) => `«${definition.attributes[name]?.label[lang] ?? name}»`;
  const { entered, waitMonths, maxMonths, recertifyMonths, certified, cite } = stay;
  const since = certified ? `, ${es ? 'contados desde' : 'counted from'} ${attribute(certified)}` : '';
  return [
    ...(entered
      ? [
          `${es ? 'El primer mes del hogar en el programa es' : "A household's first month in the programme is"} ${attribute(entered)}`,
        ]
      : []),
    ...(waitMonths
      ? [
          `${es ? 'El hogar espera' : 'A household waits'} ${value(waitMonths)} ${es ? 'antes del primer pago' : 'before it is first paid'}`,
        ]
      : []),
    ...(maxMonths
      ? [`${es ? 'El hogar permanece a lo más' : 'A household stays at most'} ${value(maxMonths)}`]
      : []),
    ...(recertifyMonths
      ? [
          `${es ? 'El registro se renueva cada' : 'The registration is renewed every'} ${value(recertifyMonths)}${since}`,
        ]
      : []),
  ].map((sentence) => `${sentence}. [${cite}]`);
}

/** What the approver is shown, as an ending of "shown to the approver: …". */
const SHOWN: Readonly<Record<Anomaly['kind'], Label>> = {
  person_in_two_households: { es: 'personas en varios hogares', en: 'persons in several households' },
  account_in_several_households: { es: 'cuentas de varios hogares', en: 'accounts of several households' },
  incompatible_programme: {
    es: 'hogares que cobran de un programa incompatible',
    en: 'households paid by an incompatible programme',
  },
  recertification_due: { es: 'registros por renovar', en: 'registrations to be renewed' },
  unverified_share: { es: 'verificaciones sin evidencia', en: 'checks without evidence' },
  amount_change: { es: 'importes que cambian', en: 'amounts that change' },
  payee_out_of_order: {
    es: 'pagos a quien no es el primero en el orden',
    en: 'payees who are not the first in the order',
  },
  channel_out_of_rule: {
    es: 'pagos por otro canal que el de la regla',
    en: 'payments by another channel than the rule says',
  },
  payee_changed: { es: 'cuentas o personas que cambian', en: 'accounts or payees that change' },
};
const AMONG: Readonly<Record<ReturnType<typeof countedAmong>, Label>> = {
  households: { es: 'de los hogares', en: 'of households' },
  checks: { es: 'de las verificaciones', en: 'of checks' },
};

/** What being paid by another programme does. */
export function incompatibilitySentence(
  definition: ProgrammeDefinition,
  { programme, label, effect, attribute, from, until, cite }: Incompatibility,
  lang: Language,
): string {
  const es = lang === 'es';
  const known = attribute
    ? ` (${es ? 'lo dice' : 'told by'} «${definition.attributes[attribute]?.label[lang] ?? attribute}»)`
    : '';
  const shown = es ? 'se muestra a quien aprueba' : 'shown to the approver';
  const excluded = es ? 'no se paga a quien lo cobra' : 'whoever is paid by it is not paid';
  const dated = `${from ? ` ${es ? 'desde' : 'from'} ${from}` : ''}${until ? ` ${es ? 'hasta' : 'until'} ${until}` : ''}`;
  return `${pick(label, lang)} (${programme})${known}: ${effect === 'exclude' ? excluded : shown}${dated}. [${cite}]`;
}

/** What stands before the approver, from where on, and where it stops a cycle. */
export function anomalySentence({ kind, tolerate, stopAbovePct }: Anomaly, lang: Language): string {
  const es = lang === 'es';
  const unit = kind === 'amount_change' ? ' %' : '';
  const normal = tolerate === undefined ? '' : ` (${es ? 'más de' : 'more than'} ${tolerate}${unit})`;
  const among = AMONG[countedAmong(kind)][lang];
  const stops =
    stopAbovePct === undefined
      ? ''
      : es
        ? `; el ciclo se detiene por encima de ${stopAbovePct} % ${among}`
        : `; above ${stopAbovePct} % ${among} the cycle stops`;
  return `${es ? 'Se muestran a quien aprueba' : 'Shown to the approver'}: ${SHOWN[kind][lang]}${normal}${stops}.`;
}

export const approvalSentence = ({ approval, currency }: ProgrammeDefinition, lang: Language): string =>
  lang === 'es'
    ? `Quien abre el ciclo no lo aprueba; desde ${currency} ${approval.secondCheckerFrom} aprueban dos personas.`
    : `Whoever opens a cycle does not approve it; from ${currency} ${approval.secondCheckerFrom} on, two people approve.`;

/** Who must approve, which other programmes count, and what stands before the approver or stops a cycle. */
export const controlSentences = (definition: ProgrammeDefinition, lang: Language): string[] => [
  approvalSentence(definition, lang),
  ...definition.incompatibilities.map((item) => incompatibilitySentence(definition, item, lang)),
  ...definition.anomalies.map((item) => anomalySentence(item, lang)),
];
