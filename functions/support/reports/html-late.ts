import { LATE_EFFECTS } from '../../../domain/payments/late.ts';
import type { CycleReport } from './cycle-report.ts';
import { grouped, html, type Markup, say } from './html.ts';
import { LATE_WORDS } from './late-csv.ts';

/** What the bank said of closed cycles after their windows, and what that does to the money. */
export function lateSection({ late, currency }: CycleReport): Markup | undefined {
  if (!late) return undefined;
  const rows = LATE_EFFECTS.filter((effect) => late.effects[effect].count > 0).map((effect) => {
    const { count, amount } = late.effects[effect];
    const { es, en } = LATE_WORDS[effect];
    return html`<tr><th scope="row">${say(es, en)}</th><td class="n">${grouped(count)}</td><td class="n">${grouped(amount)}</td></tr>`;
  });
  return html`<section><h2>${say('Informes del banco que llegaron tarde', 'Bank reports that came late')}</h2>
<div class="scroll" tabindex="0"><table><caption>${say(
    `Pagos de ciclos cerrados que cambian por ${grouped(late.reports)} informes, en ${currency}.`,
    `Payments of closed cycles that ${grouped(late.reports)} reports change, in ${currency}.`,
  )}</caption><thead><tr><th>${say('Qué cambia', 'What changes')}</th><th class="n">${say('Pagos', 'Payments')}</th><th class="n">${say('Importe', 'Amount')}</th></tr></thead><tbody>${rows}</tbody></table></div>
<p class="note">${say(
    'late-answers.csv tiene cada pago; los informes de los ciclos cerrados quedan como se publicaron.',
    'late-answers.csv has each payment; the reports of the closed cycles stay as they were published.',
  )}</p></section>`;
}
