import type { Bilingual } from './cycle-report.ts';

/** Markup that is known to be safe; everything else that enters a page is escaped. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
type Content = string | number | Markup | undefined | readonly Content[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char]!);

/** A piece of a page: values are escaped unless they are Markup, lists are joined. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  let text = parts[0]!;
  values.forEach((value, index) => {
    text += render(value) + parts[index + 1]!;
  });
  return new Markup(text);
}

function render(value: Content): string {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.text;
  return Array.isArray(value) ? value.map(render).join('') : escapeHtml(String(value));
}

/** A text in both languages; the page's style shows the one that the reader chose. */
export const both = ({ es, en }: Bilingual): Markup =>
  html`<span class="es" lang="es">${es}</span><span class="en" lang="en">${en}</span>`;
export const say = (es: string, en: string): Markup => both({ es, en });

/** A whole number or a decimal string with thin spaces between thousands (ISO 80000-1: read alike in every country). */
export function grouped(value: number | string): string {
  const [whole, fraction] = String(value).split('.');
  const spaced = whole!.replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
  return fraction === undefined ? spaced : `${spaced}.${fraction}`;
}

/** A count's share of a total in whole percent; a share that exists is never shown as 0, nor a missing part as 100. */
export function percent(part: number, total: number): string {
  if (total === 0 || part === 0) return '0 %';
  if (part === total) return '100 %';
  const rounded = Math.round((part * 100) / total);
  return rounded === 0 ? '< 1 %' : rounded === 100 ? '> 99 %' : `${rounded} %`;
}
