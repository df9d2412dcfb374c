import type { Bilingual } from './cycle-report.ts';

const REGISTRY_NEXT = (es: string, en: string): Bilingual => ({
  es: `${es}; si hay que corregir, cargue el padrón corregido y abra el ciclo con él`,
  en: `${en}; where something is wrong, load the corrected roster and open the cycle with it`,
});

/** What CrossCheck finds before approval, in words, with what to do about it. */
export const ANOMALY_TEXTS: Readonly<Record<string, { message: Bilingual; next: Bilingual }>> = {
  SHARED_ACCOUNT: {
    message: {
      es: 'Una misma cuenta cobra por varios hogares',
      en: 'One account receives for several households',
    },
    next: {
      es: 'Confirme en campo de quién es la cuenta antes de aprobar; puede ser un error de digitación o un desvío',
      en: 'Find out in the field whose account it is before approving: a typing error, or a diversion',
    },
  },
  PERSON_IN_TWO_HOUSEHOLDS: {
    message: {
      es: 'Una persona figura en varios hogares; cuenta en uno solo (las filas apartadas están en la lista como DUPLICATE_MEMBER)',
      en: 'A person is listed in several households and counts in one only (the rows set aside are listed as DUPLICATE_MEMBER)',
    },
    next: REGISTRY_NEXT(
      'Averigüe en qué hogar vive la persona',
      'Find out in which household the person lives',
    ),
  },
  INCOMPATIBLE_PROGRAMME: {
    message: {
      es: 'El hogar ya cobra de un programa que no es compatible con este',
      en: 'The household is already paid by a programme that does not go together with this one',
    },
    next: REGISTRY_NEXT(
      'Acuerde con el otro programa cuál de los dos paga',
      'Agree with the other programme which of the two pays',
    ),
  },
  RECERTIFICATION_DUE: {
    message: {
      es: 'El registro del hogar es más antiguo de lo que el programa admite',
      en: "The household's registration is older than the programme allows",
    },
    next: REGISTRY_NEXT('Actualice el registro del hogar', 'Renew the registration of the household'),
  },
  UNVERIFIED_SHARE: {
    message: {
      es: 'Verificaciones de una corresponsabilidad para las que no llegó evidencia',
      en: 'Checks of a condition for which no evidence came',
    },
    next: {
      es: 'Pida la evidencia que falta a quien la certifica: si el ciclo aún no se aprobó, ábralo con ella; si ya cerró, cárguela con la del ciclo siguiente',
      en: 'Ask whoever certifies it for the missing evidence: open a cycle that is not approved yet with it; once it has closed, load it with that of the next one',
    },
  },
  AMOUNT_CHANGE: {
    message: {
      es: 'El importe del hogar cambió más de lo que el programa considera normal',
      en: "The household's amount changed by more than the programme takes for normal",
    },
    next: REGISTRY_NEXT(
      'Revise por qué cambió: composición del hogar, sanciones, atrasos',
      'Look into why it changed: members, sanctions, arrears',
    ),
  },
  PAYEE_OUT_OF_ORDER: {
    message: {
      es: 'Cobra por el hogar alguien que no es el primero en el orden del programa',
      en: "Somebody is paid for the household who is not the first in the programme's order",
    },
    next: REGISTRY_NEXT(
      'Averigüe por qué cobra otra persona: un poder, una ausencia o un desvío',
      'Find out why another person is paid: a mandate, an absence, or a diversion',
    ),
  },
  CHANNEL_OUT_OF_RULE: {
    message: {
      es: 'El hogar cobra por un canal que la regla del programa no le da',
      en: "The household is paid by a channel that the programme's rule does not give it",
    },
    next: REGISTRY_NEXT(
      'Compruebe si el lugar tiene el servicio que el padrón supone',
      'Check whether the place has the service that the roster takes for granted',
    ),
  },
  PAYEE_CHANGED: {
    message: {
      es: 'El hogar cobra en otra cuenta, o cobra otra persona, que en el ciclo anterior',
      en: 'The household is paid into another account, or another person is paid, than in the last cycle',
    },
    next: REGISTRY_NEXT(
      'Confirme con el hogar quién pidió el cambio',
      'Confirm with the household who asked for the change',
    ),
  },
  ROSTER_AFTER_CUT_OFF: {
    message: {
      es: 'El padrón se cargó después del día en que el programa lo cierra',
      en: 'The roster was taken in after the day on which the programme closes it',
    },
    next: {
      es: 'Compare las altas y bajas con el padrón anterior antes de aprobar',
      en: 'Compare who came and went with the roster before it, before approving',
    },
  },
  ANOMALY_LIMIT: {
    message: {
      es: 'El ciclo se detuvo: hay más anomalías de una clase que las que admite la definición',
      en: 'The cycle was stopped: one kind of anomaly is found more often than the definition allows',
    },
    next: {
      es: 'Corrija los insumos con esta lista y abra el ciclo con ellos, o cambie el límite en una versión nueva de la definición',
      en: 'Correct the inputs with this list and open the cycle with them, or have the limit changed in a new version of the definition',
    },
  },
};

