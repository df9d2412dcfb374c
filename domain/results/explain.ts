import { type Currency, formatAmount, type Minor, minor } from '../kernel/money.ts';
import type { ContractDefinition, Label } from '../records/contract.ts';
import type { DisbursementLine } from './settlement.ts';

type Explained = Pick<
  ContractDefinition,
  'milestones' | 'caps' | 'currency' | 'parameters' | 'indicators' | 'schedules'
>;

const money = (amount: number, currency: Currency): string =>
  `${currency} ${formatAmount(minor(amount), currency)}`;

/** Which rule made the amount, in the definition's own labels. */
function ruleText(contract: Explained, line: DisbursementLine): Label {
  const price = contract.milestones.find((item) => item.id === line.milestone)?.price;
  const label = (name: string): Label => contract.parameters[name]?.label ?? { es: name, en: name };
  const percent = /\(([\d.]+ %)\)/.exec(line.rule)?.[1] ?? '';
  const whole = money(line.priceMinor, contract.currency);
  if (price?.type === 'unit')
    return { es: `«${label(price.parameter).es}»`, en: `"${label(price.parameter).en}"` };
  if (price?.type === 'instalment' || price?.type === 'share') {
    const base = label(
      price.type === 'share' ? price.of : (contract.schedules?.[price.schedule]?.unitPrice ?? ''),
    );
    return { es: `${percent} de ${whole} («${base.es}»)`, en: `${percent} of ${whole} ("${base.en}")` };
  }
  const indicator = price?.type === 'performance' ? contract.indicators?.[price.indicator]?.label : undefined;
  return { es: `según «${indicator?.es}» sobre ${whole}`, en: `by "${indicator?.en}" on ${whole}` };
}

/** The two rules of a deduction (`deduct` in pay.ts) in Spanish. */
const sampleRule = (rule: string): string =>
  rule
    .replace(
      /^sample of (.+): (\d+) of (\d+) wrong, projected on (\d+)$/,
      'muestra de $1: $2 de $3 equivocados, proyectado sobre $4',
    )
    .replace(
      /^sample of (.+), judged (\S+): its share of wrong money, on (\d+) paid now$/,
      'muestra de $1, juzgada el $2: su parte de dinero equivocado, sobre $3 que se pagan ahora',
    );

function moved(line: DisbursementLine, text: (amount: Minor) => string): Label | undefined {
  const amount = text(minor(Math.abs(line.amountMinor)));
  switch (line.kind) {
    case 'release':
      return {
        es: `Se libera ${amount} de «${line.milestone}» de ${line.participant} (${line.rule.replace(/^held since/, 'retenido desde')}).`,
        en: `${amount} of "${line.milestone}" of ${line.participant} is released (${line.rule}).`,
      };
    case 'advance':
      return { es: `Anticipo de ${amount}.`, en: `Advance of ${amount}.` };
    case 'advance_recovery':
      return {
        es: `Se descuentan ${amount} para recuperar el anticipo.`,
        en: `${amount} is taken to recover the advance.`,
      };
    case 'clawback':
      return {
        es: `Se descuentan ${amount} por pagos que deben devolverse.`,
        en: `${amount} is netted for payments that must be returned.`,
      };
    case 'deduction':
      return {
        es: `Se descuentan ${amount} por error de la muestra: ${sampleRule(line.rule)}.`,
        en: `${amount} is deducted for the sample's error: ${line.rule}.`,
      };
    default:
      return undefined;
  }
}

/**
 * One line of a disbursement as a sentence, Spanish and English: who, what was reached and when, by which rule, the
 * price, and what a cap or a holdback took.
 */
export function explainLine(contract: Explained, line: DisbursementLine): Label {
  const text = (amount: number) => money(amount, contract.currency);
  const movement = moved(line, text);
  if (movement) return movement;
  const milestone = contract.milestones.find((item) => item.id === line.milestone)?.label ?? {
    es: line.milestone,
    en: line.milestone,
  };
  const nth = line.key.split('#')[1];
  const rule = ruleText(contract, line);
  const cap = contract.caps?.find((item) => item.id === line.cappedBy)?.label;
  const es = [
    `${line.participant ? `${line.participant}: ` : ''}${milestone.es}${nth ? ` (n.º ${nth})` : ''} el ${line.outcomeOn}, ${rule.es}: ${text(line.earnedMinor)}`,
  ];
  const en = [
    `${line.participant ? `${line.participant}: ` : ''}${milestone.en}${nth ? ` (no. ${nth})` : ''} on ${line.outcomeOn}, ${rule.en}: ${text(line.earnedMinor)}`,
  ];
  if (line.cappedMinor > 0) {
    es.push(`el tope «${cap?.es ?? line.cappedBy}» quita ${text(line.cappedMinor)}`);
    en.push(`the cap "${cap?.en ?? line.cappedBy}" takes ${text(line.cappedMinor)}`);
  }
  if (line.withheldMinor > 0) {
    es.push(`se retiene ${text(line.withheldMinor)}`);
    en.push(`${text(line.withheldMinor)} is held back`);
  }
  if (line.amountMinor !== line.earnedMinor) {
    es.push(`se paga ${text(line.amountMinor)}`);
    en.push(`${text(line.amountMinor)} is paid`);
  }
  return { es: `${es.join('; ')}.`, en: `${en.join('; ')}.` };
}
