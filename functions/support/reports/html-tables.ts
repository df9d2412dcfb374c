import {
  COMPLIANCE_STATES,
  type ComplianceNumbers,
  type CycleReport,
  EXCEPTIONS_SHOWN,
} from './cycle-report.ts';
import { both, grouped, html, type Markup, percent, say } from './html.ts';
import { stacked } from './html-money.ts';
import { COMPLIANCE_WORDS, ROLE_WORDS } from './words.ts';

/** Territories shown at once; the others open on a click, so that the page stays readable for a whole country. */
const TERRITORIES_SHOWN = 25;

const judged = (row: ComplianceNumbers): number =>
  COMPLIANCE_STATES.reduce((total, state) => total + row[state], 0);

const stateHeads = (): Markup[] =>
  COMPLIANCE_STATES.map(
    (state) =>
      html`<th class="n"><span class="dot" style="background:var(--${state})"></span> ${both(COMPLIANCE_WORDS[state])}</th>`,
  );

function complianceCells(row: ComplianceNumbers): Markup {
  const total = judged(row);
  const numbers = COMPLIANCE_STATES.map((state) => html`<td class="n">${grouped(row[state])}</td>`);
  const bar = stacked(
    'bar',
    COMPLIANCE_STATES.map((name) => ({ name, weight: row[name] })),
  );
  return html`${numbers}<td class="n">${percent(row.compliant, total)}</td><td class="barcell">${bar}</td>`;
}

const shareHeads = html`<th class="n">${say('% cumple', '% compliant')}</th><th><span class="soft">${say('Reparto', 'Shares')}</span></th>`;

