import { z } from 'zod';
import { isMonth, type Month } from '../../../domain/kernel/period.ts';
import { SaidRefusal } from './said.ts';

/** `limit` and `cursor` of a list. Cursors are opaque and fit only the list that gave them. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,512}$/)
    .optional(),
});

/** A page: its items and the cursor of the next one, where there is one. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next: z.string().optional() });

/** A cursor of our own making, for lists that are no control query. */
export const encodeCursor = (text: string): string => Buffer.from(text).toString('base64url');
export const decodeCursor = (cursor: string): string => Buffer.from(cursor, 'base64url').toString();

/** The month of such a cursor, in lists that go back month by month. */
export function monthOfCursor(cursor: string): Month {
  const text = decodeCursor(cursor);
  if (isMonth(text)) return text;
  throw new SaidRefusal('BAD_INPUT', {
    es: 'ese cursor no es de esta lista',
    en: 'not a page cursor of this list',
  });
}

/** A month in paths and answers, as text that OpenAPI can describe. */
export const MonthText = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'YYYY-MM') as unknown as z.ZodType<
  Month,
  string
>;
