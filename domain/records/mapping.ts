import { z } from 'zod';
import { type Refusal, type Result, refuse } from '../kernel/result.ts';

/**
 * How a ministry's own export becomes our records, so that nobody edits the export: which column is which
 * field, how its values translate, how it writes dates and numbers.
 */
const column = z.string().min(1);
const Column = z.strictObject({
  column,
  /** The export's words -> ours. A word that is not listed is a bad value, unless `otherwise` says what it is. */
  values: z.record(z.string(), z.string()).optional(),
  otherwise: z.string().optional(),
  /** What an empty cell means; without it the field is absent. */
  empty: z.string().optional(),
  /** The file may lack this column. */
  optional: z.boolean().optional(),
});
const Constant = z.strictObject({ constant: z.string().min(1) });

/** Where a field comes from: a column name, a column with translations, or one value for the whole file. */
export const FieldSource = z.union([column, Column, Constant], {
  error: 'expected a column name, {"column": …} or {"constant": …}',
});
export type FieldSource = z.infer<typeof FieldSource>;

/** `money` keeps its decimals as text, `percent` is 0 to 100, `count` a whole number of at least 0. */
export const VALUE_TYPES = [
  'number',
  'integer',
  'boolean',
  'text',
  'money',
  'month',
  'percent',
  'count',
  'auto',
] as const;
export type ValueType = (typeof VALUE_TYPES)[number];
const type = z.enum(VALUE_TYPES);
const Typed = z.union(
  [column, Column.extend({ type: type.optional() }), Constant.extend({ type: type.optional() })],
  {
    error: 'expected a column name, {"column": …, "type": …} or {"constant": …, "type": …}',
  },
);
/** A field with a type; without one it is read as a number, true/false or text, by what it looks like. */
export type TypedSource = z.infer<typeof Typed>;

const attributeName = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'an attribute is named in lower case: a-z, 0-9 and _');
/** `"others"` takes every column that no field uses as an attribute of the same name, typed by `types`. */
const Attributes = z.union([z.literal('others'), z.record(attributeName, Typed)]);
const types = z.record(z.string(), type).default({});

export const PAYEE_FIELDS = ['name', 'documentId', 'memberId', 'channel', 'account', 'payPoint'] as const;
const Payee = z.partialRecord(z.enum(PAYEE_FIELDS), FieldSource);

const Households = z.strictObject({
  /** The file's name in the roster folder. */
  file: z.string().min(1),
  id: FieldSource,
  territory: FieldSource,
  attributes: Attributes.default({}),
  types,
  payee: Payee.optional(),
});
const Members = z.strictObject({
  /** The households file's own name means one joined file: a row per member, household columns repeated. */
  file: z.string().min(1),
  id: FieldSource,
  household: FieldSource,
  birthDate: FieldSource.optional(),
  /** Completed years, where the export has no birth date: becomes the attribute `age_years`. */
  ageYears: FieldSource.optional(),
  sex: FieldSource.optional(),
  grade: FieldSource.optional(),
  relationship: FieldSource.optional(),
  attributes: Attributes.default({}),
  types,
});
const Evidence = z.strictObject({
  /** A file name; `*` stands for any letters, so that `attendance-*.csv` reads a file per school. */
  file: z.string().min(1),
  subject: FieldSource,
  kind: FieldSource,
  period: FieldSource,
  value: Typed,
  source: FieldSource.optional(),
  /** The kinds that may occur, each with the type of its values; without it any kind is taken. */
  kinds: z.record(z.string(), type).optional(),
});
const Exemptions = z.strictObject({
  file: z.string().min(1),
  subject: FieldSource,
  condition: FieldSource,
  kind: FieldSource,
  from: FieldSource,
  until: FieldSource,
  reason: FieldSource,
});

export const DATE_FORMATS = ['YYYY-MM-DD', 'DD/MM/YYYY', 'YYYYMMDD'] as const;
export const PERIOD_FORMATS = ['YYYY-MM', 'YYYYMM', 'MM/YYYY', 'YYYY-MM-DD', 'DD/MM/YYYY'] as const;
const formats = {
  dates: z.enum(DATE_FORMATS).default('YYYY-MM-DD'),
  /** How a period of evidence is written; a date stands for its month. */
  periods: z.enum(PERIOD_FORMATS).default('YYYY-MM'),
  decimal: z.enum(['.', ',']).default('.'),
};
export type Formats = { readonly [K in keyof typeof formats]: z.output<(typeof formats)[K]> };

export const Mapping = z.strictObject({
  version: z.literal(1),
  /** What this mapping reads, for people. */
  description: z.string().optional(),
  ...formats,
  /** Above this share of bad rows the whole batch is refused: the export is broken, not its rows. */
  rejectedShareMax: z.number().min(0).max(1).default(0.05),
  households: Households.optional(),
  members: Members.optional(),
  evidence: z.array(Evidence).default([]),
  exemptions: z.array(Exemptions).default([]),
});
export type Mapping = z.output<typeof Mapping>;
export type HouseholdsMapping = z.output<typeof Households>;
export type MembersMapping = z.output<typeof Members>;
export type EvidenceMapping = z.output<typeof Evidence>;
export type ExemptionsMapping = z.output<typeof Exemptions>;

