import { EXCEPTIONS, type ExceptionCode } from '../../../domain/payments/exceptions.ts';
import { ROW_CODES, type RowCode } from '../../../domain/records/intake-codes.ts';
import { ANOMALY_TEXTS } from './anomaly-texts.ts';
import type { Bilingual, ExceptionRow } from './cycle-report.ts';
import { detailText } from './detail-texts.ts';

/** An exception as the steps of a cycle store it, one JSON line each. */
export type StoredException = {
  readonly stage: string;
  readonly code: string;
  /** Figures of the case, in the words of the step that found it. */
  readonly message?: string;
  readonly file?: string;
  readonly line?: number;
  readonly subject?: string;
  readonly amount?: string;
  /** The column of a row that was set aside; `message` names it already. */
  readonly path?: string;
};

const PAYEE_NEXT: Bilingual = {
  es: 'Corrija el registro del hogar; el importe retenido se paga en el ciclo siguiente',
  en: "Correct the household's registration; the held amount is paid in the next cycle",
};

const FILE_NEXT: Bilingual = {
  es: 'Operador bancario: pregunte al banco y, si lo corrige, cargue el archivo nuevo',
  en: 'Bank operator: ask the bank, and load its corrected file',
};
/** What a bank's own file can have wrong; its readable part counts, the file is asked about. */
const FILE_TEXTS: Readonly<Record<string, Bilingual>> = {
  AM10: { es: 'La suma declarada no es la del contenido', en: 'The declared sum is not that of the content' },
  AM18: {
    es: 'La cantidad declarada no es la del contenido',
    en: 'The declared count is not that of the content',
  },
  AM19: {
    es: 'La cantidad declarada del grupo no es la del contenido',
    en: 'The declared group count is not that of the content',
  },
  DU01: {
    es: 'El identificador del mensaje ya llegó en otro archivo',
    en: 'The message id came in another file before',
  },
  AMOUNT_FORMAT: { es: 'Un importe no es exacto en su moneda', en: 'An amount is not exact in its currency' },
  CREDIT_DEBIT_MISSING: {
    es: 'Un movimiento no dice si es cargo o abono',
    en: 'A movement does not say whether it is debit or credit',
  },
  BALANCE_FORMAT: { es: 'Un saldo no se puede leer', en: 'A balance cannot be read' },
  ENTRY_FORMAT: { es: 'Un movimiento no se puede leer', en: 'An entry cannot be read' },
  TAG_UNEXPECTED: { es: 'El archivo trae un campo fuera de lugar', en: 'The file has a field out of place' },
  NAMESPACE_MISSING: { es: 'El archivo no dice su versión', en: 'The file does not say its version' },
  NAMESPACE_DIFFERS: {
    es: 'El archivo dice otra versión que la de su contenido',
    en: 'The file states another version than its content',
  },
  MORE_ISSUES: {
    es: 'El archivo tiene más observaciones que no se listan',
    en: 'The file has more issues than are listed',
  },
  BANK_FILE_REFUSED: {
    es: 'El archivo del banco no se puede leer; no se tomó nada de él',
    en: "The bank's file cannot be read; nothing was taken from it",
  },
  FILE_TRUNCATED: {
    es: 'El archivo está cortado; no se tomó nada de él',
    en: 'The file is cut off; nothing was taken from it',
  },
  FILE_ENCODING: {
    es: 'La codificación del archivo no es la que declara; no se tomó nada de él',
    en: 'The encoding is not the one declared; nothing was taken from the file',
  },
};

