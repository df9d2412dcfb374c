import type { Refusal } from '../../../domain/kernel/result.ts';

type Spanish = { readonly said: string; readonly next?: string };

const OTHER_VERIFIER = 'decide otra persona que verifica';
const OTHER_APPROVER = 'pida la decisión a quien aprueba y no tomó parte';

/** Refusals as the rules word them (English), what they say in Spanish and what to do next; `$1`… are names. */
const TEXTS: readonly (readonly [RegExp, string, string?])[] = [
  [
    /^a claim that is (\w+) cannot be (\w+)$/,
    'un reclamo en estado $1 no admite «$2»',
    'mire en qué estado está y qué admite',
  ],
  [
    /^whoever submitted a claim cannot verify it$/,
    'quien presentó un reclamo no lo verifica',
    OTHER_VERIFIER,
  ],
  [
    /^a verifier cannot decide on their own institute$/,
    'quien verifica no decide sobre su propio instituto',
    OTHER_VERIFIER,
  ],
  [/^this participant is not registered$/, 'esa persona no está registrada', 'regístrela primero'],
  [/^(.+) of this person was already claimed on (\S+)$/, '$1 de esta persona ya se reclamó el $2'],
  [
    /^this (?:idempotency )?key was used for another request$/,
    'esta clave ya se usó para otra solicitud',
    'use una clave nueva para una solicitud nueva',
  ],
  [/^the body is not UTF-8$/, 'el cuerpo no está en UTF-8'],
  [/^(.+) has no rows$/, '$1 no tiene filas', 'revise la exportación'],
  [
    /^only (.+), who made this proposal, can withdraw it$/,
    'solo $1, que hizo esta propuesta, puede retirarla',
    'quien aprueba la rechaza en su lugar',
  ],
  [
    /^manifest (\w+) is not the one proposed \((\w+)\)$/,
    'el manifiesto $1 no es el propuesto ($2)',
    'lea la propuesta actual y decida sobre su huella',
  ],
  [
    /^(.+) made this cycle and cannot approve it$/,
    '$1 elaboró este ciclo y no puede aprobarlo',
    OTHER_APPROVER,
  ],
  [/^(.+) submitted evidence of this cycle$/, '$1 presentó evidencia de este ciclo', OTHER_APPROVER],
  [/^this proposal is already \w+$/, 'esta propuesta ya está decidida', 'no queda nada por decidir'],
  [
    /^(.+) has approved already; the second checker must be somebody else$/,
    '$1 ya aprobó; la segunda firma es de otra persona',
    'pídala a otra persona que aprueba',
  ],
  [
    /^another checker decided at the same moment$/,
    'otra persona decidió en el mismo momento',
    'lea la propuesta otra vez',
  ],
  [
    /^cycle (\S+) of (\S+) has nothing to approve$/,
    'el ciclo $1 de $2 no tiene nada que aprobar',
    'corra el ciclo hasta su propuesta',
  ],
  [
    /^programme (\S+) has no cycle (\S+)$/,
    'el programa $1 no tiene el ciclo $2',
    'ábralo con «cumple cycle run»',
  ],
  [
    /^no sample was committed for (\S+)$/,
    'no hay un compromiso de muestra para $1',
    'comprometa la semilla y la regla antes de conocer los reclamos del período',
  ],
  [
    /^the sample of (\S+) has not been drawn$/,
    'la muestra de $1 no se ha sorteado',
    'sortéela antes de ampliarla',
  ],
  [
    /^the sample of (\S+) was committed with another rule on (\S+)$/,
    'la muestra de $1 se comprometió con otra regla el $2',
    'la regla de un período se fija antes de conocer sus reclamos; cámbiela en uno posterior',
  ],
  [/^claim (\S+) moved to (\w+) meanwhile$/, 'el reclamo $1 pasó entretanto a $2', 'léalo otra vez'],
  [
    /^the next period of (\S+) is (\S+), not (\S+)$/,
    'el período siguiente de $1 es $2, no $3',
    'corra los períodos uno tras otro',
  ],
  [
    /^programme (\S+) already has a cycle (\S+) \(\w+\), opened with other inputs$/,
    'el programa $1 ya tiene un ciclo $2, abierto con otros insumos',
    'un período pagado no se corre dos veces: corríjalo en el siguiente, o siga con sus propios insumos',
  ],
  [
    /^programme (\S+) has no closed cycle here$/,
    'el programa $1 no tiene aquí ningún ciclo cerrado',
    'corra uno con «cumple cycle run» o dé la carpeta de sus ciclos con --out',
  ],
  [
    /^no closed cycle of (\S+) had household (.+)$/,
    'ningún ciclo cerrado de $1 tuvo el hogar $2',
    'revise el identificador del hogar en el padrón',
  ],
];

/** A refusal in Spanish; undefined where it is not known here, and its code alone can be told. */
export function refusalInSpanish({ message }: Refusal): Spanish | undefined {
  for (const [pattern, spanish, next] of TEXTS)
    if (pattern.test(message))
      return { said: message.replace(pattern, spanish), ...(next !== undefined && { next }) };
  return undefined;
}