/** A mapping file's JSON, or BAD_INPUT with every problem by its path. */
export function parseMapping(json: unknown, at = 'mapping.json'): Result<Mapping, Refusal> {
  const parsed = Mapping.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  const problems = parsed.error.issues.map((issue) => sayIssue(issue));
  return refuse('BAD_INPUT', `the mapping is not valid: ${problems.join('; ')}`, {
    at,
    next: 'correct the mapping file; its fields are listed in docs/guides/mapping-your-export.md',
  });
}

/** A problem by its path; of a choice, the alternative that came furthest. */
function sayIssue(issue: z.core.$ZodIssue, at: readonly PropertyKey[] = []): string {
  const path = [...at, ...issue.path];
  const inner =
    issue.code === 'invalid_union' && issue.message === 'Invalid input' ? issue.errors.flat() : [];
  const deepest = inner.sort((a, b) => b.path.length - a.path.length)[0];
  if (deepest && deepest.path.length > 0) return sayIssue(deepest, path);
  return `${path.map(String).join('.') || '(file)'}: ${issue.code === 'invalid_key' ? issue.issues[0]?.message : issue.message}`;
}

/** Whether `name` fits a mapping's file name, in which `*` stands for any letters. */
export function fileMatches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

const may = (name: string): FieldSource => ({ column: name, optional: true });

/** Our own column names: what `cumple generate` writes and what is read where no mapping is given. */
export const DEFAULT_MAPPING: Mapping = {
  version: 1,
  dates: 'YYYY-MM-DD',
  periods: 'YYYY-MM',
  decimal: '.',
  rejectedShareMax: 0.05,
  households: {
    file: 'households.csv',
    id: 'household_id',
    territory: 'territory',
    attributes: 'others',
    types: {},
    payee: {
      name: may('payee_name'),
      documentId: may('payee_document'),
      memberId: may('payee_member_id'),
      channel: may('payee_channel'),
      account: may('payee_account'),
      payPoint: may('payee_pay_point'),
    },
  },
  members: {
    file: 'members.csv',
    id: 'member_id',
    household: 'household_id',
    birthDate: may('birth_date'),
    ageYears: may('age_years'),
    sex: may('sex'),
    grade: may('grade'),
    relationship: may('relationship'),
    attributes: 'others',
    types: {},
  },
  evidence: [
    { file: '*', subject: 'subject', kind: 'kind', period: 'period', value: 'value', source: may('source') },
  ],
  exemptions: [
    {
      file: '*',
      subject: 'subject',
      condition: 'condition',
      kind: 'kind',
      from: 'from',
      until: 'until',
      reason: 'reason',
    },
  ],
};

/** What a programme declares about its attributes and kinds of evidence, as far as reading columns needs it. */
type Declared = {
  readonly attributes: {
    readonly [name: string]: { readonly of: 'household' | 'member'; readonly type: ValueType };
  };
  readonly evidence: { readonly [kind: string]: { readonly type: ValueType } };
};

const RULES = ['groups', 'eligibility', 'conditions', 'benefits', 'caps', 'modifiers', 'ladders'] as const;
const FIELD_TESTS = { birthDate: 'age', sex: 'sex', grade: 'grade', relationship: 'relationship' } as const;

/**
 * Our own member columns, those that the programme's rules ask for no longer optional: a misspelt header would
 * otherwise leave every age unknown and exclude families without a word.
 */
function memberColumns(declared: Declared, members: MembersMapping): MembersMapping {
  const rules = JSON.stringify(RULES.map((part) => (declared as { [part: string]: unknown })[part]));
  const needed: { [field: string]: FieldSource } = {};
  for (const [field, test] of Object.entries(FIELD_TESTS) as [keyof typeof FIELD_TESTS, string][]) {
    const source = members[field];
    if (typeof source === 'object' && 'column' in source && source.optional && rules.includes(`"${test}":`))
      needed[field] = source.column;
  }
  return { ...members, ...needed };
}

/**
 * A mapping (or our own column names) read with the types that the programme declares, so that a text attribute
 * "7" stays text and a yes/no kind of evidence reads 1 as yes. Types that the mapping itself gives stay. Evidence
 * of a kind that the programme does not declare is set aside.
 */
export function mappingOf(declared: Declared, mapping: Mapping = DEFAULT_MAPPING): Mapping {
  const isOurs = mapping === DEFAULT_MAPPING;
  const typesOf = (of: 'household' | 'member') =>
    Object.fromEntries(
      Object.entries(declared.attributes).flatMap(([name, it]) => (it.of === of ? [[name, it.type]] : [])),
    );
  const kinds = Object.fromEntries(Object.entries(declared.evidence).map(([kind, { type }]) => [kind, type]));
  const { households, evidence } = mapping;
  const members = isOurs && mapping.members ? memberColumns(declared, mapping.members) : mapping.members;
  return {
    ...mapping,
    ...(households && {
      households: { ...households, types: { ...typesOf('household'), ...households.types } },
    }),
    ...(members && { members: { ...members, types: { ...typesOf('member'), ...members.types } } }),
    evidence: evidence.map((one) => ({ ...one, kinds: one.kinds ?? kinds })),
  };
}
