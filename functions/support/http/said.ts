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

/** A refusal with its text in both languages; elsewhere it reads as any other refusal, in English. */
export class SaidRefusal extends Refused {
  readonly said: Said;
  readonly errors: readonly FieldError[];
  constructor(
    code: RefusalCode,
    said: Said,
    more: Omit<Refusal, 'code' | 'message'> & { readonly errors?: readonly FieldError[] } = {},
  ) {
    const { errors = [], ...rest } = more;
    super({ code, message: said.en, ...rest });
    this.said = said;
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
