/** How each command is called, in the order of the help. A command of several actions has a line for each. */
const CALLS = {
  'cycle run':
    'cumple cycle run --programme ID --period YYYY-MM --roster DIR --evidence FILE... --out DIR [--contracts DIR [--claims FILE]] [--bank simulate] [--seed N] [--maker NAME] [--mapping FILE] [--payer FILE] [--date YYYY-MM-DD] [--every-outcome] [--json]',
  'cycle demo': 'cumple cycle demo [--out DIR]',
  generate:
    'cumple generate --programme juntos|progresa-1998 --households N --out DIR [--seed N] [--period YYYY-MM] [--bad-rows N] [--json]',
  assess: 'cumple assess CASE.json [--lang es|en]   (- reads standard input)',
  'correction submit': 'cumple correction submit CASE.json --person NAME --out DIR',
  'correction approve':
    'cumple correction approve|refuse ID --programme ID --person NAME [--reason TEXT] --out DIR',
  'correction list': 'cumple correction list --programme ID --out DIR [--json]',
  'household history': 'cumple household history ID --programme ID --out DIR [--json]',
  'programme check': 'cumple programme check [PROGRAMME...] [--json]',
  'programme explain': 'cumple programme explain PROGRAMME [--lang es|en] [--json]',
  'programme diff': 'cumple programme diff CURRENT PROPOSED [--lang es|en] [--json]',
  'programme simulate':
    'cumple programme simulate CURRENT PROPOSED --period YYYY-MM --roster DIR --evidence FILE... [--mapping FILE] [--json]',
  'programme schema': 'cumple programme schema',
  start: 'cumple start [--port N] [--out DIR]',
  'claims submit':
    'cumple claims submit FILE.csv --contract ID --provider ID --out DIR [--person NAME] [--date YYYY-MM-DD] [--json]',
  'claims list': 'cumple claims list --contract ID --provider ID --out DIR [--json]',
  'claims export': 'cumple claims export --contract ID --out DIR',
  'claims commit':
    'cumple claims commit --contract ID --period YYYY-MM --out DIR [--person NAME] [--date YYYY-MM-DD]',
  'claims draw':
    'cumple claims draw --contract ID --period YYYY-MM --out DIR [--extend N] [--date YYYY-MM-DD]',
  'claims waiting': 'cumple claims waiting --contract ID --out DIR [--person NAME] [--institute ID] [--json]',
  'claims decide':
    'cumple claims decide CLAIM... --contract ID --verdict confirmed|rejected [--reason TEXT...] --person NAME [--institute ID] --out DIR',
  'claims reverse':
    'cumple claims reverse CLAIM --contract ID --reason TEXT --person NAME [--document FILE...] [--institute ID] --out DIR [--date YYYY-MM-DD] [--json]',
  'claims reversals': 'cumple claims reversals --contract ID --out DIR [--json]',
  'claims reversals approve':
    'cumple claims reversals approve|refuse CLAIM --contract ID --person NAME [--reason TEXT] [--institute ID] --out DIR [--date YYYY-MM-DD] [--json]',
  'audit verify': 'cumple audit verify DIR [--programme ID] [--period YYYY-MM] [--json]',
  settle: 'cumple settle CASE.json [--json]   (CASE.json or - for standard input)',
  'contract check': 'cumple contract check [ID | contract.json ...]',
  'contract explain': 'cumple contract explain ID | contract.json [--lang es|en] [--json]',
  'contract statement': 'cumple contract statement CASE.json [CASE.json ...] --out DIR',
  'bank read': 'cumple bank read FILE [--json]',
  'bank write': 'cumple bank write LIST.json --format pain.001.001.09 [--profile NAME] --out DIR [--json]',
  'bank deliver': 'cumple bank deliver FILE... --programme ID --out DIR [--date YYYY-MM-DD] [--json]',
  'asl run': 'cumple asl run [--jsonl] [--documented] < request.json',
} as const;

/** The ways to call a command, or one action of it, a line each. */
export const usageOf = (
  words: keyof typeof CALLS | 'programme' | 'claims' | 'contract' | 'correction' | 'bank',
) =>
  Object.entries(CALLS)
    .flatMap(([name, call]) => (name === words || name.startsWith(`${words} `) ? [call] : []))
    .join('\n           ');
