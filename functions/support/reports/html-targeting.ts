import type { CycleReport, ReportedAnomaly } from './cycle-report.ts';
import { both, grouped, html, type Markup, say } from './html.ts';

/** Territories shown at once; the others open on a click. */
const TERRITORIES_SHOWN = 10;

type Row = readonly [sign: string, words: Markup, count: number | undefined, amount: string];

/** How well the money reaches whom the eligibility rule means. */
export function targetingSection({ targeting }: CycleReport): Markup | undefined {
  if (!targeting) return undefined;
  const { paid, paidNotEligible, leakagePct, meetRule, meetRulePaid, coveragePct } = targeting;
  const row = (name: Markup, meaning: Markup, part: number, whole: number, share: string) =>
    html`<tr><th scope="row">${name}</th><td>${meaning}</td><td class="n">${grouped(part)}</td><td class="n">${grouped(whole)}</td><td class="n">${share} %</td></tr>`;
  return html`<section><h2>${say('Focalización', 'Targeting')}</h2>
<div class="scroll" tabindex="0"><table><thead><tr><th>${say('Indicador', 'Indicator')}</th><th>${say('Qué mide', 'What it measures')}</th><th class="n">${say('Hogares', 'Households')}</th><th class="n">${say('De', 'Of')}</th><th class="n">%</th></tr></thead><tbody>${[
    row(
      say('Filtración', 'Leakage'),
      say(
        'De los hogares que cobran, los que hoy no cumplen la regla de elegibilidad (por lo general, deudas de ciclos anteriores)',
        'Of the households that are paid, those that do not meet the eligibility rule now (as a rule, debts of earlier cycles)',
      ),
      paidNotEligible,
      paid,
      leakagePct,
    ),
    row(
      say('Cobertura', 'Coverage'),
      say(
        'De los hogares del padrón que cumplen la regla, los que cobran',
        'Of the households in the roster that meet the rule, those that are paid',
      ),
      meetRulePaid,
      meetRule,
      coveragePct,
    ),
  ]}</tbody></table></div>
<p class="note">${say(
    'Solo se conoce a los hogares del padrón: quién debería estar en él y no está, no se sabe aquí.',
    'Only households in the roster are known: who should be on it and is not, nobody knows here.',
  )}</p></section>`;
}

/** From what the last closed cycle ordered for households to what this one orders. */
export function changesSection({ changes, currency }: CycleReport): Markup | undefined {
  if (!changes) return undefined;
  const { since, before, entering, leaving, up, down, now, difference, territories } = changes;
  const rows: Row[] = [
    ['', say(`Ordenado en ${since}`, `Ordered in ${since}`), undefined, before],
    ['+', say('Hogares que entran', 'Households entering'), entering.count, entering.amount],
    ['−', say('Hogares que salen', 'Households leaving'), leaving.count, leaving.amount],
    ['+', say('Cobran más', 'Paid more'), up.count, up.amount],
    ['−', say('Cobran menos', 'Paid less'), down.count, down.amount],
    ['=', say('Ordenado en este ciclo', 'Ordered in this cycle'), undefined, now],
  ];
  const lines = rows.map(
    ([sign, words, count, amount]) =>
      html`<tr><td class="n">${sign}</td><td>${words}</td><td class="n">${count === undefined ? '' : grouped(count)}</td><td class="n">${grouped(amount)}</td></tr>`,
  );
  return html`<section><h2>${say('Cambios desde el último ciclo', 'Changes since the last cycle')}</h2>
<h3>${say('Diferencia', 'Difference')}: ${grouped(difference)} ${currency}</h3>
<div class="scroll" tabindex="0"><table class="sum"><tbody>${lines}</tbody></table></div>
${byTerritory(territories)}<p class="note">${say(
    'Transferencias a hogares, tal como se propusieron: entra quien cobra ahora y no cobraba; sale quien cobraba y ahora no.',
    'Transfers to households, as proposed: entering is who is paid now and was not; leaving, who was paid and is not now.',
  )}</p></section>`;
}

function byTerritory(all: NonNullable<CycleReport['changes']>['territories']): Markup | undefined {
  if (all.length === 0) return undefined;
  const table = (items: typeof all) => {
    const rows = items.map(
      ({ territory, entering, leaving, difference }) =>
        html`<tr><th scope="row" class="place">${territory || '—'}</th><td class="n">${grouped(entering)}</td><td class="n">${grouped(leaving)}</td><td class="n">${grouped(difference)}</td></tr>`,
    );
    return html`<div class="scroll" tabindex="0"><table><thead><tr><th>${say('Territorio', 'Territory')}</th><th class="n">${say('Entran', 'Entering')}</th><th class="n">${say('Salen', 'Leaving')}</th><th class="n">${say('Diferencia', 'Difference')}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
  };
  const rest = all.slice(TERRITORIES_SHOWN);
  return html`<h3>${say('Donde más cambió', 'Where it changed most')}</h3>
${table(all.slice(0, TERRITORIES_SHOWN))}
${rest.length > 0 ? html`<details><summary>${say(`Otros ${grouped(rest.length)} territorios`, `${grouped(rest.length)} more territories`)}</summary>${table(rest)}</details>` : undefined}`;
}

/** What was looked for before approval, found or not, against the limits of the definition. */
export function anomalies(report: CycleReport): Markup | undefined {
  if (report.anomalies.length === 0) return undefined;
  const rows = report.anomalies.map(
    ({ code, count, message, limitPct, ...more }) =>
      html`<tr><td><span class="tag">${code}</span></td><td>${both(message)}</td><td class="n">${grouped(count)}</td><td class="n">${wholeOf(more)}</td><td class="n">${more.sharePct === undefined ? '' : `${more.sharePct} %`}</td><td class="n">${limitPct === undefined ? '—' : `${limitPct} %`}</td></tr>`,
  );
  return html`<section><h2>${say('Anomalías buscadas antes de aprobar', 'Anomalies looked for before approval')}</h2><div class="scroll" tabindex="0"><table><thead><tr><th>${say('Código', 'Code')}</th><th>${say('Qué significa', 'Meaning')}</th><th class="n">${say('Casos', 'Cases')}</th><th class="n">${say('De', 'Of')}</th><th class="n">%</th><th class="n">${say('Límite', 'Limit')}</th></tr></thead><tbody>${rows}</tbody></table></div>
<p class="note">${say(
    'Quien aprobó vio lo que se encontró. Por encima de su límite una clase detiene el ciclo antes de que se apruebe; sin límite (—), solo se muestra.',
    'The approvers were shown what was found. Above its limit a kind stops the cycle before it is approved; without one (—) it is only shown.',
  )}</p></section>`;
}

function wholeOf({ of, among }: Pick<ReportedAnomaly, 'of' | 'among'>): Markup | undefined {
  if (of === undefined) return undefined;
  const count = grouped(of);
  return among === 'checks'
    ? say(`${count} verificaciones`, `${count} checks`)
    : say(`${count} hogares`, `${count} households`);
}
