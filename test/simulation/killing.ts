import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { sha256 } from '../../domain/kernel/hash.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SAMPLE = 'programmes/pe/juntos/sample';

/** The command of `npm run cycle`, in another folder. */
const command = (dir: string): string[] => [
  ...['cli/main.ts', 'cycle', 'run', '--programme', 'juntos', '--period', '2025-09', '--roster', SAMPLE],
  ...['--evidence', `${SAMPLE}/evidence.csv`, `${SAMPLE}/exemptions.csv`],
  ...['--bank', 'simulate', '--seed', '1', '--every-outcome', '--out', dir, '--json'],
];

/** Looked at again and again while the process runs; true when it is to die. */
export type Moment = () => boolean;
export type Ended = {
  readonly killed: boolean;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

/**
 * Runs the command in a process of its own, and kills it with SIGKILL at the moment, if that comes. Processes share
 * their compiled code in `dir/../compiled`, because most of their time they would compile.
 */
export async function runToMoment(
  dir: string,
  moment: Moment = () => false,
  more: readonly string[] = [],
): Promise<Ended> {
  const child = spawn(process.execPath, [...command(dir), ...more], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(dir, '../compiled') },
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk: Buffer) => {
      said[name] += chunk.toString('utf8');
    });
  let killed = false;
  const look = setInterval(() => {
    if (killed || child.exitCode !== null || !moment()) return;
    killed = child.kill('SIGKILL');
  }, 1);
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(look);
  return { killed: killed && code === null, code, ...said };
}

/** Files below a folder; while a process writes there, some may go as they are counted. */
function filesBelow(dir: string): string[] {
  if (!existsSync(dir)) return [];
  try {
    return readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}

/** Hash of each file that people and the bank see, by path. */
export function published(dir: string): Record<string, string> {
  const paths = ['reports', 'bank'].flatMap((folder) => filesBelow(join(dir, folder)));
  return Object.fromEntries(
    paths.sort().map((path) => [path.slice(dir.length + 1), sha256(readFileSync(path))]),
  );
}

export const objectsIn = (dir: string): number =>
  ['bulk', 'reports', 'bank'].reduce((sum, folder) => sum + filesBelow(join(dir, folder)).length, 0);
/** When so many objects are written. */
export const afterObjects =
  (dir: string, count: number): Moment =>
  () =>
    objectsIn(dir) >= count;

/** The events that the runtime has stored, read from outside while it runs. */
export class Watcher {
  private db: DatabaseSync | undefined;
  private readonly file: string;
  constructor(dir: string) {
    this.file = join(dir, 'control/executions.sqlite');
  }
  /** `workflow/State` of every state that was entered, in order, also inside Maps. */
  states(): string[] {
    const rows = this.rows(
      `SELECT execution, json_extract(body, '$.details.name') AS name FROM events
       WHERE json_extract(body, '$.type') LIKE '%StateEntered'
       ORDER BY json_extract(body, '$.timestamp'), execution, log, id`,
    ) as { execution: string; name: string }[];
    return [...new Set(rows.map(({ execution, name }) => `${execution.split(':').at(-2)}/${name}`))];
  }
  hasEntered(state: string): boolean {
    const [workflow, name] = state.split('/') as [string, string];
    return (
      this.rows(
        `SELECT 1 FROM events WHERE execution LIKE '%:${workflow}:%'
         AND json_extract(body, '$.type') LIKE '%StateEntered' AND json_extract(body, '$.details.name') = '${name}'
         LIMIT 1`,
      ).length > 0
    );
  }
  close(): void {
    this.db?.close();
    this.db = undefined;
  }
  /** Nothing while the file is not there yet or its owner is in the middle of making it. */
  private rows(sql: string): unknown[] {
    if (!existsSync(this.file)) return [];
    try {
      this.db ??= new DatabaseSync(this.file, { readOnly: true });
      return this.db.prepare(sql).all();
    } catch {
      return [];
    }
  }
}
