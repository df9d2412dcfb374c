import type { Label, Language } from '../records/programme/basics.ts';
import type { Payment } from '../records/programme/payment.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import { householdText, list, memberText, parameterText, pick } from './explain-words.ts';

const CHANNEL: { readonly [channel: string]: Label } = {
  account: { es: 'en su cuenta', en: 'into its account' },
  cash: { es: 'en efectivo', en: 'in cash' },
};

/** Who is paid, how and when, and what becomes of what nobody collects or was paid too much: one sentence each. */
export function paymentSentences(definition: ProgrammeDefinition, lang: Language): string[] {
  const { payees, calendar, cutOffDay, recovery } = definition.payment;
  const es = lang === 'es';
  const value = (name: string) => parameterText(definition, name, lang);
  return [
    ...payees.map(
      ({ label, who }, i) =>
        `${es ? 'Cobra, en orden' : 'Paid, in order'} ${i + 1}: ${pick(label, lang)} — ${bare(memberText(definition, who, lang))}.`,
    ),
    ...channelSentences(definition, lang),
    unclaimedSentence(definition, lang),
    ...(calendar ?? []).map(({ digit, days }) =>
      es
        ? `Si el documento de quien cobra termina en ${digit}, se paga los días ${list(days.map(String), lang)}.`
        : `Where the payee's document ends in ${digit}, the days of payment are ${list(days.map(String), lang)}.`,
    ),
    ...(cutOffDay
      ? [
          es
            ? `El padrón se cierra el día ${cutOffDay} del mes anterior.`
            : `The roster is closed on day ${cutOffDay} of the month before.`,
        ]
      : []),
    ...(recovery ? [recoverySentence(recovery, value, es)] : []),
  ];
}

/** A test that stands alone needs no brackets around it. */
const bare = (text: string): string => text.replace(/^\((.*)\)$/, '$1');

/** A household whose test a line meets is paid by that line; the others by any line without a test. */
function channelSentences(definition: ProgrammeDefinition, lang: Language): string[] {
  const es = lang === 'es';
  const { channels } = definition.payment;
  const by = (channel: string) => CHANNEL[channel]![lang];
  const open = [...new Set(channels.filter(({ when }) => !when).map(({ channel }) => by(channel)))];
  const tested = channels.filter(({ when }) => when);
  const either = list(open, lang, { es: 'o', en: 'or' });
  return [
    ...tested.map(
      ({ when, channel }) =>
        `${es ? 'Se paga' : 'Paid'} ${by(channel)} ${es ? 'si' : 'if'} ${householdText(definition, when!, lang)}.`,
    ),
    ...(open.length === 0
      ? []
      : [`${tested.length > 0 ? (es ? 'Los demás' : 'All others') : es ? 'Se paga' : 'Paid'} ${either}.`]),
  ];
}

function unclaimedSentence(definition: ProgrammeDefinition, lang: Language): string {
  const es = lang === 'es';
  const { unclaimed } = definition.payment;
  const cite = ` [${unclaimed.cite}]`;
  const again = es ? 'se paga con la cuota siguiente' : 'is paid with the next instalment';
  const head = es ? 'Lo que nadie cobra' : 'What nobody collects';
  if (unclaimed.rule === 'accumulate') return `${head} ${again}.${cite}`;
  if (unclaimed.rule === 'expire') {
    const window = parameterText(definition, (unclaimed.days ?? unclaimed.months)!, lang);
    return es
      ? `${head} ${again} y se pierde a los ${window} de haber estado disponible.${cite}`
      : `${head} ${again}, and is lost ${window} after it was there to collect.${cite}`;
  }
  const condition = definition.conditions.find(({ id }) => id === unclaimed.condition);
  const name = condition ? pick(condition.label, lang) : unclaimed.condition;
  return es
    ? `${head} ${again}, y cuenta como falta a «${name}».${cite}`
    : `${head} ${again}, and counts as failing "${name}".${cite}`;
}

function recoverySentence(
  { percent, floor, cite }: NonNullable<Payment['recovery']>,
  value: (name: string) => string,
  es: boolean,
): string {
  const most = percent
    ? es
      ? `, a lo más ${value(percent)} de cada uno`
      : `, at most ${value(percent)} of each`
    : '';
  const least = floor ? (es ? `, sin bajar de ${value(floor)}` : `, never below ${value(floor)}`) : '';
  return es
    ? `Lo pagado de más se descuenta de los pagos siguientes${most}${least}. [${cite}]`
    : `What was paid too much is taken off later payments${most}${least}. [${cite}]`;
}
