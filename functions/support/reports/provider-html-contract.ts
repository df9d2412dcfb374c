import type { StatementEntry, StatementPeriod } from '../../../domain/results/statement.ts';
import { both, grouped, html, type Markup, say } from './html.ts';
import type { ContractStatement } from './provider-statement.ts';
import type { TotalsSince } from './provider-totals.ts';
import { LINE_WORDS, MONEY_ROWS } from './provider-words.ts';

/** Lines of a contract on the page; all of them are in statement-lines.csv. */
export const LINES_SHOWN = 300;

const isZero = (amount: string): boolean => /^-?[0.]+$/.test(amount);

/** One contract: its claims, how its money comes about, what was refused and why, and its totals since the start. */
export function contractSection(statement: ContractStatement, currency: string): Markup {
  const { name, contract, settled, since, milestones, entries } = statement;
  const refused = entries.filter(({ kind }) => kind === 'refused');
  const others = entries.filter(({ kind }) => kind !== 'refused');
  return html`<section><h2>${both(name)} <code class="soft">${contract}</code></h2>
${settled ? html`${claims(settled)}${money(settled, currency)}` : html`<p>${say('Nada se liquidó de este contrato en el periodo.', 'Nothing of this contract was settled in the period.')}</p>`}
${milestones.length > 0 ? outcomes(milestones, currency) : undefined}
${refused.length > 0 ? lines(say('Lo que no se paga, y por qué', 'What is not paid, and why'), refused, currency) : undefined}
${since && sinceStart(since, currency)}
${others.length > 0 ? html`<details><summary>${say('Línea por línea', 'Line by line')} (${grouped(others.length)})</summary>${lines(undefined, others, currency)}</details>` : undefined}</section>`;
}

const claims = ({ claimed, verified, refused }: StatementPeriod): Markup =>
  html`<p>${say(
    `De ${claimed} resultados reclamados se pagan ${verified} y ${refused} no.`,
    `Of ${claimed} outcomes claimed, ${verified} are paid for and ${refused} are not.`,
  )}</p>`;

function money(settled: StatementPeriod, currency: string): Markup {
  const rows = MONEY_ROWS.filter(
    ([, key]) => key === 'earned' || key === 'payable' || !isZero(String(settled[key])),
  ).map(
    ([sign, key, words]) =>
      html`<tr><td class="n">${sign}</td><td>${both(words)}</td><td class="n">${grouped(settled[key])}</td></tr>`,
  );
  const owed = isZero(settled.owed)
    ? undefined
    : html`<p class="note">${say(
        `El instituto debe todavía ${grouped(settled.owed)} ${currency}; se descuenta de los pagos siguientes.`,
        `The institute still owes ${currency} ${grouped(settled.owed)}; it is netted from the payments to come.`,
      )}</p>`;
  return html`<h3>${say('Cómo se llega a lo que se paga', 'How the payment comes about')} (${currency})</h3><div class="scroll" tabindex="0"><table class="sum"><tbody>${rows}</tbody></table></div>${owed}`;
}

function outcomes(milestones: ContractStatement['milestones'], currency: string): Markup {
  const rows = milestones.map(
    ({ name, count, amount }) =>
      html`<tr><td>${both(name)}</td><td class="n">${grouped(count)}</td><td class="n">${grouped(amount)}</td></tr>`,
  );
  return html`<h3>${say('Por resultado', 'By outcome')}</h3><div class="scroll" tabindex="0"><table><thead><tr><th>${say('Resultado', 'Outcome')}</th><th class="n">${say('Cantidad', 'Count')}</th><th class="n">${say('Se paga', 'Paid for')} (${currency})</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function lines(title: Markup | undefined, all: readonly StatementEntry[], currency: string): Markup {
  const rows = all
    .slice(0, LINES_SHOWN)
    .map(
      ({ participant, kind, text, amount }) =>
        html`<tr><td class="whose">${participant || '—'}</td><td>${both(LINE_WORDS[kind as keyof typeof LINE_WORDS])}</td><td>${both(text)}</td><td class="n">${amount === '' ? '' : grouped(amount)}</td></tr>`,
    );
  const more = all.length - LINES_SHOWN;
  return html`${title && html`<h3>${title} <span class="soft">(${grouped(all.length)})</span></h3>`}<div class="scroll" tabindex="0"><table><thead><tr><th>${say('Participante', 'Participant')}</th><th>${say('Qué es', 'Kind')}</th><th>${say('En palabras', 'In words')}</th><th class="n">${currency}</th></tr></thead><tbody>${rows}</tbody></table></div>
${more > 0 ? html`<p class="note"><strong>${say(`Hay ${grouped(more)} más en statement-lines.csv.`, `There are ${grouped(more)} more in statement-lines.csv.`)}</strong></p>` : undefined}`;
}

function sinceStart(since: TotalsSince, currency: string): Markup {
  const rows: [Markup, string | number][] = [
    [say('Resultados liquidados', 'Outcomes settled'), since.outcomes],
    [say('Ganado', 'Earned'), since.earned],
    [say('A pagar, sumados todos los periodos', 'Payable, all periods together'), since.payable],
    [say('Retenido y sin liberar', 'Withheld and not released'), since.withheld],
  ];
  if (since.reversed > 0) rows.push([say('Resultados anulados', 'Outcomes taken back'), since.reversed]);
  if (!isZero(since.advance)) rows.push([say('Anticipo por recuperar', 'Advance to recover'), since.advance]);
  if (!isZero(since.owed)) rows.push([say('Por devolver', 'To be returned'), since.owed]);
  if (since.remaining !== '')
    rows.push([say('Queda del tope del contrato', "Left of the contract's cap"), since.remaining]);
  const cells = rows.map(
    ([words, value]) => html`<tr><td>${words}</td><td class="n">${grouped(value)}</td></tr>`,
  );
  return html`<h3>${say(`Desde el inicio del contrato, al ${since.asOf}`, `Since the start of the contract, as of ${since.asOf}`)} (${currency})</h3><div class="scroll" tabindex="0"><table><tbody>${cells}</tbody></table></div>`;
}
