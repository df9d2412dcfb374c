import type { Cap, ContractDefinition, Indicator, Label } from '../records/contract.ts';
import { predicateText } from './explain-predicate.ts';
import { citesOf, parameterText } from './explain-value.ts';
import { both, cited, concat, fieldLabel, join, NOTHING, quoted, same } from './explain-words.ts';

/** How a price is split over milestones; the order matters to the last cent. */
function scheduleTexts(contract: ContractDefinition): Label[] {
  return Object.entries(contract.schedules ?? {}).map(([name, { unitPrice, shares }]) => {
    const parts = shares.map(({ milestone, share }) =>
      concat(parameterText(contract, share), both(` por ${milestone}`, ` for ${milestone}`)),
    );
    const [price, text] = [quoted(contract.parameters[unitPrice]!.label), join(parts, ', ', ', ')];
    const last = shares.at(-1)!.milestone;
    return cited(
      both(
        `Pago en partes ${name}, de ${price.es}: ${text.es}; donde suman 100 %, ${last} recibe lo que dejan las otras.`,
        `Instalments ${name}, of ${price.en}: ${text.en}; where they add up to 100 %, ${last} takes what the others leave.`,
      ),
      citesOf(contract, [unitPrice, ...shares.map(({ share }) => share)]),
    );
  });
}

function capText(contract: ContractDefinition, { label, scope, limit, milestones }: Cap): Label {
  const most = parameterText(contract, limit);
  const per = {
    participant: both('por participante', 'per participant'),
    milestone: both('por hito', 'per milestone'),
    contract: both('del contrato', 'of the contract'),
  }[scope];
  const places = contract.parameters[limit]?.unit === 'count';
  const what = places ? both(`${most.es} resultados pagados`, `${most.en} paid outcomes`) : most;
  const counts = milestones
    ? both(`; contando solo ${milestones.join(', ')}`, `; counting only ${milestones.join(', ')}`)
    : both('; contando todos los hitos', '; counting all milestones');
  const shut = places
    ? both(
        '; a quien queda sin lugar tampoco se le paga lo que lo exige',
        '; whoever is left without a place is not paid for what requires it either',
      )
    : NOTHING;
  const text = both(
    `Tope ${per.es} «${label.es}»: ${what.es}${counts.es}${shut.es}.`,
    `Cap ${per.en} "${label.en}": ${what.en}${counts.en}${shut.en}.`,
  );
  return cited(text, citesOf(contract, [limit]));
}

function holdbackTexts(contract: ContractDefinition): Label[] {
  return (contract.holdbacks ?? []).map(({ share, milestones, until, cite }) => {
    const [part, which] = [parameterText(contract, share), milestones.join(', ')];
    return cited(
      both(
        `Se retiene ${part.es} de ${which} hasta ${until}.`,
        `${part.en} of ${which} is held back until ${until}.`,
      ),
      [cite],
    );
  });
}

const UNCOVERED = {
  withhold: both('espera', 'waits'),
  warn: both('se advierte', 'is flagged'),
};
/** Money that is paid early, and what must stand behind it. */
function advanceTexts(contract: ContractDefinition): Label[] {
  const { advance, guarantee } = contract;
  const texts: Label[] = [];
  if (advance) {
    const amount = parameterText(contract, advance.amount);
    const share = parameterText(contract, advance.recoverShare);
    const text = both(
      `Anticipo de ${amount.es}; se recupera con ${share.es} de cada pago.`,
      `Advance of ${amount.en}; recovered by ${share.en} of each payment.`,
    );
    texts.push(cited(text, [advance.cite]));
  }
  if (guarantee) {
    const { covers, effect, whenUnstated = effect } = guarantee;
    const what =
      covers === 'advance'
        ? both('el anticipo', 'the advance')
        : both(`lo pagado por ${covers.join(', ')}`, `what was paid for ${covers.join(', ')}`);
    const [then, silent] = [UNCOVERED[effect], UNCOVERED[whenUnstated]];
    const unstated =
      whenUnstated === effect
        ? NOTHING
        : both(
            `; donde nada se dice de garantías, ${silent.es}`,
            `; where nothing is said of guarantees, it ${silent.en}`,
          );
    const text = both(
      `Una garantía bancaria cubre ${what.es}; lo no cubierto ${then.es}${unstated.es}.`,
      `A bank guarantee covers ${what.en}; what is not covered ${then.en}${unstated.en}.`,
    );
    texts.push(cited(text, [guarantee.cite]));
  }
  return texts;
}

