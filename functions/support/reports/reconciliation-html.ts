import type { CycleReport } from './cycle-report.ts';
import { escapeHtml, html, type Markup, say } from './html.ts';
import { correctionsSection } from './html-corrections.ts';
import { lateSection } from './html-late.ts';
import { bankSection, entitlements, headline } from './html-money.ts';
import { STYLE } from './html-style.ts';
import {
  approvals,
  complianceByCondition,
  complianceByTerritory,
  exceptionList,
  fileList,
} from './html-tables.ts';
import { anomalies, changesSection, targetingSection } from './html-targeting.ts';

/**
 * The reconciliation report as ONE self-contained page, Spanish and English (the reader chooses; the style
 * does it, there is no script), that prints and reads on a telephone. Nothing is loaded from anywhere, and the
 * page forbids it. The same report gives the same bytes.
 */
export function reconciliationHtml(report: CycleReport): Uint8Array {
  const page = html`<input class="lang" type="radio" name="lang" id="lang-es" aria-label="Español" checked>
<input class="lang" type="radio" name="lang" id="lang-en" aria-label="English">
${masthead(report)}
<main class="wrap">
${headline(report)}
${entitlements(report)}
${correctionsSection(report)}
${lateSection(report)}
${bankSection(report)}
${complianceByCondition(report)}
${complianceByTerritory(report)}
${targetingSection(report)}
${changesSection(report)}
${anomalies(report)}
${approvals(report)}
${exceptionList(report)}
${fileList(report)}
</main>
<footer><div class="wrap">${say(
    'Emitido por Cumple a partir de los registros del ciclo. Los archivos de la lista permiten rehacer cada cifra.',
    "Issued by Cumple from the cycle's own records. The files listed above let anybody work out every figure again.",
  )}</div></footer>`;
  return Buffer.from(`${head(report)}\n<body>\n${page.text}\n</body>\n</html>\n`);
}

function head(report: CycleReport): string {
  const title = escapeHtml(`${report.programme.name.es} — ${report.period} — Conciliación / Reconciliation`);
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

function masthead(report: CycleReport): Markup {
  const { programme, period, generatedAt, currency } = report;
  const when = generatedAt.replace('T', ' ').replace('Z', ' UTC');
  return html`<header class="band"><div class="wrap"><div class="top"><div>
<p class="kicker">${say('Informe de conciliación', 'Reconciliation report')}</p>
<h1>${say(programme.name.es, programme.name.en)}</h1>
<p class="meta">${say(`Periodo ${period} · importes en ${currency} · emitido el ${when}`, `Period ${period} · amounts in ${currency} · issued ${when}`)}</p>
</div><div class="switch"><label for="lang-es" lang="es">Español</label><label for="lang-en" lang="en">English</label></div></div></div></header>`;
}