export function complianceByCondition(report: CycleReport): Markup {
  const rows = report.complianceByCondition.map(
    (row) =>
      html`<tr><th scope="row">${both(row.name)}<br><code class="soft">${row.condition}</code></th>${complianceCells(row)}</tr>`,
  );
  return html`<section><h2>${say('Cumplimiento por corresponsabilidad', 'Compliance by condition')}</h2>
<div class="scroll" tabindex="0"><table><caption>${say(
    'Verificaciones: una por persona (u hogar), corresponsabilidad y periodo de control.',
    'Verifications: one per person (or household), condition and control period.',
  )}</caption><thead><tr><th>${say('Corresponsabilidad', 'Condition')}</th>${stateHeads()}${shareHeads}</tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

/** Territories with the most non-compliance first: where somebody has to go and look. */
export function complianceByTerritory(report: CycleReport): Markup {
  const all = [...report.complianceByTerritory].sort(
    (a, b) =>
      b.non_compliant + b.unverified - (a.non_compliant + a.unverified) ||
      (a.territory < b.territory ? -1 : a.territory > b.territory ? 1 : 0),
  );
  const withMoney = all.some((row) => row.payable !== undefined);
  const head = html`<thead><tr><th>${say('Territorio', 'Territory')}</th><th class="n">${say('Hogares', 'Households')}</th>${
    withMoney ? html`<th class="n">${say('A pagar', 'Payable')}</th>` : undefined
  }${stateHeads()}${shareHeads}</tr></thead>`;
  const row = (item: (typeof all)[number]) =>
    html`<tr><th scope="row" class="place">${item.territory || '—'}</th><td class="n">${item.households === undefined ? '' : grouped(item.households)}</td>${
      withMoney ? html`<td class="n">${grouped(item.payable ?? '')}</td>` : undefined
    }${complianceCells(item)}</tr>`;
  const table = (items: typeof all) =>
    html`<div class="scroll" tabindex="0"><table>${head}<tbody>${items.map(row)}</tbody></table></div>`;
  const rest = all.slice(TERRITORIES_SHOWN);
  return html`<section><h2>${say('Cumplimiento por territorio', 'Compliance by territory')}</h2>
${table(all.slice(0, TERRITORIES_SHOWN))}
${rest.length > 0 ? html`<details><summary>${say(`Otros ${grouped(rest.length)} territorios`, `${grouped(rest.length)} more territories`)}</summary>${table(rest)}</details>` : undefined}
<p class="note">${say('Primero los territorios con más incumplimientos y verificaciones pendientes.', 'Territories with the most non-compliance and missing evidence come first.')}</p></section>`;
}

export function approvals(report: CycleReport): Markup {
  const rows = report.approvals.map(
    ({ role, person, at, manifestHash }) =>
      html`<tr><td>${both(ROLE_WORDS[role])}</td><td>${person}</td><td>${at.replace('T', ' ').replace('Z', ' UTC')}</td><td class="hash">${manifestHash}</td></tr>`,
  );
  return html`<section><h2>${say('Aprobaciones', 'Approvals')}</h2><div class="scroll" tabindex="0"><table><thead><tr><th>${say('Papel', 'Role')}</th><th>${say('Persona', 'Person')}</th><th>${say('Cuándo', 'When')}</th><th>${say('Huella del manifiesto', 'Manifest hash')}</th></tr></thead><tbody>${rows}</tbody></table></div>
<p class="note">${say(
    'Quien elabora no aprueba; si el monto exige dos firmas, son de personas distintas. Cada firma vale solo para el manifiesto con esta huella.',
    'Whoever prepares does not approve; where the amount asks for two checkers, they are different people. Each approval holds for the manifest with this hash and no other.',
  )}</p></section>`;
}

/** The first 500 exceptions, and where the others are. */
export function exceptionList(report: CycleReport): Markup {
  const shown = report.exceptions.slice(0, EXCEPTIONS_SHOWN);
  const file = report.exceptionsFile ?? 'exceptions.csv';
  const title = html`<h2>${say('Excepciones', 'Exceptions')} <span class="soft">(${grouped(report.exceptionsTotal)})</span></h2>`;
  if (shown.length === 0)
    return html`<section>${title}<p>${say('No quedó ninguna cuestión abierta.', 'No question was left open.')}</p></section>`;
  const rows = shown.map((row) => {
    const place = row.file === undefined ? '' : `${row.file}${row.line === undefined ? '' : `:${row.line}`}`;
    return html`<tr><td><span class="tag">${row.code}</span><br><span class="soft">${row.stage}</span></td><td>${both(row.message)}${
      row.detail === undefined ? undefined : html`<br><span class="soft">${both(row.detail)}</span>`
    }</td><td class="whose">${row.subject ?? ''}${place === '' ? undefined : html`<br><code class="soft">${place}</code>`}</td><td class="n">${
      row.amount === undefined ? '' : grouped(row.amount)
    }</td><td>${both(row.next)}</td></tr>`;
  });
  const more = report.exceptionsTotal - shown.length;
  return html`<section>${title}<div class="scroll" tabindex="0"><table><thead><tr><th>${say('Código y etapa', 'Code and stage')}</th><th>${say('Qué pasó', 'What happened')}</th><th>${say('De quién, dónde', 'Whose, where')}</th><th class="n">${say('Importe', 'Amount')}</th><th>${say('Qué hacer', 'What to do')}</th></tr></thead><tbody>${rows}</tbody></table></div>
${more > 0 ? html`<p class="note"><strong>${say(`Hay ${grouped(more)} más en ${file}.`, `There are ${grouped(more)} more in ${file}.`)}</strong></p>` : undefined}</section>`;
}

export function fileList(report: CycleReport): Markup {
  const rows = report.files.map(
    ({ path, sha256, bytes }) =>
      html`<tr><td><code>${path}</code></td><td class="n">${grouped(bytes)}</td><td class="hash">${sha256}</td></tr>`,
  );
  return html`<section><h2>${say('Archivos y huellas', 'Files and hashes')}</h2><div class="scroll" tabindex="0"><table><thead><tr><th>${say('Archivo', 'File')}</th><th class="n">Bytes</th><th>SHA-256</th></tr></thead><tbody>${rows}</tbody></table></div>
${report.root === undefined ? undefined : html`<p class="note">${say('Raíz de los archivos de esta lista (manifest.json tiene la del paquete entero, con esta página)', 'Root of the files listed here (manifest.json has that of the whole bundle, this page included)')}: <span class="hash">${report.root}</span></p>`}</section>`;
}
