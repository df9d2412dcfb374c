import { canonicalJson, hashOf } from '../kernel/hash.ts';
import type { Language } from '../records/programme/basics.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import { benefitSentence, capSentence, modifierSentence, retentionSentence } from './explain-benefit.ts';
import { conditionSentence, ladderSentences } from './explain-condition.ts';
import {
  anomalySentence,
  approvalSentence,
  incompatibilitySentence,
  periodSentences,
  staySentences,
} from './explain-control.ts';
import { paymentSentences } from './explain-payment.ts';
import { householdText, memberText, pick, valueText } from './explain-words.ts';

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
    // The same other programme, or kind of anomaly, may stand in two stretches of time.
    let at = path;
    for (let n = 2; rules.has(at); n++) at = `${path} (${n})`;
    rules.set(at, { data: canonicalJson(data), sentence });
  };
  const { eligibility, retention, payment, stay, approval } = definition;
  putHead(definition, lang, put);
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
  put('payment', payment, paymentSentences(definition, lang).join('\n'));
  if (stay) put('stay', stay, staySentences(definition, lang).join('\n'));
  put('approval', approval, approvalSentence(definition, lang));
  for (const item of definition.incompatibilities)
    put(`incompatibilities.${item.programme}`, item, incompatibilitySentence(definition, item, lang));
  for (const item of definition.anomalies) put(`anomalies.${item.kind}`, item, anomalySentence(item, lang));
  return rules;
}

type Put = (path: string, data: unknown, sentence: string) => void;

/** What the rules rest on: names, periods, sources, declared facts, groups and values. */
function putHead(definition: ProgrammeDefinition, lang: Language, put: Put): void {
  const { id, code, version, name, country, frequency, anchorMonth, ageAt, currency, from, until } =
    definition;
  put(
    'programme',
    { id, code, version, name, country },
    `${pick(name, lang)} (${id}, ${code}, ${country}), ${version}`,
  );
  put(
    'period',
    { frequency, anchorMonth, ageAt, currency, from, until },
    [...periodSentences(definition, lang), `${currency}.`].join('\n'),
  );
  for (const [name, citation] of Object.entries(definition.citations))
    put(`citations.${name}`, citation, [citation.title, citation.url].filter(Boolean).join(' '));
  // By content: one taken away must not show all that follow it as changed.
  for (const reading of definition.readings)
    put(`readings ${hashOf(reading).slice(0, 6)}`, reading, pick(reading.about, lang));
  for (const [name, attribute] of Object.entries(definition.attributes))
    put(`attributes.${name}`, attribute, pick(attribute.label, lang));
  for (const [name, { label, certifier, ...kind }] of Object.entries(definition.evidence))
    put(`evidence.${name}`, { label, certifier, ...kind }, `${pick(label, lang)} (${pick(certifier, lang)})`);
  for (const [name, group] of Object.entries(definition.groups))
    put(`groups.${name}`, group, memberText(definition, group, lang));
  for (const [name, { values, ...parameter }] of Object.entries(definition.parameters)) {
    put(`parameters.${name}`, parameter, pick(parameter.label, lang));
    for (const value of values)
      put(
        `parameters.${name} ${value.from}`,
        value,
        `${pick(parameter.label, lang)}, ${value.from}–${value.until ?? ''}: ${valueText(definition, { values, ...parameter }, value, lang)} [${value.cite}]`,
      );
  }
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
