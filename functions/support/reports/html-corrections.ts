import type { CorrectedOrigin, CycleReport } from './cycle-report.ts';
import { grouped, html, type Markup, say } from './html.ts';

/** What corrections of closed cycles moved in this one, by the cycle that they correct. */
export function correctionsSection({ corrections, bridge, currency }: CycleReport): Markup | undefined {
  if (!corrections) return undefined;
  const { applied, households, arrears, recoveries, origins } = corrections;
  const cells = ({ arrears: owed, recoveries: over }: Omit<CorrectedOrigin, 'origin'>) =>
    html`<td class="n">${grouped(owed.count)}</td><td class="n">${grouped(owed.amount)}</td><td class="n">${grouped(over.count)}</td><td class="n">${grouped(over.amount)}</td>`;
  const rows = origins.map((one) => html`<tr><th scope="row">${one.origin}</th>${cells(one)}</tr>`);
  const taken = bridge
    ? say(
        ` En este ciclo se descontaron ${grouped(bridge.recovered)}, contando recuperos de antes; el resto se descuenta en los siguientes, dentro de los topes del programa.`,
        ` This cycle took off ${grouped(bridge.recovered)}, earlier recoveries included; the rest is taken off later ones, within the programme's limits.`,
      )
    : undefined;
  return html`<section><h2>${say('Correcciones de ciclos cerrados', 'Corrections of closed cycles')}</h2>
<h3>${say(
    `Aplicadas: ${grouped(applied)}, de ${grouped(households)} hogares`,
    `Applied: ${grouped(applied)}, of ${grouped(households)} households`,
  )}</h3>
<div class="scroll" tabindex="0"><table><caption>${say(
    `Líneas e importes, en ${currency}, por el ciclo que se corrige.`,
    `Lines and amounts, in ${currency}, by the cycle that is corrected.`,
  )}</caption><thead><tr><th>${say('Ciclo corregido', 'Cycle corrected')}</th><th class="n">${say('Atrasos', 'Arrears')}</th><th class="n">${say('Importe', 'Amount')}</th><th class="n">${say('Recuperos', 'Recoveries')}</th><th class="n">${say('Importe', 'Amount')}</th></tr></thead><tbody>${rows}<tr><th scope="row">${say('Total', 'Total')}</th>${cells({ arrears, recoveries })}</tr></tbody></table></div>
<p class="note">${say(
    'corrections.csv tiene cada importe con quien lo pidió y quien lo aprobó.',
    'corrections.csv has each amount with who asked for it and who approved it.',
  )}${taken}</p></section>`;
}
