/** What can be wrong with one row of an upload; the row is quarantined under the code, never dropped in silence. */
export const ROW_CODES = {
  MALFORMED_ROW: {
    es: 'La fila no tiene las columnas del encabezado o sus comillas están mal puestas',
    en: 'The row does not have the columns of the header, or its quotes are misplaced',
  },
  MISSING_FIELD: { es: 'Falta un dato obligatorio', en: 'A required field is empty' },
  BAD_DATE: { es: 'La fecha no es válida', en: 'The date is not valid' },
  BAD_NUMBER: { es: 'El número no es válido', en: 'The number is not valid' },
  BAD_VALUE: { es: 'El valor no es uno de los esperados', en: 'The value is not one of those expected' },
  BAD_PERIOD: { es: 'El periodo no es válido', en: 'The period is not valid' },
  UNKNOWN_KIND: {
    es: 'El programa no usa esta clase de evidencia',
    en: 'The programme does not use this kind of evidence',
  },
  DUPLICATE_HOUSEHOLD: {
    es: 'El hogar ya figura en una fila anterior; vale la primera',
    en: 'The household is in an earlier row already; the first one counts',
  },
  CONFLICTING_HOUSEHOLD: {
    es: 'Los datos del hogar difieren de los de su primera fila',
    en: 'The household columns differ from those of its first row',
  },
  DUPLICATE_MEMBER: {
    es: 'La persona figura más de una vez; cuenta una sola',
    en: 'The person is listed more than once; one listing counts',
  },
  UNKNOWN_HOUSEHOLD: {
    es: 'El hogar del integrante no está en el padrón',
    en: "The member's household is not in the roster",
  },
  HOUSEHOLD_QUARANTINED: {
    es: 'La fila del hogar del integrante está en cuarentena',
    en: "The row of the member's household is in quarantine",
  },
  DUPLICATE_EVIDENCE: {
    es: 'Repetición idéntica de otra fila; se cuenta una vez',
    en: 'An identical repeat of another row; counted once',
  },
  CONFLICTING_EVIDENCE: {
    es: 'Dos filas se contradicen; ninguna vale hasta que se aclare',
    en: 'Two rows contradict each other; neither counts until this is settled',
  },
} as const;
export type RowCode = keyof typeof ROW_CODES;

/** One thing wrong with a row: `path` is the column, `message` says what was found and expected. */
export type RowProblem = { readonly code: RowCode; readonly path?: string; readonly message: string };

/** The problems of the row that is being read; readers add to it, the row's builder empties it. */
export class Problems {
  #found: RowProblem[] = [];
  add(code: RowCode, path: string, message: string): undefined {
    this.#found.push({ code, path, message });
    return undefined;
  }
  get count(): number {
    return this.#found.length;
  }
  /** The row's problems as one: the first one's code, everybody's message. */
  take(): RowProblem {
    const [first] = this.#found;
    const message = this.#found.map((problem) => problem.message).join('; ');
    this.#found = [];
    return { ...first!, message };
  }
}
