import type { RefusalCode } from '../../../domain/kernel/result.ts';
import type { Said } from './said.ts';

/** Problems that only HTTP has; the others are refusals of the rules. */
export const HTTP_CODES = [
  'UNAUTHENTICATED',
  'METHOD_NOT_ALLOWED',
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'IDEMPOTENCY_KEY_MISSING',
  'IN_PROGRESS',
  'UNAVAILABLE',
  'INTERNAL',
] as const;
export type HttpCode = (typeof HTTP_CODES)[number];
export type ProblemCode = RefusalCode | HttpCode;

type Entry = { readonly status: number; readonly title: Said; readonly next: Said };
const entry = (status: number, title: [string, string], next: [string, string]): Entry => ({
  status,
  title: { es: title[0], en: title[1] },
  next: { es: next[0], en: next[1] },
});
const FIX: [string, string] = ['corrija los datos y envíelos de nuevo', 'correct the data and send it again'];
const AGAIN: [string, string] = [
  'vuelva a leer y decida sobre lo actual',
  'read it again and decide on what is current',
];
const CHOOSE: [string, string] = ['compruebe el identificador', 'check the identifier'];
const FILE: [string, string] = [
  'corrija el archivo y envíelo de nuevo',
  'correct the file and send it again',
];

/** Status, title and next step of each problem; a refusal may say something more exact. */
const ENTRIES: Partial<Record<ProblemCode, Entry>> = {
  BAD_USAGE: entry(400, ['Solicitud incorrecta', 'Bad request'], FIX),
  BAD_INPUT: entry(400, ['Datos incorrectos', 'Bad input'], FIX),
  UNKNOWN_PROGRAMME: entry(404, ['No existe ese programa', 'No such programme'], CHOOSE),
  UNKNOWN_CONTRACT: entry(404, ['No existe ese contrato', 'No such contract'], CHOOSE),
  CYCLE_NOT_FOUND: entry(404, ['No existe ese ciclo', 'No such cycle'], CHOOSE),
  NOT_FOUND: entry(404, ['No se encontró', 'Not found'], CHOOSE),
  NOT_ALLOWED: entry(
    403,
    ['No está permitido', 'Not allowed'],
    [
      'pida a quien administra el programa el permiso que falta',
      'ask the programme administrator for the missing permission',
    ],
  ),
  SELF_APPROVAL: entry(
    403,
    ['Nadie decide sobre lo que hizo', 'Nobody decides on their own work'],
    ['pida la decisión a otra persona', 'ask somebody who did not take part'],
  ),
  SAME_CHECKER: entry(
    403,
    ['La segunda decisión es de otra persona', 'The second decision is somebody else’s'],
    ['pídala a otra persona aprobadora', 'ask another approver'],
  ),
  STALE_MANIFEST: entry(
    409,
    ['Esa propuesta ya no es la actual', 'That proposal is no longer current'],
    AGAIN,
  ),
  STATE_MOVED: entry(409, ['El estado cambió', 'The state has moved'], AGAIN),
  CONFLICT: entry(
    409,
    ['Otra solicitud llegó al mismo tiempo', 'Another request came at the same time'],
    AGAIN,
  ),
  WRONG_STAGE: entry(
    409,
    ['No corresponde a esta etapa', 'Wrong stage'],
    ['consulte el estado actual', 'look at the current state'],
  ),
  DUPLICATE_CLAIM: entry(
    409,
    ['Esa meta de esa persona ya se reclamó', 'That milestone of that person was claimed before'],
    [
      'cada resultado se paga una vez por persona; si cree que es un error, presente un reclamo',
      'each result is paid once per person; if you think this is wrong, file a grievance',
    ],
  ),
  CYCLE_EXISTS: entry(409, ['Ese ciclo ya existe', 'That cycle exists'], AGAIN),
  INPUTS_DIFFER: entry(409, ['Los datos no son los anunciados', 'The data is not what was announced'], FILE),
  ANOMALY_LIMIT: entry(409, ['Demasiadas anomalías', 'Too many anomalies'], FIX),
  PERIOD_OUT_OF_ORDER: entry(
    409,
    ['Período fuera de orden', 'Period out of order'],
    ['siga el orden de los períodos', 'follow the order of the periods'],
  ),
  IDEMPOTENCY_MISMATCH: entry(
    422,
    ['Esa clave de idempotencia ya se usó con otros datos', 'That idempotency key was used with other data'],
    ['use una clave nueva para datos nuevos', 'use a new key for new data'],
  ),
  INVALID_DEFINITION: entry(422, ['Definición inválida', 'Invalid definition'], FIX),
  VALUE_NOT_PUBLISHED: entry(
    422,
    ['Falta un valor no publicado', 'A value was never published'],
    ['quien administra el contrato debe fijarlo y citarlo', 'the contract’s owner must set and cite it'],
  ),
  PERIOD_NOT_PAYABLE: entry(422, ['Período no pagable', 'Period not payable'], FIX),
  FILE_TRUNCATED: entry(422, ['El archivo está cortado', 'The file is truncated'], FILE),
  FILE_ENCODING: entry(422, ['El archivo no es UTF-8', 'The file is not UTF-8'], FILE),
  FILE_EMPTY: entry(422, ['El archivo está vacío', 'The file is empty'], FILE),
  FILE_HEADER: entry(422, ['Encabezado incorrecto', 'Bad header'], FILE),
  TOO_MANY_REJECTED: entry(422, ['Demasiadas filas rechazadas', 'Too many rejected rows'], FILE),
  BANK_FILE_REFUSED: entry(422, ['Archivo bancario rechazado', 'Bank file refused'], FILE),
  UNAUTHENTICATED: entry(
    401,
    ['Hace falta identificarse', 'Identification needed'],
    [
      'obtenga un token vigente y envíelo en Authorization: Bearer',
      'get a valid token and send it as Authorization: Bearer',
    ],
  ),
  METHOD_NOT_ALLOWED: entry(
    405,
    ['Método no admitido', 'Method not allowed'],
    ['use un método de Allow', 'use a method of Allow'],
  ),
  SHARD_TOO_LARGE: entry(413, ['Archivo demasiado grande', 'File too large'], ['divídalo', 'split it']),
  BODY_TOO_LARGE: entry(413, ['Envío demasiado grande', 'Body too large'], ['divídalo', 'split it']),
  UNSUPPORTED_MEDIA_TYPE: entry(
    415,
    ['Tipo de contenido no admitido', 'Unsupported media type'],
    ['envíe el tipo que indica la descripción', 'send the type that the description names'],
  ),
  IDEMPOTENCY_KEY_MISSING: entry(
    400,
    ['Falta Idempotency-Key', 'Idempotency-Key is missing'],
    [
      'envíe una clave propia de 8 a 64 letras o dígitos y repítala si reintenta',
      'send a key of your own, 8 to 64 letters or digits, and repeat it when you retry',
    ],
  ),
  IN_PROGRESS: entry(
    409,
    ['La misma solicitud sigue en curso', 'The same request is still in progress'],
    ['espere y repita con la misma clave', 'wait and repeat it with the same key'],
  ),
  UNAVAILABLE: entry(
    503,
    ['Temporalmente no disponible', 'Temporarily unavailable'],
    ['repita la solicitud en unos segundos', 'repeat the request in some seconds'],
  ),
  INTERNAL: entry(
    500,
    ['Error interno', 'Internal error'],
    ['avise a soporte con el identificador de la solicitud', 'tell support the request’s identifier'],
  ),
};
const OTHER = entry(422, ['No se puede atender', 'Cannot be done'], FIX);

export const entryOf = (code: ProblemCode): Entry => ENTRIES[code] ?? OTHER;
export const PROBLEM_CODES = Object.keys(ENTRIES) as ProblemCode[];
