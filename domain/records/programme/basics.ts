import { z } from 'zod';
import { isMonth, type Month } from '../../kernel/period.ts';

/** An id that files, columns and sentences can carry: lower case, digits and "_". */
export const Id = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,47}$/, 'an id: lower-case letters, digits and "_", starting with a letter');
export const MonthField = z
  .string()
  .refine(isMonth, 'must be a month, written YYYY-MM: "2026-03"') as unknown as z.ZodType<Month>;
/** Texts that people see: Spanish first. */
export const Label = z.strictObject({ es: z.string().min(1), en: z.string().min(1) });
export type Label = z.infer<typeof Label>;
export type Language = keyof Label;

/** Where a number or a rule comes from. `confidence`: H official or two sources, M one source, L a blog. */
export const Citation = z.strictObject({
  title: z.string().min(1),
  url: z.string().min(1).optional(),
  year: z.int().optional(),
  confidence: z.enum(['H', 'M', 'L']).optional(),
});

/** Where sources disagree or are silent: what this definition takes. */
export const Reading = z.strictObject({ about: Label, cite: Id.optional() });

/** When a rule applies: first and last month, both included; absent means always. */
export const dates = { from: MonthField.optional(), until: MonthField.optional() };
/** What every rule carries. */
export const ruleFields = { id: Id, label: Label, cite: Id, ...dates };