/** Money that comes back. */
function clawbackTexts(contract: ContractDefinition): Label[] {
  const { clawback } = contract;
  if (!clawback) return [];
  const most = parameterText(contract, clawback.maxShare);
  const unless = (clawback.unless ?? []).map(({ milestone, follows, months, share }) => {
    const time = parameterText(contract, months);
    const part = share ? parameterText(contract, share) : undefined;
    return both(
      `Debe devolverse ${part ? `${part.es} de lo pagado` : 'lo pagado'} por ${milestone} si no le sigue ${follows} en ${time.es}.`,
      `${part ? `${part.en} of what` : 'What'} was paid for ${milestone} must be returned unless ${follows} follows within ${time.en}.`,
    );
  });
  const netted = both(
    `Lo que debe devolverse se descuenta de pagos posteriores, a lo más ${most.es} de cada uno.`,
    `What must be returned is netted from later payments, at most ${most.en} of each.`,
  );
  return [netted, ...unless].map((text) => cited(text, [clawback.cite]));
}

function equityTexts(contract: ContractDefinition): Label[] {
  return (contract.equityFloors ?? []).map(({ label, atLeast, milestone, group, effect, cite }) => {
    const least = parameterText(contract, atLeast);
    const who = group ? predicateText(contract, group) : undefined;
    const held = effect === 'report' ? undefined : parameterText(contract, effect.withhold);
    const text = both(
      `Equidad «${label.es}»: al menos ${least.es} en ${milestone}`,
      `Equity "${label.en}": at least ${least.en} in ${milestone}`,
    );
    return cited(
      concat(
        text,
        who
          ? both(` son quienes cumplen: ${who.es}`, ` are those who meet this: ${who.en}`)
          : both(
              '; el grupo no se publicó, de modo que no puede medirse',
              '; the group was not published, so that it cannot be measured',
            ),
        held
          ? both(
              `; mientras no se alcance, espera ${held.es} de cada pago`,
              `; until it is met, ${held.en} of each payment waits`,
            )
          : both('; se informa a quien aprueba', '; reported to the approver'),
        same('.'),
      ),
      [cite],
    );
  });
}

/** What a rate is of what. */
function rateText(contract: ContractDefinition, indicator: Indicator): Label {
  if ('event' in indicator) {
    const report = quoted(contract.events[indicator.event]?.label ?? same(indicator.event));
    const field = fieldLabel(contract, indicator.field, indicator.event);
    const target = indicator.target ? parameterText(contract, indicator.target) : undefined;
    return both(
      `${field.es} del último ${report.es}${target ? `, sobre ${target.es}` : ''}`,
      `${field.en} of the latest ${report.en}${target ? `, over ${target.en}` : ''}`,
    );
  }
  const top = both(`participantes con ${indicator.milestone}`, `participants with ${indicator.milestone}`);
  const bottom =
    'over' in indicator
      ? both(`participantes con ${indicator.over}`, `participants with ${indicator.over}`)
      : parameterText(contract, indicator.target);
  return both(`${top.es} sobre ${bottom.es}`, `${top.en} over ${bottom.en}`);
}

const indicatorTexts = (contract: ContractDefinition): Label[] =>
  Object.values(contract.indicators ?? {}).map((indicator) => {
    const [label, rate] = [indicator.label, rateText(contract, indicator)];
    return cited(both(`Se mide «${label.es}»: ${rate.es}.`, `Measured "${label.en}": ${rate.en}.`), [
      indicator.cite,
    ]);
  });

const targetTexts = (contract: ContractDefinition): Label[] =>
  (contract.targets ?? []).map(({ indicator, atLeast, cite }) => {
    const label = contract.indicators?.[indicator]?.label ?? same(indicator);
    const least = parameterText(contract, atLeast);
    return cited(
      both(
        `Meta «${label.es}»: al menos ${least.es}; se informa a quien aprueba.`,
        `Target "${label.en}": at least ${least.en}; reported to the approver.`,
      ),
      [cite],
    );
  });

/** What limits, delays or takes back what the milestones earn, and what is measured beside it. */
export const ruleTexts = (contract: ContractDefinition): Label[] => [
  ...scheduleTexts(contract),
  ...(contract.caps ?? []).map((cap) => capText(contract, cap)),
  ...holdbackTexts(contract),
  ...advanceTexts(contract),
  ...clawbackTexts(contract),
  ...equityTexts(contract),
  ...indicatorTexts(contract),
  ...targetTexts(contract),
];
