import type { RefusalCode, Refused } from '../domain/kernel/result.ts';
import { refusalInSpanish } from '../functions/support/http/refusal-texts.ts';
import { SaidRefusal } from '../functions/support/http/said.ts';

/** What each refusal means at the command line and what to do next; the English that follows it has the particulars. */
export const REFUSAL_IN_SPANISH: Readonly<Record<RefusalCode, string>> = {
  BAD_USAGE: 'la orden no está bien escrita: vea cómo se usa',
  BAD_INPUT: 'un dato o un archivo no es como debe: corrija lo que se nombra y repita la orden',
  UNKNOWN_PROGRAMME:
    'no hay un programa con ese identificador: elija uno de la lista o dé la ruta de un archivo',
  INVALID_DEFINITION:
    'la definición tiene faltas: corríjalas en las rutas que se nombran («cumple programme check» las dice en español)',
  VALUE_NOT_PUBLISHED:
    'falta un valor que nunca se publicó: quien es responsable del programa o contrato lo fija, con sus fechas y su fuente',
  UNKNOWN_CONTRACT:
    'no hay un contrato con ese identificador: elija uno de la lista o dé la ruta de un archivo',
  PERIOD_NOT_PAYABLE: 'el programa no paga en ese período: revise el período y la frecuencia',
  PERIOD_OUT_OF_ORDER: 'los períodos van uno tras otro: corra primero el que se nombra',
  CYCLE_EXISTS:
    'ese período ya tiene un ciclo con otros insumos: un período no se paga dos veces; corríjalo en el siguiente',
  CYCLE_NOT_FOUND: 'no hay tal ciclo: revise el programa, el período y la carpeta',
  WRONG_STAGE: 'ahora no corresponde: mire en qué etapa está',
  INPUTS_DIFFER: 'los insumos no son los que se fijaron: siga con los mismos',
  STATE_MOVED: 'otra corrida cerró el estado entretanto: nada se sobrescribió; averigüe cuál y decida',
  FILE_TRUNCATED: 'el archivo termina a mitad de una fila: expórtelo otra vez',
  FILE_ENCODING: 'el archivo no está en UTF-8: guárdelo como UTF-8',
  FILE_EMPTY: 'el archivo no tiene filas: revise la exportación',
  FILE_HEADER: 'falta una columna o está dos veces: corrija el archivo o el de correspondencias (--mapping)',
  TOO_MANY_REJECTED: 'hay demasiadas filas malas: la exportación misma debe de estar mal; corríjala',
  SHARD_TOO_LARGE: 'son más filas juntas de las que caben en un paso: divida el archivo',
  SELF_APPROVAL: 'nadie decide sobre lo que hizo: pídalo a otra persona',
  SAME_CHECKER: 'la segunda firma es de otra persona: pídala a otra',
  STALE_MANIFEST: 'la propuesta cambió: lea la actual y decida sobre ella',
  NOT_ALLOWED: 'esa persona no puede hacerlo: pídalo a quien le corresponde',
  ANOMALY_LIMIT:
    'una clase de anomalía supera su límite y el ciclo se detuvo: corrija los insumos con exceptions.csv y repita la orden',
  IDEMPOTENCY_MISMATCH: 'ese identificador ya se usó con otro contenido: use uno nuevo',
  DUPLICATE_CLAIM: 'esa meta de esa persona ya se reclamó: cada resultado se paga una vez',
  CONFLICT: 'otra persona u otro proceso está en lo mismo: espere y repita la orden',
  NOT_FOUND: 'no se encontró: revise el identificador',
  BANK_FILE_REFUSED: 'el archivo del banco no se puede leer: pídalo otra vez al banco',
};

/** A refusal in its own Spanish words where it has them, else what its code means. */
export function spanishOf(error: Refused): string {
  if (!(error instanceof SaidRefusal)) {
    const known = refusalInSpanish(error.refusal);
    if (!known) return REFUSAL_IN_SPANISH[error.refusal.code];
    return [known.said, ...(known.next === undefined ? [] : [known.next])].join('; ');
  }
  return [error.said.es, ...(error.next ? [error.next.es] : [])].join('; ');
}
