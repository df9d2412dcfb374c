import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { manifest } from '../functions/manifest.ts';

// Who may know whom (docs/ARCHITECTURE.md). A rule that can be read without knowing AWS, files or the clock
// can be re-run by an auditor; that is why this table is a test and not a wish.

type Room = {
  /** Rooms whose files this room may import, besides its own. */
  readonly knows: readonly string[];
  /** Packages and Node modules that it may import. */
  readonly packages: RegExp;
  /** What to do instead of the import that is refused. */
  readonly instead: string;
};

const PURE = /^(zod|node:crypto)$/;
const DOMAIN = ['kernel', 'records', 'payments', 'transfers', 'results', 'bankfiles', 'audit'];
const domain = (...names: string[]) => names.map((name) => `domain/${name}`);
const asAnArgument = 'take the value as an argument: the handler in functions/ reads it through a port';

const ROOMS: Readonly<Record<string, Room>> = {
  'domain/kernel': { knows: [], packages: PURE, instead: asAnArgument },
  'domain/records': { knows: domain('kernel'), packages: PURE, instead: asAnArgument },
  'domain/payments': {
    knows: domain('kernel', 'records'),
    packages: PURE,
    instead: 'turn the stream into a Payable (domain/payments/payable.ts) before it gets here',
  },
  'domain/transfers': {
    knows: domain('kernel', 'records', 'payments'),
    packages: PURE,
    instead: 'households and providers meet as Payable, never in each other',
  },
  'domain/results': {
    knows: domain('kernel', 'records', 'payments'),
    packages: PURE,
    instead: 'households and providers meet as Payable, never in each other',
  },
  'domain/bankfiles': {
    knows: domain('kernel', 'records', 'payments'),
    packages: /^(zod|node:crypto|node:buffer|saxes)$/,
    instead: 'take bytes or records in and give records or text out',
  },
  'domain/audit': { knows: domain('kernel', 'records', 'payments'), packages: PURE, instead: asAnArgument },
  adapters: {
    knows: domain('kernel'),
    packages: /^(node:.+|@aws-sdk\/.+|jose)$/,
    instead: 'keep rules in domain/ and let the handler in functions/ bring both together',
  },
  functions: {
    knows: ['adapters', ...domain(...DOMAIN)],
    packages:
      /^(zod(\/locales)?|jose|aws-lambda|@middy\/.+|csv-parse.*|csv-stringify.*|node:(crypto|buffer|stream|zlib))$/,
    instead: 'ask a port for it (adapters/ports.ts), so that it runs on Lambda and on one machine alike',
  },
  local: {
    knows: ['adapters', 'functions', 'programmes', ...domain(...DOMAIN)],
    packages: /^(jsonata|jose|aws-lambda|node:.+)$/,
    instead: 'what the AWS half needs too belongs in functions/ or domain/',
  },
  cli: {
    knows: ['local', 'adapters', 'functions', 'programmes', ...domain(...DOMAIN)],
    packages: /^(zod|csv-parse.*|node:.+)$/,
    instead: 'a command parses, calls and prints; the work belongs in local/, functions/ or domain/',
  },
  infra: {
    knows: ['adapters', 'functions'],
    packages: /^(aws-cdk-lib.*|constructs|cdk-nag|esbuild|node:.+)$/,
    instead:
      'infra reads functions/manifest.ts, the workflow files, the HTTP contract (functions/http/openapi.json) and the names of buckets and tables only',
  },
  console: { knows: [], packages: /^$/, instead: 'the console knows the HTTP contract only' },
  bench: {
    knows: ['local', 'cli', 'adapters', 'functions', 'programmes', ...domain(...DOMAIN)],
    packages: /./,
    instead: 'nothing is refused here but tests',
  },
};

const root = fileURLToPath(new URL('../', import.meta.url));
const PRODUCT = ['domain', 'adapters', 'functions', 'local', 'cli', 'infra', 'console', 'bench'];
const TOP = new Set(readdirSync(root));
const files = PRODUCT.filter((name) => TOP.has(name)).flatMap((name) =>
  readdirSync(`${root}${name}`, { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.parentPath.includes('node_modules'),
    )
    .map((entry) => posix.join(entry.parentPath.slice(root.length), entry.name)),
);
const source = new Map(files.map((file) => [file, readFileSync(`${root}${file}`, 'utf8')]));

/** `domain/kernel` for a file of the domain, else its top folder. */
function roomOf(path: string): string {
  const [top, second] = path.split('/');
  return top === 'domain' ? `domain/${second}` : top!;
}

const IMPORT =
  /^(?:import|export)\s[^'";]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;
const importsOf = (text: string): string[] =>
  [...text.matchAll(IMPORT)].map((match) => (match[1] ?? match[2] ?? match[3])!);

/** The code without comments, so that a comment may name what the code must not use. */
const codeOf = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|\s)\/\/[^\n]*/g, '$1');

