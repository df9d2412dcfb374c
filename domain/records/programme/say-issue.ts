import type { z } from 'zod';

/** One fault of a definition: where it is, what is wrong and what to do. */
export type Fault = { readonly path: string; readonly message: string };

export const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part),
    '',
  );

type RawIssue = z.core.$ZodIssue;

/** Of a failed choice, the branch that the writer most likely meant: the one with the deepest fault. */
function likeliest(issue: Extract<RawIssue, { code: 'invalid_union' }>): RawIssue[] {
  const weight = (branch: readonly RawIssue[]): number =>
    Math.max(
      0,
      ...branch.map((item) => item.path.length * 10 - (item.code === 'unrecognized_keys' ? 5 : 0)),
    ) - branch.length;
  return [...issue.errors].sort((a, b) => weight(b) - weight(a))[0] ?? [];
}

const KINDS: { readonly [expected: string]: string } = {
  string: 'text in quotes',
  object: 'an object { … }',
  array: 'a list [ … ]',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};
const kind = (expected: string): string => KINDS[expected] ?? expected;

const LABELS: ReadonlySet<string> = new Set(['label', 'name', 'about', 'note', 'certifier', 'per']);

function message(issue: RawIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `unknown field ${issue.keys.map((key) => `"${key}"`).join(', ')}: remove it or correct its name`;
    case 'invalid_type':
      return issue.input === undefined && /received undefined/.test(issue.message)
        ? `missing: add it (${kind(issue.expected)})`
        : issue.expected === 'object' && LABELS.has(String(issue.path.at(-1)))
          ? 'must be in both languages: { "es": "…", "en": "…" }'
          : `must be ${kind(issue.expected)}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'too_small':
      return `must have at least ${issue.minimum}`;
    case 'too_big':
      return `must be at most ${issue.maximum}`;
    case 'invalid_union':
      // A rule of an unknown kind: the words that it may have are in zod's own message.
      return issue.message
        .replace(/^Invalid discriminator value\. Expected /, 'must be one of ')
        .replaceAll("'", '"')
        .replaceAll('" | "', '", "');
    default:
      return issue.message;
  }
}

/** A schema's complaint as faults that a policy officer understands; unions name their likeliest branch. */
export function sayIssue(issue: RawIssue, root: unknown, base: readonly PropertyKey[] = []): Fault[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'invalid_union') {
    const inner = likeliest(issue);
    if (inner.length > 0) return inner.flatMap((item) => sayIssue(item, root, path));
  }
  return [{ path: pathText(path), message: message(issue) }];
}

/**
 * The same for contracts and their cases, whose paths have list places as names: `milestones.0.price`. What is wrong
 * with the whole stands under `whole`.
 */
export const sayDotted = (issue: RawIssue, root: unknown, whole: string): Fault[] =>
  sayIssue(issue, root).map(({ path, message: says }) => ({
    path: path.replace(/\[(\d+)\]/g, '.$1').replace(/^\./, '') || whole,
    message: says,
  }));
