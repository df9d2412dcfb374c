import { BANK_STATES, type CycleReport } from './cycle-report.ts';
import { grouped, html, type Markup, say } from './html.ts';
import { BANK_STATE_WORDS, identityWords } from './words.ts';

/** The digits of a decimal string as a number that only widths are made of: never shown, never added up. */
const weight = (amount: string): number => Number(amount.replace('.', ''));

/** A stacked bar; a part that is 0 is left out. For the eye only: the numbers stand beside it. */
export function stacked(kind: 'flow' | 'bar', parts: readonly { name: string; weight: number }[]): Markup {
  const pieces = parts
    .filter((part) => part.weight > 0)
    .map((part) => html`<i style="flex:${part.weight} 1 0;background:var(--${part.name})"></i>`);
  return html`<div class="${kind}" aria-hidden="true">${pieces}</div>`;
}

export const isBalanced = (report: CycleReport): boolean =>
  report.identities.length > 0 && report.identities.every(({ difference }) => weight(difference) === 0);

/** One sentence that says whether the books close. */
export function verdict(report: CycleReport): Markup {
  if (isBalanced(report))
    return html`<div class="verdict good"><i aria-hidden="true">✓</i><div>${say(
      `Las cuentas cierran: las ${report.identities.length} identidades de control dan cero.`,
      `The books close: all ${report.identities.length} control identities are zero.`,
    )}</div></div>`;
  return html`<div class="verdict bad"><i aria-hidden="true">✗</i><div>${say(
    'Las cuentas no cierran: hay diferencias que aclarar antes de dar el ciclo por bueno.',
    'The books do not close: there are differences to settle before this cycle counts as good.',
  )}</div></div>`;
}

export function headline(report: CycleReport): Markup {
  const { households, currency, bank, instructions } = report;
  const card = (value: string, what: Markup, more?: Markup) =>
    html`<div class="card"><b>${value}</b><span class="what">${what}</span>${more && html`<small>${more}</small>`}</div>`;
  return html`<section><h2>${say('En resumen', 'At a glance')}</h2><div class="cards">
${card(grouped(households.total), say('hogares en el padrón', 'households in the roster'), say(`${grouped(households.eligible)} elegibles`, `${grouped(households.eligible)} eligible`))}
${card(grouped(households.entitled), say('hogares con derecho a pago', 'households entitled'))}
${card(grouped(households.paid), say('hogares pagados', 'households paid'), say(`${grouped(bank.paid.count)} de ${grouped(instructions.count)} órdenes`, `${grouped(bank.paid.count)} of ${grouped(instructions.count)} instructions`))}
${card(grouped(bank.paid.amount), say(`pagado, en ${currency}`, `paid, in ${currency}`), say(`de ${grouped(instructions.total)} instruido`, `of ${grouped(instructions.total)} instructed`))}
</div>${verdict(report)}</section>`;
}

/** What was owed, and what became of it. */
export function entitlements(report: CycleReport): Markup {
  const { transfers, currency } = report;
  const parts = [
    { name: 'payable', words: say('A pagar', 'Payable'), amount: transfers.payable },
    { name: 'held', words: say('Retenido', 'Held'), amount: transfers.held },
    { name: 'forfeited', words: say('Perdido', 'Forfeited'), amount: transfers.forfeited },
  ];
  const items = parts.map(
    ({ name, words, amount }) =>
      html`<li><span class="dot" style="background:var(--${name})"></span>${words}<span class="num">${grouped(amount)}</span></li>`,
  );
  const arrears = report.bridge
    ? undefined
    : html`${say(`Atrasos de periodos anteriores: ${grouped(transfers.arrears)}.`, `Arrears of earlier periods: ${grouped(transfers.arrears)}.`)} `;
  const lapsed = /[1-9]/.test(transfers.lapsed)
    ? html`${say(`De lo retenido en ciclos anteriores se perdieron ahora ${grouped(transfers.lapsed)}.`, `Of what earlier cycles held, ${grouped(transfers.lapsed)} was lost now.`)} `
    : undefined;
  return html`<section><h2>${say('Transferencias', 'Transfers')}</h2>
<h3>${say('Con derecho', 'Entitled')}: ${grouped(transfers.entitled)} ${currency}</h3>
${stacked(
  'flow',
  parts.map(({ name, amount }) => ({ name, weight: weight(amount) })),
)}
<ul class="legend">${items}</ul>
${disbursed(report)}${bridge(report)}<p class="note">${arrears}${lapsed}${say(
    'Lo retenido se paga cuando se cumple o se justifica; lo perdido no se paga.',
    'Held money is paid once the condition is met or justified; forfeited money is not paid.',
  )}</p></section>`;
}