describe('who may know whom', () => {
  it('every product file is in a room of the table', () => {
    expect(files.filter((file) => !ROOMS[roomOf(file)])).toEqual([]);
    expect(files.length).toBeGreaterThan(100);
  });

  it('imports follow the table', () => {
    const wrong: string[] = [];
    for (const [file, text] of source) {
      const room = ROOMS[roomOf(file)];
      if (!room) continue;
      for (const name of importsOf(text)) {
        if (!name.startsWith('.')) {
          if (!room.packages.test(name)) wrong.push(`${file} imports ${name}: ${room.instead}`);
          continue;
        }
        const target = posix.normalize(posix.join(posix.dirname(file), name));
        const theirs = roomOf(target);
        if (theirs !== roomOf(file) && !room.knows.includes(theirs))
          wrong.push(`${file} imports ${target}: ${room.instead}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('infra reads no handler and no rule, only the manifest and names', () => {
    const allowed = /^(functions\/manifest\.ts|adapters\/ports\.ts|adapters\/aws\/[a-z-]+\.ts)$/;
    const wrong = [...source]
      .filter(([file]) => file.startsWith('infra/'))
      .flatMap(([file, text]) =>
        importsOf(text)
          .filter((name) => name.startsWith('.'))
          .map((name) => posix.normalize(posix.join(posix.dirname(file), name)))
          .filter((target) => !target.startsWith('infra/') && !allowed.test(target))
          .map((target) => `${file} imports ${target}: put what infra must know into functions/manifest.ts`),
      );
    expect(wrong).toEqual([]);
  });

  it('only adapters/aws knows the AWS SDK, only adapters/local knows SQL', () => {
    const wrong = [...source].flatMap(([file, text]) =>
      importsOf(text)
        .filter(
          (name) =>
            (name.startsWith('@aws-sdk/') && !file.startsWith('adapters/aws/')) ||
            (name === 'node:sqlite' &&
              !file.startsWith('adapters/local/') &&
              !file.startsWith('local/') &&
              !file.startsWith('bench/')),
        )
        .map((name) => `${file} imports ${name}: ask a port for it (adapters/ports.ts)`),
    );
    expect(wrong).toEqual([]);
  });

  it('relative imports end in .ts, because Node runs the files as they are', () => {
    const wrong = [...source].flatMap(([file, text]) =>
      importsOf(text)
        .filter((name) => name.startsWith('.') && !/\.(ts|json)$/.test(name))
        .map((name) => `${file} imports ${name}: write the file's name with .ts`),
    );
    expect(wrong).toEqual([]);
  });
});

type Ban = {
  readonly rooms: RegExp;
  readonly what: RegExp;
  readonly instead: string;
  readonly except?: RegExp;
};
const BANS: readonly Ban[] = [
  {
    rooms: /^domain\//,
    what: /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b/,
    instead: 'take the day as an argument (domain/kernel/period.ts): the past must be computable again',
  },
  {
    rooms: /^domain\//,
    what: /\bnew Date\(|\bDate\.parse\(/,
    instead: 'use dayNumber, dayFromNumber, addDays, addMonths of domain/kernel/period.ts',
    except: /^domain\/kernel\/period\.ts$/,
  },
  {
    rooms: /^domain\//,
    what: /\bMath\.random\b|\brandomUUID\b|\brandomBytes\b/,
    instead:
      'use seeded(seed) of domain/kernel/random.ts, or an id made by the keyed hash (domain/kernel/ids.ts)',
  },
  { rooms: /^domain\//, what: /\bprocess\.[a-z]/, instead: asAnArgument },
  {
    rooms: /^domain\//,
    what: /\b(fetch|setTimeout|setInterval)\(/,
    instead: 'rules have no effects: return a value and let the handler act',
  },
  {
    rooms: /^(domain|functions|adapters|infra)\//,
    what: /\bconsole\.[a-z]/,
    instead: 'return an issue, or log through functions/support/log.ts (ids only)',
  },
  {
    rooms: /^functions\//,
    what: /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b/,
    instead: 'use ports.clock, so that a second run writes the same bytes',
  },
  {
    rooms: /^(domain|functions|local|cli)\//,
    what: /\bparseFloat\(/,
    instead: 'use parseAmount of domain/kernel/money.ts: no float touches an amount',
  },
];

describe('what code must not use', () => {
  it.each(BANS)('$what in $rooms', ({ rooms, what, instead, except }) => {
    const wrong: string[] = [];
    for (const [file, text] of source) {
      if (!rooms.test(file) || except?.test(file)) continue;
      codeOf(text)
        .split('\n')
        .forEach((line, index) => {
          const found = what.exec(line);
          if (found) wrong.push(`${file}:${index + 1} uses ${found[0]}: ${instead}`);
        });
    }
    expect(wrong).toEqual([]);
  });
});

const FILE_LINES_MAX = 300;
const FUNCTION_LINES_MAX = 60;
/** One switch with a short case per kind reads better whole. */
const LONG_SWITCHES = new Set([
  'domain/bankfiles/pain002.ts',
  'domain/results/earn.ts',
  'domain/results/explain-predicate.ts',
]);

describe('size', () => {
  it(`no product file has more than ${FILE_LINES_MAX} lines`, () => {
    const long = [...source]
      .map(([file, text]) => [file, text.split('\n').length - 1] as const)
      .filter(([, lines]) => lines > FILE_LINES_MAX)
      .map(([file, lines]) => `${file} has ${lines} lines: split it by idea`);
    expect(long).toEqual([]);
  });

  it(`no function has more than ${FUNCTION_LINES_MAX} lines of its own`, () => {
    const measured = [...source].filter(([file]) => !LONG_SWITCHES.has(file));
    const long = measured.flatMap(([file, text]) =>
      ownLines(text)
        .filter(({ lines }) => lines > FUNCTION_LINES_MAX)
        .map(({ line, lines }) => `${file}:${line} has ${lines} lines of its own: name its parts`),
    );
    expect(long).toEqual([]);
  });
});

/**
 * Lines of every function block, those of functions inside it not counted, so that a factory of small
 * functions is as many small functions. Reads the indentation that the formatter guarantees.
 */
function ownLines(text: string): { line: number; lines: number }[] {
  const opens = [
    /^(?!\s*(?:if|for|while|switch|try|else|catch|do)\b).*(?:=>|\bfunction\b.*\)[^)]*) \{$/,
    /^\s+(?:async |static |get |set )*[\w#*]+\(.*\).* \{$/,
    /^\s*\): .* \{$|^\) \{$/,
  ];
  const done: { line: number; lines: number }[] = [];
  const open: { indent: number; line: number; lines: number }[] = [];
  text.split('\n').forEach((line, index) => {
    const indent = line.search(/\S/);
    const current = open.at(-1);
    if (current) current.lines += 1;
    if (current && indent === current.indent && line[indent] === '}') done.push(open.pop()!);
    else if (opens.some((pattern) => pattern.test(line))) open.push({ indent, line: index + 1, lines: 1 });
  });
  return done;
}

type State = {
  readonly Type: string;
  readonly Arguments?: { readonly FunctionName?: string };
  readonly ItemProcessor?: Machine;
  readonly Branches?: readonly Machine[];
};
type Machine = { readonly QueryLanguage?: string; readonly States: Readonly<Record<string, State>> };

/** Every Task state that calls a function, with the placeholder it calls. */
function lambdaTasks(machine: Machine): { state: string; calls: string }[] {
  return Object.entries(machine.States).flatMap(([state, body]) => [
    ...(body.Arguments?.FunctionName ? [{ state, calls: body.Arguments.FunctionName }] : []),
    ...(body.ItemProcessor ? lambdaTasks(body.ItemProcessor) : []),
    ...(body.Branches ?? []).flatMap(lambdaTasks),
  ]);
}

const workflows = readdirSync(`${root}workflows`)
  .filter((name) => name.endsWith('.asl.json'))
  .map((name) => [name, JSON.parse(readFileSync(`${root}workflows/${name}`, 'utf8')) as Machine] as const);

describe('one word per step', () => {
  const entries = new Map(manifest.map((entry) => [entry.name, entry]));

  it.each(workflows)('%s calls functions named after its states, all in the manifest', (_name, machine) => {
    expect(machine.QueryLanguage).toBe('JSONata');
    const tasks = lambdaTasks(machine);
    expect(tasks.filter(({ state, calls }) => calls !== `\${${state}Arn}`)).toEqual([]);
    expect(tasks.map(({ state }) => state).filter((state) => !entries.has(state))).toEqual([]);
  });

  it('every entry of the manifest is a file that exports its handler', () => {
    const wrong = manifest
      .filter(({ file }) => !/^export const handler\b/m.test(source.get(file) ?? ''))
      .map(({ name, file }) => `${name}: ${file} exports no handler`);
    expect(wrong).toEqual([]);
    expect(entries.size).toBe(manifest.length);
  });

  it('every file directly in functions/ is in the manifest', () => {
    const known = new Set(manifest.map(({ file }) => file));
    const handlers = files.filter(
      (file) => /^functions\/[^/]+\.ts$/.test(file) && file !== 'functions/manifest.ts',
    );
    expect(handlers.filter((file) => !known.has(file))).toEqual([]);
  });
});