/** What the steps between intake and bank can find. */
const STEP_TEXTS: Readonly<Record<string, { message: Bilingual; next: Bilingual }>> = {
  EVIDENCE_UNKNOWN_SUBJECT: {
    message: {
      es: 'La evidencia es de una persona que no está en el padrón congelado',
      en: 'The evidence is of a person who is not in the frozen roster',
    },
    next: {
      es: 'Revise el identificador con quien emitió la evidencia; si la persona entró después, cargue la evidencia como tardía',
      en: 'Check the identifier with whoever issued the evidence; if the person joined later, load it as late evidence',
    },
  },
  AMBIGUOUS_SUBJECT: {
    message: {
      es: 'El identificador es de un hogar y de una persona: no se sabe a quién exime',
      en: 'The id is of a household and of a person: whom it exempts cannot be told',
    },
    next: {
      es: 'Dé a la persona un identificador propio en el padrón, o cargue la exención de cada miembro',
      en: 'Give the person an id of their own in the roster, or load the exemption of each member',
    },
  },
  CORRECTION_WAITS: {
    message: {
      es: 'Una corrección aprobada todavía no se puede aplicar a este hogar',
      en: 'An approved correction cannot be applied to this household yet',
    },
    next: {
      es: 'Se aplica en el primer ciclo cuyo padrón tenga al hogar; si nunca estuvo en un ciclo, corrija el padrón',
      en: 'It is applied in the first cycle whose roster has the household; if no cycle ever had it, correct the roster',
    },
  },
  UNCLAIMED_LAPSED: {
    message: {
      es: 'Nadie cobró este importe en el plazo que da el programa; ya no se debe',
      en: 'Nobody collected this amount in the time that the programme gives; it is no longer owed',
    },
    next: {
      es: 'Avise al hogar: puede reclamar ante el programa',
      en: 'Tell the household: it may appeal to the programme',
    },
  },
  OTHER_CYCLE: {
    message: { es: EXCEPTIONS.OTHER_CYCLE.es, en: EXCEPTIONS.OTHER_CYCLE.en },
    next: {
      es: 'No hace falta hacer nada: lo concilia el ciclo siguiente, en late-answers.csv',
      en: 'Nothing has to be done: the next cycle reconciles it, in late-answers.csv',
    },
  },
  LATE_IN_DOUBT: {
    message: {
      es: 'Después del cierre el banco dijo de un pago otra cosa que antes; el importe queda sin ordenar',
      en: 'After the cycle had closed the bank said otherwise of a payment than before; the amount is not ordered',
    },
    next: {
      es: 'Operador bancario: pida al banco la aclaración; se resuelve con su próximo informe, la cierran dos personas',
      en: 'Bank operator: ask the bank to explain; its next report settles it, two people close it',
    },
  },
  LATE_AFTER_REISSUE: {
    message: {
      es: 'El banco contradice la respuesta con la que este dinero se ordenó otra vez, venció o se compensó; puede estar pagado dos veces',
      en: 'The bank contradicts the answer on which this money was ordered again, lapsed or was set off; it may be paid twice',
    },
    next: {
      es: 'Tesorería: aclare con el banco si ambos pagos llegaron y reclame el que sobra; la cierran dos personas',
      en: 'Treasury: find out from the bank whether both payments arrived and claim the one too many; two people close it',
    },
  },
  AWAITS_VERIFICATION: {
    message: {
      es: 'Reclamos de un instituto esperan que termine la verificación de su muestra',
      en: 'Claims of an institute wait until the verification of their sample is finished',
    },
    next: {
      es: 'Sortee la muestra si falta y decida los reclamos sorteados; se liquidan en el ciclo siguiente',
      en: 'Draw the sample if it is not drawn, and decide the claims drawn; they are settled in the next cycle',
    },
  },
  SAMPLE_MUST_EXTEND: {
    message: {
      es: 'La muestra de un instituto tuvo demasiados errores: lo que nadie revisó no se paga todavía',
      en: "An institute's sample had too many errors: what nobody looked at is not paid yet",
    },
    next: {
      es: 'Amplíe la muestra y decida los reclamos nuevos; se liquidan en el ciclo siguiente',
      en: 'Extend the sample and decide the new claims; they are settled in the next cycle',
    },
  },
  OWED_WITHOUT_CLAWBACK_CLAUSE: {
    message: {
      es: 'Un instituto debe devolver dinero y su contrato no dice cómo se le descuenta',
      en: 'An institute owes money back, and its contract does not say how it is taken off',
    },
    next: {
      es: 'Acuerde la devolución con el instituto: sigue debiéndose y no se descuenta de sus pagos',
      en: 'Agree the repayment with the institute: it stays owed and is not taken off its payments',
    },
  },
  PROVIDER_NOT_REGISTERED: {
    message: {
      es: 'Se debe a un instituto que no está en el registro de institutos',
      en: 'Owed to an institute that is not in the register of institutes',
    },
    next: {
      es: 'Registre su cuenta; el importe retenido se paga en el ciclo siguiente',
      en: 'Register its account; the held amount is paid in the next cycle',
    },
  },
  PAYEE_MISSING: {
    message: { es: 'El hogar no tiene a quién pagar', en: 'The household has no payee' },
    next: PAYEE_NEXT,
  },
  PAY_POINT_MISSING: {
    message: {
      es: 'Se paga en efectivo y falta el punto de pago',
      en: 'Paid in cash, and the pay point is missing',
    },
    next: PAYEE_NEXT,
  },
  ACCOUNT_MISSING: {
    message: {
      es: 'Se paga en cuenta y falta la cuenta',
      en: 'Paid to an account, and the account is missing',
    },
    next: PAYEE_NEXT,
  },
  ACCOUNT_CHECK_DIGIT: {
    message: {
      es: 'El número de cuenta no pasa su dígito de control',
      en: 'The account number fails its check digit',
    },
    next: PAYEE_NEXT,
  },
};

