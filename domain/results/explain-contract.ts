import type { Cap, ContractDefinition, Field, Label, Milestone } from '../records/contract.ts';
import { notPublished } from '../records/contract-parameters.ts';
import { both, join, parameterText, predicateText } from './explain-predicate.ts';

export type Section = { readonly title: Label; readonly lines: readonly Label[] };

export function priceText(contract: ContractDefinition, milestone: Milestone): Label {
  const { price } = milestone;
  const p = (name: string) => parameterText(contract, name);
  if (price.type === 'unit') return p(price.parameter);
  if (price.type === 'share') {
    const [share, base] = [p(price.share), p(price.of)];
    return both(`${share.es} de ${base.es}`, `${share.en} of ${base.en}`);
  }
  if (price.type === 'instalment') {
    const schedule = contract.schedules?.[price.schedule];
    const share = p(schedule?.shares.find((part) => part.milestone === milestone.id)?.share ?? '');
    const whole = p(schedule?.unitPrice ?? '');
    return both(`${share.es} de ${whole.es}`, `${share.en} of ${whole.en}`);
  }
  const base = p(price.base);
  const share = price.share ? p(price.share) : both('100 %', '100 %');
  const indicator = contract.indicators?.[price.indicator]?.label ?? both(price.indicator, price.indicator);
  const PAYS = {
    nothing: both('nada', 'nothing'),
    full: both('todo', 'in full'),
    pro_rata: both('en proporción', 'pro rata'),
  };
  const bands = price.bands.map((band) => {
    const from = p(band.from);
    const pays = typeof band.pays === 'object' ? p(band.pays.share) : PAYS[band.pays];
    return both(`desde ${from.es}: ${pays.es}`, `from ${from.en}: ${pays.en}`);
  });
  const text = join(bands, ', ', ', ');
  return both(
    `${share.es} de ${base.es} según «${indicator.es}» (${text.es})`,
    `${share.en} of ${base.en} by "${indicator.en}" (${text.en})`,
  );
}

/** A sentence with the sources that it rests on, by their names in the list of sources: "... [sibs]". */
function cited(text: Label, cites: readonly string[]): Label {
  const names = [...new Set(cites)].join(', ');
  return names === '' ? text : both(`${text.es} [${names}]`, `${text.en} [${names}]`);
}
const citesOf = (contract: ContractDefinition, parameters: readonly (string | undefined)[]): string[] =>
  parameters.flatMap((name) => contract.parameters[name ?? '']?.values.map(({ cite }) => cite) ?? []);

/** Where a milestone, its outcome and its price come from. */
function milestoneCites(contract: ContractDefinition, { cite, outcome, price, repeat }: Milestone): string[] {
  const schedule = price.type === 'instalment' ? contract.schedules?.[price.schedule] : undefined;
  const named = Object.values({ ...price, ...repeat, unitPrice: schedule?.unitPrice });
  const shares = schedule?.shares.map(({ share }) => share) ?? [];
  const texts = named.filter((name) => typeof name === 'string');
  return [cite, contract.outcomes[outcome ?? '']?.cite ?? cite, ...citesOf(contract, [...texts, ...shares])];
}

function milestoneText(contract: ContractDefinition, milestone: Milestone): Label {
  const outcome = milestone.outcome ? contract.outcomes[milestone.outcome] : undefined;
  const when = outcome ? predicateText(contract, outcome.predicate) : undefined;
  const price = priceText(contract, milestone);
  const after = milestone.requires?.length
    ? both(
        `; exige antes ${milestone.requires.join(', ')}`,
        `; requires ${milestone.requires.join(', ')} first`,
      )
    : both('', '');
  const again = milestone.repeat
    ? both(
        `; se repite cada ${parameterText(contract, milestone.repeat.everyWeeks).es} más, a lo sumo ${parameterText(contract, milestone.repeat.atMost).es} veces`,
        `; again for every ${parameterText(contract, milestone.repeat.everyWeeks).en} more, at most ${parameterText(contract, milestone.repeat.atMost).en} times`,
      )
    : both('', '');
  const text = both(
    `${milestone.id} — ${milestone.label.es}: ${price.es}${when ? ` cuando ${when.es}` : ''}${again.es}${after.es}.`,
    `${milestone.id} — ${milestone.label.en}: ${price.en}${when ? ` when ${when.en}` : ''}${again.en}${after.en}.`,
  );
  return cited(text, milestoneCites(contract, milestone));
}

const fieldText = ([name, field]: [string, Field]): Label => {
  const also = Object.entries(field.alsoWritten ?? {}).map(([text, value]) => `${text} = ${value}`);
  const type = field.values ? [...field.values, ...also].join(' | ') : field.type;
  const other = field.otherCountries;
  return both(
    `${name} (${type}${other ? ` | otro país = ${other}` : ''})${field.required ? '' : ', opcional'}: ${field.label.es}`,
    `${name} (${type}${other ? ` | another country = ${other}` : ''})${field.required ? '' : ', optional'}: ${field.label.en}`,
  );
};

function capText(contract: ContractDefinition, cap: Cap): Label {
  const limit = parameterText(contract, cap.limit);
  const per = {
    participant: both('por participante', 'per participant'),
    milestone: both('por hito', 'per milestone'),
    contract: both('del contrato', 'of the contract'),
  }[cap.scope];
  const text = both(
    `Tope ${per.es} «${cap.label.es}»: ${limit.es}.`,
    `Cap ${per.en} "${cap.label.en}": ${limit.en}.`,
  );
  return cited(text, citesOf(contract, [cap.limit]));
}

