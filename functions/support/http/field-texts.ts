import type { Language } from './said.ts';

/** What is wrong with a field or row of a request as the rules write it (English), and the same in Spanish. */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  [/^(.+) is required here$/, 'aquí hace falta $1'],
  [/^a calendar day, YYYY-MM-DD$/, 'debe ser un día que existe, AAAA-MM-DD'],
  [/^a month, YYYY-MM$/, 'debe ser un mes, AAAA-MM'],
  [/^sha256 in lower-case hex$/, 'sha256 en hexadecimal, en minúsculas'],
  [/^(.*) is not an amount of zero or more$/, '«$1» no es un importe de cero o más'],
  [/^(.*) is not a whole number of zero or more$/, '«$1» no es un número entero de cero o más'],
  [/^(.*) is not a percentage$/, '«$1» no es un porcentaje'],
  [/^(.*) is not a score$/, '«$1» no es un puntaje'],
  [/^(.*) is not a day that exists, YYYY-MM-DD$/, '«$1» no es un día que existe, AAAA-MM-DD'],
  [/^(.*) is not an id$/, '«$1» no es un identificador'],
  [/^(.*) is not true or false$/, '«$1» no es true ni false'],
  [
    /^(.*) is not a text of this contract: one of (.+), or the code or name of a country$/,
    '«$1» no es de este contrato: uno de $2, o el código o nombre de un país',
  ],
  [/^(.*) is not a text of this contract: one of (.+)$/, '«$1» no es de este contrato: uno de $2'],
  [/^(.*) is not a text of this contract$/, '«$1» no es un texto de este contrato'],
  [
    /^(.*) is not an event of this contract; it knows (.+)$/,
    '«$1» no es un hecho de este contrato; conoce $2',
  ],
  [/^ends on (\S+), before it starts on (\S+)$/, 'termina el $1, antes de empezar el $2'],
  [
    /^(.*) is no milestone that is claimed by person; the contract has (.+)$/,
    '«$1» no es una meta que se reclame por persona; el contrato tiene $2',
  ],
  [
    /^(.*) is a fact of the whole contract and shows nothing of a person$/,
    '«$1» es un hecho de todo el contrato y no prueba nada de una persona',
  ],
  [/^no document is declared with this sha256$/, 'ningún documento se declaró con este sha256'],
  [/^the same document is declared twice$/, 'el mismo documento está declarado dos veces'],
  [/^(.*) is no field of this contract$/, '«$1» no es un campo de este contrato'],
  [/^the row has (\d+) columns, the header (\d+)$/, 'la fila tiene $1 columnas, el encabezado $2'],
  [/^the same row came before$/, 'la misma fila ya vino antes'],
  [/^not the institute of the token$/, 'no es el instituto del token'],
];

/** What is wrong with a field or row in the reader's language; what is not known here stays as it is. */
export function fieldText(message: string, language: Language): string {
  if (language === 'en') return message;
  for (const [pattern, spanish] of TEXTS) if (pattern.test(message)) return message.replace(pattern, spanish);
  return message;
}