/** An anomaly that approvers are shown, in words: most are exceptions counted; PAYEE_HELD gathers several. */
export const anomalyText = (code: string): Bilingual =>
  code === 'PAYEE_HELD'
    ? {
        es: 'Hogares con derecho a los que no se puede pagar tal como están registrados; su importe queda retenido',
        en: 'Households that are owed but cannot be paid as registered; their amount is held',
      }
    : exceptionText(code).message;

const ROW_NEXT: Bilingual = {
  es: 'Corrija la fila en su sistema de origen y vuelva a cargar el archivo; la fila quedó en cuarentena y no cuenta',
  en: 'Correct the row where it comes from and load the file again; the row is in quarantine and does not count',
};
/** A repeat changes no result: nobody has to do anything about it. */
const REPEAT_NEXT: Bilingual = {
  es: 'No hace falta corregir nada; si se repite cada mes, revise cómo se genera el archivo',
  en: 'Nothing needs correcting; if it happens every month, look at how the file is made',
};
const BANK_NEXT: Readonly<Record<'operator' | 'treasury' | 'programme', Bilingual>> = {
  operator: {
    es: 'Operador bancario: pida al banco el informe que falta o la aclaración; la cierran dos personas',
    en: 'Bank operator: ask the bank for the missing report or an explanation; two people close it',
  },
  treasury: {
    es: 'Tesorería: hay dinero en duda, reclame al banco por escrito; la cierran dos personas',
    en: 'Treasury: money is in doubt, claim it from the bank in writing; two people close it',
  },
  programme: {
    es: 'Programa: revise el caso con el hogar antes del próximo ciclo; la cierran dos personas',
    en: 'Programme: look into the case with the household before the next cycle; two people close it',
  },
};
const OTHER_NEXT: Bilingual = {
  es: 'Lea el detalle y pregunte al responsable de la etapa que lo encontró',
  en: 'Read the detail and ask whoever is responsible for the stage that found it',
};

/** Meaning and next step of a code; one that has no text of its own keeps its name. */
export function exceptionText(code: string): { message: Bilingual; next: Bilingual } {
  const own = STEP_TEXTS[code] ?? ANOMALY_TEXTS[code];
  if (own) return own;
  const bank = EXCEPTIONS[code as ExceptionCode] as (typeof EXCEPTIONS)[ExceptionCode] | undefined;
  if (bank) return { message: { es: bank.es, en: bank.en }, next: BANK_NEXT[bank.owner] };
  const file = FILE_TEXTS[code];
  if (file) return { message: file, next: FILE_NEXT };
  const row = ROW_CODES[code as RowCode] as Bilingual | undefined;
  if (row)
    return {
      message: { es: row.es, en: row.en },
      next: code === 'DUPLICATE_EVIDENCE' ? REPEAT_NEXT : ROW_NEXT,
    };
  return { message: { es: code, en: code }, next: OTHER_NEXT };
}

/** A stored exception as people read it: its code in words, the step's own words as detail. */
export function exceptionRow(stored: StoredException): ExceptionRow {
  const { stage, code, file, line, subject, amount } = stored;
  const detail = detailText(stored.message);
  return {
    stage,
    code,
    ...exceptionText(code),
    ...(detail !== undefined && { detail }),
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
    ...(subject !== undefined && { subject }),
    ...(amount !== undefined && { amount }),
  };
}
