import { canonicalJson } from '../kernel/hash.ts';
import type { Language } from '../records/programme/basics.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import { benefitSentence, capSentence, modifierSentence, retentionSentence } from './explain-benefit.ts';
import { conditionSentence, ladderSentences } from './explain-condition.ts';
import { householdText, pick, valueText } from './explain-words.ts';

export type Difference = {
  /** Where in the definition: "benefits.base", "parameters.base 2025-01". */
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly before?: string;
  readonly after?: string;
};

/** Every rule of a definition by its path: what decides whether it changed, and how it reads. */
type Rules = ReadonlyMap<string, { readonly data: string; readonly sentence: string }>;

function rulesOf(definition: ProgrammeDefinition, lang: Language): Rules {
  const rules = new Map<string, { data: string; sentence: string }>();
  const put = (path: string, data: unknown, sentence: string) => {
    rules.set(path, { data: canonicalJson(data), sentence });
  };
  const { eligibility, retention, payment, stay } = definition;
  put(
    'eligibility',
    eligibility,
    `${pick(eligibility.label, lang)}: ${householdText(definition, eligibility.rule, lang)}`,
  );
  for (const item of definition.conditions)
    put(`conditions.${item.id}`, item, conditionSentence(definition, item, lang));
  for (const item of definition.benefits)
    put(`benefits.${item.id}`, item, benefitSentence(definition, item, lang));
  for (const item of definition.caps) put(`caps.${item.id}`, item, capSentence(definition, item, lang));
  for (const item of definition.modifiers)
    put(`modifiers.${item.id}`, item, modifierSentence(definition, item, lang));
  for (const item of definition.ladders)
    put(`ladders.${item.id}`, item, ladderSentences(definition, item, lang).join('\n'));
  if (retention) put('retention', retention, retentionSentence(definition, retention, lang));
  for (const [name, group] of Object.entries(definition.groups))
    put(`groups.${name}`, group, canonicalJson(group));
  for (const [name, parameter] of Object.entries(definition.parameters))
    for (const value of parameter.values)
      put(
        `parameters.${name} ${value.from}`,
        value,
        `${pick(parameter.label, lang)}, ${value.from}–${value.until ?? ''}: ${valueText(definition, parameter, value, lang)} [${value.cite}]`,
      );
  put('payment', payment, canonicalJson(payment));
  if (stay) put('stay', stay, canonicalJson(stay));
  const { frequency, anchorMonth, ageAt, currency, from, until } = definition;
  put(
    'period',
    { frequency, anchorMonth, ageAt, currency, from, until },
    `${frequency}, ${currency}, ${from}–${until ?? ''}, ${ageAt}`,
  );
  return rules;
}

/** What a new version changes, rule by rule and value by value, as sentences in a language; in path order. */
export function compareProgrammes(
  before: ProgrammeDefinition,
  after: ProgrammeDefinition,
  lang: Language,
): Difference[] {
  const old = rulesOf(before, lang);
  const now = rulesOf(after, lang);
  const paths = [...new Set([...old.keys(), ...now.keys()])].sort();
  return paths.flatMap((path): Difference[] => {
    const was = old.get(path);
    const is = now.get(path);
    if (!was) return [{ path, change: 'added', after: is!.sentence }];
    if (!is) return [{ path, change: 'removed', before: was.sentence }];
    if (was.data === is.data) return [];
    return [{ path, change: 'changed', before: was.sentence, after: is.sentence }];
  });
}