/** Money that is paid early, and money that comes back. */
function advanceTexts(contract: ContractDefinition): Label[] {
  const p = (name: string) => parameterText(contract, name);
  const { advance, guarantee, clawback } = contract;
  const texts: Label[] = [];
  if (advance) {
    const [amount, share] = [p(advance.amount), p(advance.recoverShare)];
    texts.push(
      cited(
        both(
          `Anticipo de ${amount.es}; se recupera con ${share.es} de cada pago.`,
          `Advance of ${amount.en}; recovered by ${share.en} of each payment.`,
        ),
        [advance.cite],
      ),
    );
  }
  if (guarantee) {
    const what = String(guarantee.covers);
    const [es, en] = guarantee.effect === 'withhold' ? ['espera', 'waits'] : ['se advierte', 'is flagged'];
    texts.push(
      cited(
        both(
          `Una garantía bancaria cubre ${what}; lo no cubierto ${es}.`,
          `A bank guarantee covers ${what}; what is not covered ${en}.`,
        ),
        [guarantee.cite],
      ),
    );
  }
  if (clawback) {
    const most = p(clawback.maxShare);
    texts.push(
      cited(
        both(
          `Lo que debe devolverse se descuenta de pagos posteriores, a lo más ${most.es} de cada uno.`,
          `What must be returned is netted from later payments, at most ${most.en} of each.`,
        ),
        [clawback.cite],
      ),
    );
  }
  return texts;
}

const targetTexts = (contract: ContractDefinition): Label[] =>
  (contract.targets ?? []).map(({ indicator, atLeast, cite }) => {
    const label = contract.indicators?.[indicator]?.label ?? both(indicator, indicator);
    const least = parameterText(contract, atLeast);
    return cited(
      both(`Meta «${label.es}»: al menos ${least.es}.`, `Target "${label.en}": at least ${least.en}.`),
      [cite],
    );
  });

function rules(contract: ContractDefinition): Label[] {
  const p = (name: string) => parameterText(contract, name);
  const { holdbacks = [], caps = [], equityFloors = [], verification } = contract;
  const texts = caps.map((cap) => capText(contract, cap));
  for (const { share, milestones, until, cite } of holdbacks)
    texts.push(
      cited(
        both(
          `Se retiene ${p(share).es} de ${milestones.join(', ')} hasta ${until}.`,
          `${p(share).en} of ${milestones.join(', ')} is held back until ${until}.`,
        ),
        [cite],
      ),
    );
  texts.push(...advanceTexts(contract));
  for (const floor of equityFloors)
    texts.push(
      cited(
        both(
          `Equidad «${floor.label.es}»: al menos ${p(floor.atLeast).es} en ${floor.milestone}.`,
          `Equity "${floor.label.en}": at least ${p(floor.atLeast).en} in ${floor.milestone}.`,
        ),
        [floor.cite],
      ),
    );
  texts.push(...targetTexts(contract));
  if (verification) {
    const [sure, margin, most] = [
      p(verification.confidence),
      p(verification.margin),
      p(verification.tolerance),
    ];
    texts.push(
      cited(
        both(
          `Se verifica una muestra: confianza ${sure.es}, margen ${margin.es}, tolerancia ${most.es}.`,
          `A sample is verified: confidence ${sure.en}, margin ${margin.en}, tolerance ${most.en}.`,
        ),
        [verification.cite],
      ),
    );
  }
  return texts;
}

/** A contract as sections of sentences, Spanish and English: what a case may say, and what each rule does. */
export function explainContract(contract: ContractDefinition): Section[] {
  const { from, until, claimsUntil } = contract.dates;
  const dates = both(
    `Vigencia: ${from ?? 'inicio no publicado'} a ${until ?? 'sin fin publicado'}${claimsUntil ? `; se liquida hasta ${claimsUntil}` : ''}. Moneda ${contract.currency}. Paga ${contract.payer}. [${contract.dates.cite}]`,
    `In force: ${from ?? 'start not published'} to ${until ?? 'no published end'}${claimsUntil ? `; settled until ${claimsUntil}` : ''}. Currency ${contract.currency}. Paid by ${contract.payer}. [${contract.dates.cite}]`,
  );
  const events = Object.entries(contract.events).flatMap(([kind, event]) => [
    both(`${kind}: ${event.label.es}`, `${kind}: ${event.label.en}`),
    ...Object.entries(event.fields)
      .map(fieldText)
      .map((text) => both(`  ${text.es}`, `  ${text.en}`)),
  ]);
  const missing = notPublished(contract).map((name) => {
    const label = contract.parameters[name]!.label;
    return both(`${name}: ${label.es}`, `${name}: ${label.en}`);
  });
  const eligibility = contract.eligibility
    ? [cited(predicateText(contract, contract.eligibility.predicate), [contract.eligibility.cite])]
    : [];
  const sections: Section[] = [
    { title: contract.name, lines: [dates] },
    {
      title: both('Participantes', 'Participants'),
      lines: [...Object.entries(contract.attributes).map(fieldText), ...eligibility],
    },
    { title: both('Hechos', 'Events'), lines: events },
    {
      title: both('Hitos y precios', 'Milestones and prices'),
      lines: contract.milestones.map((item) => milestoneText(contract, item)),
    },
    { title: both('Reglas', 'Rules'), lines: rules(contract) },
    { title: both('Valores no publicados', 'Values not published'), lines: missing },
    { title: both('Lecturas', 'Readings'), lines: contract.notes ?? [] },
    {
      title: both('Fuentes', 'Sources'),
      lines: Object.entries(contract.sources).map(([id, source]) => {
        const text = `${id}: ${source.title}${source.url ? `, ${source.url}` : ''}${source.year ? ` (${source.year})` : ''} [${source.confidence}]`;
        return both(text, text);
      }),
    },
  ];
  return sections.filter((section) => section.lines.length > 0);
}
