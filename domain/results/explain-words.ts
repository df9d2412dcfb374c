import type { ContractDefinition, Label } from '../records/contract.ts';

export const both = (es: string, en: string): Label => ({ es, en });
export const same = (text: string): Label => both(text, text);
export const NOTHING = same('');
export const join = (labels: readonly Label[], es: string, en: string): Label =>
  both(labels.map((label) => label.es).join(es), labels.map((label) => label.en).join(en));
/** Parts one after another, as they stand. */
export const concat = (...labels: readonly Label[]): Label => join(labels, '', '');

/** The words of a definition, in the marks that each language quotes with. */
export const quoted = (label: Label): Label => both(`«${label.es}»`, `"${label.en}"`);

/** A sentence with the sources that it rests on, by their names in the list of sources: "... [sibs]". */
export function cited(text: Label, cites: readonly string[]): Label {
  const names = [...new Set(cites)].join(', ');
  return names === '' ? text : concat(text, same(` [${names}]`));
}

/** A field of an event, or an attribute of the participant, by its label. */
export function fieldLabel(contract: ContractDefinition, field: string, kind?: string): Label {
  const fields = kind === undefined ? contract.attributes : contract.events[kind]?.fields;
  return quoted(fields?.[field]?.label ?? same(field));
}