/** From what is payable to what the bank was told, so that the two figures are never a riddle. */
function bridge({ bridge: steps, transfers, disbursements, instructions }: CycleReport): Markup | undefined {
  if (!steps) return undefined;
  const rows: [string, Markup, string][] = [
    ['', say('A pagar este periodo', 'Payable this period'), transfers.payable],
    ['+', say('Atrasos de periodos anteriores', 'Arrears of earlier periods'), steps.arrears],
    [
      '+',
      say('Reemisión de pagos que no llegaron', 'Reissue of payments that did not arrive'),
      steps.reissued,
    ],
    ['−', say('Recupero de pagos en exceso', 'Recovery of overpayments'), steps.recovered],
    [
      '−',
      say(
        `Retenido hasta corregir los datos de pago (${grouped(steps.payeesHeld)} hogares)`,
        `Held until payment details are corrected (${grouped(steps.payeesHeld)} households)`,
      ),
      steps.payeeHeld,
    ],
  ];
  if (disbursements) rows.push(['+', say('A proveedores', 'To providers'), disbursements.payable]);
  rows.push(['=', say('Instruido al banco', 'Instructed to the bank'), instructions.total]);
  const lines = rows.map(
    ([sign, words, amount]) =>
      html`<tr><td class="n">${sign}</td><td>${words}</td><td class="n">${grouped(amount)}</td></tr>`,
  );
  return html`<h3>${say('De lo que corresponde a lo instruido', 'From what is payable to what was instructed')}</h3><div class="scroll" tabindex="0"><table class="sum"><tbody>${lines}</tbody></table></div>`;
}

/** The providers' stream, where this cycle settles contracts. */
function disbursed({ disbursements, currency }: CycleReport): Markup | undefined {
  if (!disbursements) return undefined;
  return html`<h3>${say('A proveedores, por resultados verificados', 'To providers, for verified results')}: ${grouped(
    disbursements.payable,
  )} ${currency} <span class="soft">(${grouped(disbursements.count)})</span></h3>`;
}

/** What the bank did with what it was told, and the three identities. */
export function bankSection(report: CycleReport): Markup {
  const { bank, instructions, currency } = report;
  const items = BANK_STATES.map(
    (state) =>
      html`<li><span class="dot" style="background:var(--${state})"></span>${say(
        BANK_STATE_WORDS[state].es,
        BANK_STATE_WORDS[state].en,
      )} <span class="soft">(${grouped(bank[state].count)})</span><span class="num">${grouped(bank[state].amount)}</span></li>`,
  );
  const rows = report.identities.map(({ name, difference }) => {
    const zero = weight(difference) === 0;
    const words = identityWords(name);
    return html`<tr><td>${say(words.es, words.en)}</td><td class="n">${grouped(difference)}</td><td class="${zero ? 'ok' : 'off'}">${
      zero ? say('✓ Cuadra', '✓ Holds') : say('✗ No cuadra', '✗ Differs')
    }</td></tr>`;
  });
  return html`<section><h2>${say('Banco y conciliación', 'Bank and reconciliation')}</h2>
<h3>${say('Instruido', 'Instructed')}: ${grouped(instructions.total)} ${currency} <span class="soft">(${grouped(instructions.count)})</span></h3>
${stacked(
  'flow',
  BANK_STATES.map((name) => ({ name, weight: weight(bank[name].amount) })),
)}
<ul class="legend">${items}</ul>
<h3>${say('Identidades de control', 'Control identities')}</h3>
<div class="scroll" tabindex="0"><table><thead><tr><th>${say('Identidad', 'Identity')}</th><th class="n">${say('Diferencia', 'Difference')} (${currency})</th><th>${say('Resultado', 'Result')}</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}
