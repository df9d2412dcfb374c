/** A fault as the checks write it (English), and the same in Spanish; `$1`… are names and values of the definition. */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  [
    /^unknown field (.+): remove it or correct its name$/,
    'campo desconocido $1: quítelo o corrija su nombre',
  ],
  [/^must be in both languages: (.+)$/, 'debe estar en los dos idiomas: $1'],
  [/^must be one of (.+)$/, 'debe ser uno de $1'],
  [/^must have at least (.+)$/, 'debe tener al menos $1'],
  [/^must be at most (.+)$/, 'debe ser a lo más $1'],
  [/^must be a month, written YYYY-MM: (.+)$/, 'debe ser un mes, escrito AAAA-MM: $1'],
  [
    /^must be a decimal such as (".+"): .*$/,
    'debe ser un decimal como $1: cifras y un punto, sin coma y sin signo',
  ],
  [/^must be a whole number of (\w+)$/, 'debe ser un número entero de $1'],
  [/^a decimal such as (".+")$/, 'un decimal como $1'],
  [/^a percentage has at most 6 decimals$/, 'un porcentaje tiene a lo más 6 decimales'],
  [
    /^write the amount as text, in quotes, with the (\d) decimals that (\w+) has: (.+)$/,
    'escriba el importe como texto, entre comillas, con los $1 decimales que tiene $2: $3',
  ],
  [/^an id: lower-case letters.*$/, 'un identificador: minúsculas, cifras y «_», y comienza con una letra'],
  [/^a programme id: .*$/, 'un identificador de programa: minúsculas, cifras y «-»'],
  [/^four capital letters or digits$/, 'cuatro mayúsculas o cifras'],
  [/^two capital letters \(ISO 3166\)$/, 'dos mayúsculas (ISO 3166)'],
  [
    /^there is no ([\w ]+) "(.*)": did you mean "(.+)"\? Correct the name or declare it under "(\w+)"$/,
    'no hay «$2» en "$4": ¿quiso decir «$3»? Corrija el nombre o declárelo ahí',
  ],
  [
    /^there is no ([\w ]+) "(.*)": declare it under "(\w+)" or correct the name$/,
    'no hay «$2» en "$3": declárelo ahí o corrija el nombre',
  ],
  [/^"(.+)" is used twice: rename one$/, '«$1» está dos veces: cambie el nombre de uno'],
  [
    /^"(.*)" is no value of this attribute: it is one of (.+); correct it or declare it under "values"$/,
    '«$1» no es un valor de este atributo: es uno de $2; corríjalo o declárelo en "values"',
  ],
  [
    /^the attribute is of type "(\w+)" and is never (.+): write (?:true or false, without quotes|a value of that type)$/,
    'el atributo es de tipo "$1" y nunca es $2: escriba un valor de ese tipo (true o false van sin comillas)',
  ],
  [/^(\S+) is before from (\S+): swap them$/, '$1 es anterior a from, $2: intercámbielos'],
  [
    /^overlap: this value has no "until" but the next starts (\S+); end it in (\S+)$/,
    'solape: este valor no tiene "until" y el siguiente empieza en $1; termínelo en $2',
  ],
  [
    /^overlap: (\S+) is not after (\S+), where the value before ends: end that one in (\S+) or start this one in (\S+)$/,
    'solape: $1 no es posterior a $2, donde termina el valor anterior: termine ese en $3 o empiece este en $4',
  ],
  [
    /^gap: nothing is said from (\S+) to (\S+); add the value or (.+)$/,
    'hueco: nada se dice de $1 a $2; agregue el valor o $3',
  ],
  [/^give a value, or (\{.+\}) with its dates$/, 'dé un valor, o $1 con sus fechas'],
  [/^circular reference (.+): break the circle$/, 'referencia circular $1: rompa el círculo'],
  [
    /^"(.+)" is in (\w+), but here it is used as (\w+): name another parameter or correct its "unit"$/,
    '«$1» está en $2 y aquí se usa como $3: nombre otro parámetro o corrija su "unit"',
  ],
  [
    /^"(.+)" is (\S+) per cent since (\S+): a share is at most 100$/,
    '«$1» es $2 por ciento desde $3: una parte es a lo más 100',
  ],
  [
    /^it mixes benefits paid by month and by period: give them the same "per"$/,
    'mezcla beneficios por mes y por período: déles el mismo "per"',
  ],
  [
    /^the cap "(.+)" is below the floor "(.+)" in (\S+): raise it or take "(.+)" out of it$/,
    'el tope «$1» es menor que el piso «$2» en $3: súbalo o quite «$4» de él',
  ],
  [
    /^nothing is counted by episode: add "instalments" or remove it$/,
    'nada se cuenta por episodio: agregue "instalments" o quítelo',
  ],
  [/^"(.+)" must be a month attribute of the member$/, '«$1» debe ser un atributo de mes del integrante'],
  [
    /^give the parameter with the "days" or the "months" to collect it: one of both$/,
    'dé el parámetro con los "days" o los "months" para cobrarlo: uno de los dos',
  ],
  [
    /^"(.+)" must be asked of the household and checked with "is_true": .*$/,
    '«$1» debe exigirse al hogar y comprobarse con "is_true": cobró o no cobró',
  ],
];

/** What a value must be, as say-issue.ts names it. */
const KINDS: { readonly [kind: string]: string } = {
  'text in quotes': 'un texto entre comillas',
  'an object { … }': 'un objeto { … }',
  'a list [ … ]': 'una lista [ … ]',
  'a number': 'un número',
  'a whole number': 'un número entero',
  'true or false': 'true o false',
};

/** A fault of a definition in Spanish; one that no text fits stays as it is. */
export function faultInSpanish(message: string): string {
  for (const [pattern, spanish] of TEXTS) if (pattern.test(message)) return message.replace(pattern, spanish);
  const [, missing] = /^missing: add it \((.+)\)$/.exec(message) ?? [];
  if (missing !== undefined) return `falta: agréguelo (${KINDS[missing] ?? missing})`;
  const [, wanted] = /^must be (.+)$/.exec(message) ?? [];
  return wanted === undefined ? message : `debe ser ${KINDS[wanted] ?? wanted}`;
}