/** Kinds of anomaly, as `anomalyLimit` names them. */
const KIND_WORDS_ES: Readonly<Record<string, string>> = {
  person_in_two_households: 'persona en varios hogares',
  account_in_several_households: 'cuenta de varios hogares',
  incompatible_programme: 'programa incompatible',
  recertification_due: 'recertificación vencida',
  unverified_share: 'verificaciones sin evidencia',
  amount_change: 'cambio de importe',
  payee_out_of_order: 'cobra quien no es el primero',
  channel_out_of_rule: 'canal fuera de regla',
  payee_changed: 'cambio de cuenta o de persona',
};

const CHANNEL_ES: Readonly<Record<string, string>> = { account: 'en cuenta', cash: 'en efectivo' };

const PAYEE_ES: Readonly<Record<string, string>> = {
  account: 'otra cuenta',
  document: 'otro documento',
  'account and document': 'otra cuenta y otro documento',
};

const DETAILS: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [/^also paid by (.+)$/, (by) => `también cobra de ${by}`],
  [/^(\S+) is paid, the order names (.+)$/, (paid, named) => `cobra ${paid}, el orden nombra a ${named}`],
  [
    /^paid by (account|cash), the rule says (account|cash)$/,
    (now, rule) => `cobra ${CHANNEL_ES[now!]}, la regla dice ${CHANNEL_ES[rule!]}`,
  ],
  [
    /^(account|document|account and document) changed since (\S+)$/,
    (what, since) => `${PAYEE_ES[what!]} desde ${since}`,
  ],
  [/^taken in on (\S+), closed on (\S+)$/, (taken, closed) => `cargado el ${taken}, cerrado el ${closed}`],
  [/^certified (\S+)$/, (at) => `certificado ${at}`],
  [
    /^(\d+) of (\d+) checks without evidence$/,
    (some, all) => `${some} de ${all} verificaciones sin evidencia`,
  ],
  [/^(\S+) before, (\S+) now$/, (before, now) => `${before} antes, ${now} ahora`],
  [
    /^(\w+): (\d+) found among (\d+) (households|checks), limit (\S+) %$/,
    (kind, found, of, among, limit) =>
      `${KIND_WORDS_ES[kind!] ?? kind} (${kind}): ${found} de ${of} ${among === 'checks' ? 'verificaciones' : 'hogares'}, límite ${limit} %`,
  ],
];

/** The Spanish of what CrossCheck noted about a case, or undefined where it is not its own words. */
export function anomalyDetail(clause: string): string | undefined {
  for (const [pattern, say] of DETAILS) {
    const found = pattern.exec(clause);
    if (found) return say(...found.slice(1));
  }
  return undefined;
}
