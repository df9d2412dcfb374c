import { anomalyDetail } from './anomaly-texts.ts';
import type { BankState, Bilingual } from './cycle-report.ts';
import { BANK_STATE_WORDS } from './words.ts';

/** A clause as a step writes it (English), and the same in Spanish; `$1`… are its figures. */
const CLAUSES: readonly (readonly [RegExp, string])[] = [
  [
    /^instructed (\S+), debited (\S+) in (\d+), returned (\S+) in (\d+)$/,
    'instruido $1, cargado $2 en $3, devuelto $4 en $5',
  ],
  [/^status (\S+)$/, 'estado $1'],
  [/^(.+) said (\d+) times$/, '$1 informado $2 veces'],
  [
    /^the references of (.+) name two different payments$/,
    'las referencias de $1 nombran dos pagos distintos',
  ],
  [/^(.+) with reference (.+)$/, '$1 con referencia $2'],
  [/^perhaps (.+)$/, 'quizá $1'],
  [
    /^one account receives the transfers of (\d+) households: (.+)$/,
    'una cuenta recibe las transferencias de $1 hogares: $2',
  ],
  [/^(\S+) (\S+) of (\S+) says (.+) in (.+) and (.+) here$/, '$1 $2 de $3 dice $4 en $5 y $6 aquí'],
  [
    /^(\S+) (\S+) of (\S+) is (.+) here and (.+) in (.+) line (\d+)$/,
    '$1 $2 de $3 es $4 aquí y $5 en $6 línea $7',
  ],
  [/^(\d+) claims of contract (\S+) wait$/, '$1 reclamos del contrato $2 esperan'],
  [/^money of (\S+) was there to collect from (\S+)$/, 'el importe de $1 se podía cobrar desde $2'],
  [
    /^(\S+) is a household and a person of the frozen roster$/,
    '$1 es un hogar y una persona del padrón congelado',
  ],
  [/^neither is exempted$/, 'no exime a ninguno'],
  [/^neither counts$/, 'ninguno vale'],
  [/^the same as (.+) line (\d+)$/, 'igual a $1 línea $2'],
  [/^counted once$/, 'se cuenta una vez'],
  [/^household (\S+) is already in (.+) line (\d+)$/, 'el hogar $1 ya figura en $2 línea $3'],
  [/^that row counts$/, 'vale esa fila'],
  [
    /^its household (\S+) is in quarantine \((.+) line (\d+)\)$/,
    'su hogar $1 está en cuarentena ($2 línea $3)',
  ],
  [/^there is no household (\S+) in the households file$/, 'no hay un hogar $1 en el archivo de hogares'],
  [
    /^the columns of household (\S+) differ from those in (.+) line (\d+)$/,
    'las columnas del hogar $1 difieren de las de $2 línea $3',
  ],
  [/^the row has (\d+) columns, the header (\d+)$/, 'la fila tiene $1 columnas, el encabezado $2'],
  [/^(\S+) is "(.*)", expected one of (.+)$/, '$1 es «$2», se esperaba uno de $3'],
  [/^(\S+) is "(.*)", expected a date as (.+)$/, '$1 es «$2», se esperaba una fecha como $3'],
  [/^(\S+) is "(.*)", expected a month as (.+)$/, '$1 es «$2», se esperaba un mes como $3'],
  [/^(\S+) is "(.*)", expected (.+)$/, '$1 es «$2», se esperaba $3'],
  [/^(\S+) is listed twice in household (\S+)$/, '$1 figura dos veces en el hogar $2'],
  [/^(.+) line (\d+) counts$/, 'vale $1 línea $2'],
  [
    /^(\S+) is also in household (\S+) \((.+) line (\d+)\) and counts there only, so that nobody is paid for twice$/,
    '$1 figura también en el hogar $2 ($3 línea $4) y vale solo allí, para que a nadie se le pague dos veces',
  ],
  [/^(\S+) is empty$/, '$1 está vacío'],
  [
    /^this is a payment file \(pain\.001\) for the bank, not a report of the bank$/,
    'es un archivo de pago (pain.001) para el banco, no un informe del banco',
  ],
  [/^neither XML nor MT940: this format is not read here$/, 'ni XML ni MT940: este formato no se lee aquí'],
];
/** Sentences that only repeat the code and the subject, which stand beside them anyway. */
const REPEATS = [
  /^evidence for .+, who is not in the frozen roster$/,
  / cannot be paid as registered; the amount is held until it is corrected$/,
];

/**
 * What a step noted about a case, in both languages: clauses that are known are translated one by one, others
 * (a bank's own words, a name) stay as they are. Undefined where there is nothing to add.
 */
export function detailText(message: string | undefined): Bilingual | undefined {
  if (!message || REPEATS.some((pattern) => pattern.test(message))) return undefined;
  return { es: message.split('; ').map(inSpanish).join('; '), en: message };
}

function inSpanish(clause: string): string {
  for (const [pattern, spanish] of CLAUSES) if (pattern.test(clause)) return clause.replace(pattern, spanish);
  return lateDetail(clause) ?? anomalyDetail(clause) ?? clause;
}

/** A late answer: the states of the payment, before and now, in our words. */
function lateDetail(clause: string): string | undefined {
  const [, cycle, before, now] = /^cycle (\S+): it was (\w+), now the bank says (\w+)$/.exec(clause) ?? [];
  const word = (state: string | undefined) => BANK_STATE_WORDS[state as BankState]?.es.toLowerCase();
  return cycle && `ciclo ${cycle}: estaba ${word(before)}, ahora el banco dice ${word(now)}`;
}
