import { type Refusal, type RefusalCode, Refused } from '../../../domain/kernel/result.ts';

/** A text for people: Spanish first. */
export type Said = { readonly es: string; readonly en: string };
export const LANGUAGES = ['es', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One field or row that is wrong. `line` is the line of a CSV. */
export type FieldError = {
  readonly path: string;
  readonly message: string;
  readonly code?: string;
  readonly line?: number;
};

/**
 * A refusal with its text in both languages; elsewhere it reads as any other refusal, in English. A `next` in both
 * languages is told instead of the code's own; one in English alone is for the command line.
 */
export class SaidRefusal extends Refused {
  readonly said: Said;
  readonly next: Said | undefined;
  readonly errors: readonly FieldError[];
  constructor(
    code: RefusalCode,
    said: Said,
    more: Omit<Refusal, 'code' | 'message' | 'next'> & {
      readonly next?: string | Said;
      readonly errors?: readonly FieldError[];
    } = {},
  ) {
    const { errors = [], next, ...rest } = more;
    const english = typeof next === 'object' ? next.en : next;
    super({ code, message: said.en, ...rest, ...(english !== undefined && { next: english }) });
    this.said = said;
    this.next = typeof next === 'object' ? next : undefined;
    this.errors = errors;
  }
}

/** Spanish unless the reader prefers English (`Accept-Language`, RFC 9110 section 12.5.4). */
export function languageOf(accept: string | undefined): Language {
  let best: { language: Language; quality: number } | undefined;
  for (const part of (accept ?? '').slice(0, 500).split(',')) {
    const [range = '', ...params] = part.trim().toLowerCase().split(';');
    const language = LANGUAGES.find((name) => range === name || range.startsWith(`${name}-`));
    const weight = params.map((param) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(param)?.[1]).find(Boolean);
    const quality = weight === undefined ? 1 : Number(weight);
    if (language && quality > (best?.quality ?? 0)) best = { language, quality };
  }
  return best?.language ?? 'es';
}
