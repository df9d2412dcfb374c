import type { Statement, StatementPeriod } from './statement.ts';

const esc = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[char]!,
  );

const ROWS: readonly (readonly [keyof StatementPeriod, string, string])[] = [
  ['claimed', 'Resultados reclamados', 'Outcomes claimed'],
  ['verified', 'Verificados', 'Verified'],
  ['refused', 'Rechazados', 'Refused'],
  ['earned', 'Ganado', 'Earned'],
  ['capped', 'Sobre el tope', 'Above caps'],
  ['withheld', 'Retenido', 'Withheld'],
  ['released', 'Liberado', 'Released'],
  ['advance', 'Anticipo', 'Advance'],
  ['advanceRecovered', 'Anticipo recuperado', 'Advance recovered'],
  ['deducted', 'Descuento por muestra', 'Deducted by sample'],
  ['clawedBack', 'Devuelto', 'Clawed back'],
  ['payable', 'A pagar', 'Payable'],
  ['owed', 'Por devolver', 'Still owed'],
  ['remaining', 'Saldo del contrato', 'Remaining envelope'],
];

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%;margin:1rem 0 2rem}th,td{border:1px solid #8886;padding:.35rem .6rem;text-align:left;vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}tr.total{font-weight:700}small{opacity:.75}.wrap{overflow-x:auto}`;

const both = (es: string, en: string): string => `${esc(es)} <small lang="en">${esc(en)}</small>`;

/** A provider's statement as one self-contained page, Spanish first, English beside it. */
export function statementHtml(statement: Statement): string {
  const { contract, provider, periods, entries } = statement;
  const head = periods.map((period) => `<th scope="col">${period.date}</th>`).join('');
  const rows = ROWS.map(
    ([key, es, en]) =>
      `<tr${key === 'payable' ? ' class="total"' : ''}><th scope="row">${both(es, en)}</th>${periods
        .map((period) => `<td class="n">${esc(String(period[key]))}</td>`)
        .join('')}</tr>`,
  ).join('\n');
  const details = entries
    .map(
      (entry) =>
        `<tr><td>${entry.date}</td><td>${esc(entry.participant)}</td><td>${esc(entry.milestone)}</td><td class="n">${entry.amount}</td><td>${entry.reason ? `<code>${entry.reason}</code> ` : ''}${both(entry.text.es, entry.text.en)}</td></tr>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="es"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${esc(provider)} · ${esc(contract.name.es)}</title><style>${STYLE}</style></head><body>
<h1>Estado de cuenta <small lang="en">Statement</small></h1>
<p>${both(contract.name.es, contract.name.en)}<br>Instituto <small lang="en">Institute</small>: <strong>${esc(provider)}</strong> · ${contract.currency}</p>
<div class="wrap"><table><thead><tr><th></th>${head}</tr></thead><tbody>
${rows}
</tbody></table></div>
<h2>Detalle <small lang="en">Details</small></h2>
<div class="wrap"><table><thead><tr><th>Fecha</th><th>Participante</th><th>Hito</th><th>${contract.currency}</th><th>Motivo</th></tr></thead><tbody>
${details}
</tbody></table></div>
</body></html>
`;
}
