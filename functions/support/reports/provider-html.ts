import { both, escapeHtml, grouped, html, type Markup, say } from './html.ts';
import { STYLE } from './html-style.ts';
import { contractSection } from './provider-html-contract.ts';
import type { ProviderPayment, ProviderStatement } from './provider-statement.ts';
import { OUTSTANDING_WORDS, PAYMENT_WORDS } from './provider-words.ts';

/**
 * An institute's statement of one cycle as ONE self-contained page, Spanish and English (the reader chooses; the
 * style does it), that prints and reads on a telephone. Nothing is loaded from anywhere. The same statement gives
 * the same bytes.
 */
export function providerStatementHtml(statement: ProviderStatement): Uint8Array {
  const page = html`<input class="lang" type="radio" name="lang" id="lang-es" aria-label="Español" checked>
<input class="lang" type="radio" name="lang" id="lang-en" aria-label="English">
${masthead(statement)}
<main class="wrap">
${headline(statement)}
${statement.contracts.map((contract) => contractSection(contract, statement.currency))}
${payments(statement)}
${outstanding(statement)}
</main>
<footer><div class="wrap">${say(
    'Emitido por Cumple a partir de los registros del ciclo. Cada línea está, con su motivo, en statement-lines.csv.',
    "Issued by Cumple from the cycle's own records. Each line is in statement-lines.csv, with its reason.",
  )}</div></footer>`;
  return Buffer.from(`${head(statement)}\n<body>\n${page.text}\n</body>\n</html>\n`);
}

function head({ providerName, period }: ProviderStatement): string {
  const title = escapeHtml(`${providerName} — ${period} — Estado de cuenta / Statement`);
  return `<!doctype html>
<html lang="es">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${STYLE}</style>
</head>`;
}

function masthead({ programme, period, provider, providerName, currency }: ProviderStatement): Markup {
  const name = providerName === provider ? provider : `${providerName} (${provider})`;
  return html`<header class="band"><div class="wrap"><div class="top"><div>
<p class="kicker">${say('Estado de cuenta del instituto', "Institute's statement")}</p>
<h1>${name}</h1>
<p class="meta">${both(programme.name)}<br>${say(`Periodo ${period} · importes en ${currency}`, `Period ${period} · amounts in ${currency}`)}</p>
</div><div class="switch"><label for="lang-es" lang="es">Español</label><label for="lang-en" lang="en">English</label></div></div></div></header>`;
}

const isZero = (amount: string): boolean => /^-?[0.]+$/.test(amount);

function headline({ sums, currency }: ProviderStatement): Markup {
  const card = (value: string, what: Markup, more?: Markup) =>
    html`<div class="card"><b>${grouped(value)}</b><span class="what">${what}</span>${more && html`<small>${more}</small>`}</div>`;
  return html`<section><h2>${say('En resumen', 'At a glance')}</h2><div class="cards">
${card(sums.payable, say('a pagar por este periodo', 'payable for this period'))}
${card(sums.paid, say('pagado por el banco en este ciclo', 'paid by the bank in this cycle'))}
${card(sums.withheld, say('retenido hasta hoy', 'withheld so far'), say('se libera cuando se cumple su condición', 'released once its condition is met'))}
${card(sums.outstanding, say('debido y sin llegar', 'due and not arrived'), say('no se pierde: pasa al ciclo siguiente', 'not lost: it goes to the next cycle'))}
</div>${isZero(sums.outstanding) ? arrived(sums.deliveredSince, currency) : missing(sums.outstanding, currency)}</section>`;
}

const arrived = (amount: string, currency: string): Markup =>
  html`<div class="verdict good"><i aria-hidden="true">✓</i><div>${say(
    `Todo lo liquidado desde el inicio (${grouped(amount)} ${currency}) llegó, según el banco.`,
    `All that was settled since the start (${currency} ${grouped(amount)}) arrived, says the bank.`,
  )}</div></div>`;
const missing = (amount: string, currency: string): Markup =>
  html`<div class="verdict bad"><i aria-hidden="true">!</i><div>${say(
    `Faltan llegar ${grouped(amount)} ${currency}. Más abajo está por qué.`,
    `${currency} ${grouped(amount)} has not arrived yet. The reason is below.`,
  )}</div></div>`;

/** Orders of this cycle, and what the bank did with each. */
function payments({ payments: all, contracts, currency }: ProviderStatement): Markup {
  const title = html`<h2>${say('Qué hizo el banco', 'What the bank did')}</h2>`;
  if (all.length === 0)
    return html`<section>${title}<p>${say('En este ciclo no se ordenó ningún pago.', 'No payment was ordered in this cycle.')}</p></section>`;
  const nameOf = (id: string | undefined) => contracts.find(({ contract }) => contract === id)?.name;
  const row = (one: ProviderPayment) => {
    const name = nameOf(one.contract);
    return html`<tr><td>${one.origin}</td><td>${name ? both(name) : say('Todos los contratos', 'All contracts')}</td><td class="n">${grouped(one.ordered)}</td><td><span class="dot" style="background:var(--${one.state === 'held' ? 'held' : one.state})"></span> ${both(PAYMENT_WORDS[one.state])}${one.on && html` <span class="soft">${one.on}</span>`}${
      one.reasonCode && html`<br><span class="tag">${one.reasonCode}</span> ${one.reason && both(one.reason)}`
    }</td><td><code>${one.endToEndId ?? '—'}</code></td></tr>`;
  };
  return html`<section>${title}<div class="scroll" tabindex="0"><table><thead><tr><th>${say('Periodo', 'Period')}</th><th>${say('Contrato', 'Contract')}</th><th class="n">${say('Ordenado', 'Ordered')} (${currency})</th><th>${say('Resultado', 'Result')}</th><th>${say('Identificador para el banco', 'Identifier for the bank')}</th></tr></thead><tbody>${all.map(row)}</tbody></table></div></section>`;
}

/** What is due and has not arrived, from this cycle or an earlier one. */
function outstanding({ outstanding: all, contracts, currency }: ProviderStatement): Markup | undefined {
  if (all.length === 0) return undefined;
  const rows = all.map(({ origin, contract, why, amount, reason }) => {
    const name = contracts.find((one) => one.contract === contract)?.name;
    return html`<tr><td>${origin}</td><td>${name ? both(name) : say('Todos los contratos', 'All contracts')}</td><td class="n">${grouped(amount)}</td><td>${both(OUTSTANDING_WORDS[why]!)}${reason && html`<br><span class="soft">${both(reason)}</span>`}</td></tr>`;
  });
  return html`<section><h2>${say('Debido y sin llegar', 'Due and not arrived')}</h2><div class="scroll" tabindex="0"><table><thead><tr><th>${say('Periodo', 'Period')}</th><th>${say('Contrato', 'Contract')}</th><th class="n">${currency}</th><th>${say('Por qué', 'Why')}</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}
