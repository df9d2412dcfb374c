import type { ContractDefinition, EventKind, Field, Label } from '../records/contract.ts';
import { notPublished } from '../records/contract-parameters.ts';
import { milestoneText, outcomeTexts } from './explain-milestone.ts';
import { predicateText } from './explain-predicate.ts';
import { ruleTexts } from './explain-rules.ts';
import { valueTexts } from './explain-value.ts';
import { verificationTexts } from './explain-verification.ts';
import { both, cited, concat, NOTHING, same } from './explain-words.ts';

export type Section = { readonly title: Label; readonly lines: readonly Label[] };

const fieldText = ([name, field]: [string, Field]): Label => {
  const also = Object.entries(field.alsoWritten ?? {}).map(([text, value]) => `${text} = ${value}`);
  const values = [...(field.values ?? []), ...also].join(' | ');
  const type = [values && field.type === 'text' ? '' : field.type, values].filter(Boolean).join(': ');
  const other = field.otherCountries;
  const own = field.notProvider
    ? both(
        '; si es el propio instituto, nada prueba',
        '; where it is the institute itself, it proves nothing',
      )
    : NOTHING;
  return both(
    `${name} (${type}${other ? ` | otro país = ${other}` : ''})${field.required ? '' : ', opcional'}: ${field.label.es}${own.es}`,
    `${name} (${type}${other ? ` | another country = ${other}` : ''})${field.required ? '' : ', optional'}: ${field.label.en}${own.en}`,
  );
};

const COVERS = {
  day: both('su día', 'its day'),
  week: both('siete días', 'seven days'),
  month: both('su mes', 'its month'),
  open: both('todo el tiempo hasta la liquidación', 'all the time up to the settlement'),
};
function eventTexts([kind, event]: [string, EventKind]): Label[] {
  const covers = COVERS[event.covers ?? 'day'];
  const stands = both(
    `; sin \`end\` vale por ${covers.es}`,
    `; without an \`end\` it stands for ${covers.en}`,
  );
  const whose =
    event.level === 'contract'
      ? both(
          '; es de todo el contrato, no de un participante',
          '; of the whole contract, not of one participant',
        )
      : NOTHING;
  const label = both(`${kind}: ${event.label.es}`, `${kind}: ${event.label.en}`);
  const fields = Object.entries(event.fields).map((field) => concat(same('  '), fieldText(field)));
  return [concat(label, whose, stands), ...fields];
}

const ROUNDING = {
  half_up: both('a la unidad más cercana, la mitad hacia arriba', 'to the nearest unit, half of one upwards'),
  half_even: both(
    'a la unidad más cercana, la mitad a la par',
    'to the nearest unit, half of one to the even one',
  ),
  up: both('hacia arriba', 'upwards'),
  down: both('hacia abajo', 'downwards'),
};
/** Which contract it is, when and for whom it holds, and how its money is rounded. */
function termTexts(contract: ContractDefinition): Label[] {
  const { id, version, country, currency, payer, providers, dates, rounding } = contract;
  const { from, until, claimsUntil, cite } = dates;
  const round = ROUNDING[rounding];
  return [
    both(
      `Contrato ${id}, versión ${version}, país ${country}.`,
      `Contract ${id}, version ${version}, country ${country}.`,
    ),
    cited(
      both(
        `Vigencia: ${from ?? 'inicio no publicado'} a ${until ?? 'sin fin publicado'}${claimsUntil ? `; se liquida hasta ${claimsUntil}` : ''}. Moneda ${currency}. Paga ${payer}.`,
        `In force: ${from ?? 'start not published'} to ${until ?? 'no published end'}${claimsUntil ? `; settled until ${claimsUntil}` : ''}. Currency ${currency}. Paid by ${payer}.`,
      ),
      [cite],
    ),
    providers
      ? both(`Solo se paga a ${providers.join(', ')}.`, `Only ${providers.join(', ')} may be paid.`)
      : both('Se paga a cualquier instituto registrado.', 'Any registered institute may be paid.'),
    both(
      `Las partes de un monto se redondean ${round.es}, en la unidad menor de la moneda.`,
      `Parts of an amount are rounded ${round.en}, in the currency's minor unit.`,
    ),
  ];
}

function eligibilityTexts(contract: ContractDefinition): Label[] {
  const { eligibility } = contract;
  if (!eligibility) return [];
  const only = both('Solo se paga por quien cumple: ', 'Paid only for those who meet this: ');
  return [cited(concat(only, predicateText(contract, eligibility.predicate), same('.')), [eligibility.cite])];
}

const calendarTexts = (contract: ContractDefinition): Label[] =>
  Object.entries(contract.calendars ?? {}).map(([name, spans]) => {
    const days = (es: string, en: string) => spans.map(({ from, until }) => `${es}${from} ${en} ${until}`);
    return both(`${name}: ${days('del ', 'al').join(', ')}`, `${name}: ${days('', 'to').join(', ')}`);
  });

/** A contract as sections of sentences, Spanish and English: what a case may say, and what each rule does. */
export function explainContract(contract: ContractDefinition): Section[] {
  const missing = notPublished(contract).map((name) => {
    const label = contract.parameters[name]!.label;
    return both(`${name}: ${label.es}`, `${name}: ${label.en}`);
  });
  const sections: Section[] = [
    { title: contract.name, lines: termTexts(contract) },
    {
      title: both('Participantes', 'Participants'),
      lines: [...Object.entries(contract.attributes).map(fieldText), ...eligibilityTexts(contract)],
    },
    { title: both('Hechos', 'Events'), lines: Object.entries(contract.events).flatMap(eventTexts) },
    { title: both('Calendarios', 'Calendars'), lines: calendarTexts(contract) },
    { title: both('Otros resultados', 'Other outcomes'), lines: outcomeTexts(contract) },
    {
      title: both('Hitos y precios', 'Milestones and prices'),
      lines: contract.milestones.map((item) => milestoneText(contract, item)),
    },
    {
      title: both('Reglas', 'Rules'),
      lines: [...ruleTexts(contract), ...verificationTexts(contract)],
    },
    { title: both('Valores', 'Values'), lines: valueTexts(contract) },
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
