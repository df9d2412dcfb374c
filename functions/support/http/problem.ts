import { z } from 'zod';
// Two of zod's fifty languages, so that a function's bundle does not carry the rest.
import { en, es } from 'zod/locales';
import { Fault, Refused } from '../../../domain/kernel/result.ts';
import { fieldText } from './field-texts.ts';
import { refusalInSpanish } from './refusal-texts.ts';
import { type FieldError, type Language, type Said, SaidRefusal } from './said.ts';
import { entryOf, type ProblemCode } from './texts.ts';

export const ProblemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  next: z.string(),
  instance: z.string(),
  errors: z
    .array(
      z.strictObject({
        path: z.string(),
        message: z.string(),
        code: z.string().optional(),
        line: z.int().optional(),
      }),
    )
    .optional(),
});
/** An RFC 9457 problem document, with our code and what to do next. */
export type Problem = z.infer<typeof ProblemSchema>;

/** A problem that only HTTP has (401, 405, 413 …). */
export class HttpProblem extends Error {
  readonly code: ProblemCode;
  readonly said: Said | undefined;
  readonly headers: Readonly<Record<string, string>>;
  constructor(code: ProblemCode, said?: Said, headers: Readonly<Record<string, string>> = {}) {
    super(code);
    this.name = code;
    this.code = code;
    this.said = said;
    this.headers = headers;
  }
}

/**
 * The problem document of an error. What is neither a refusal nor a fault is a bug: its text stays inside, because it
 * may hold somebody's data.
 */
export function problemOf(error: unknown, language: Language, requestId: string): Problem {
  const found = describe(error, language);
  const { status, title, next } = entryOf(found.code);
  return {
    type: `urn:cumple:problem:${found.code.toLowerCase().replaceAll('_', '-')}`,
    title: title[language],
    status,
    detail: found.detail ?? title[language],
    code: found.code,
    next: found.next ?? next[language],
    instance: `urn:cumple:request:${requestId}`,
    ...(found.errors &&
      found.errors.length > 0 && {
        errors: found.errors.map((error) => ({ ...error, message: fieldText(error.message, language) })),
      }),
  };
}

type Described = { code: ProblemCode; detail?: string; next?: string; errors?: readonly FieldError[] };

function describe(error: unknown, language: Language): Described {
  if (error instanceof HttpProblem)
    return { code: error.code, ...(error.said && { detail: error.said[language] }) };
  if (error instanceof SaidRefusal)
    return {
      code: error.refusal.code,
      detail: error.said[language],
      ...(error.next && { next: error.next[language] }),
      errors: error.errors,
    };
  if (error instanceof Refused) {
    // The rules speak English; what is not known in Spanish has its title and next step in the reader's language still.
    const { code, message, next, at } = error.refusal;
    const spanish = language === 'es' ? refusalInSpanish(error.refusal) : undefined;
    return {
      code,
      detail: spanish?.said ?? message,
      ...(next !== undefined && language === 'en' && { next }),
      ...(spanish?.next !== undefined && { next: spanish.next }),
      ...(at !== undefined && { errors: [{ path: at, message }] }),
    };
  }
  return { code: error instanceof Fault ? 'UNAVAILABLE' : 'INTERNAL' };
}

/** The zod error map of a language; messages written into a schema stay as they are. */
const WORDS = { es: es().localeError, en: en().localeError };
export const zodWords = (language: Language) => WORDS[language];

/** What zod found wrong, as a refusal that names every field. */
export function badInput(error: z.ZodError, where: string): SaidRefusal {
  const errors = error.issues.slice(0, 50).map((issue) => ({
    path: [where, ...issue.path.map(String)].join('.'),
    message: issue.message,
  }));
  const fields = [...new Set(errors.map((item) => item.path))].slice(0, 5).join(', ');
  return new SaidRefusal(
    'BAD_INPUT',
    { es: `no es válido: ${fields}`, en: `not valid: ${fields}` },
    { errors },
  );
}
