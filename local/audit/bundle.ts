import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { localControl, localReader, type ObjectReader } from '../../adapters/local/index.ts';
import type { ControlStore } from '../../adapters/ports.ts';
import { isMonth, type Month } from '../../domain/kernel/period.ts';
import { Refused } from '../../domain/kernel/result.ts';
import { cycleKey } from '../../functions/support/cycle.ts';

/** A folder of cycles as an auditor has it. Nothing below `dir` is ever written. */
export type Bundle = {
  readonly dir: string;
  readonly objects: ObjectReader;
  /** Its control records, read from a copy. */
  readonly control: ControlStore;
  /** Another copy, in which steps may be repeated; the caller closes it. */
  copyOfControl(): Promise<ControlStore & { close(): void }>;
  /** The bank's files for a programme by their hash, each with the keys under which it lies in the bank's inbox. */
  inbox(programme: string): Promise<ReadonlyMap<string, readonly string[]>>;
  /** A folder for what is worked out again; gone after `close`. */
  readonly temporaryDir: string;
  close(): Promise<void>;
};

const bad = (message: string, at: string, next: string) =>
  new Refused({ code: 'BAD_INPUT', message, at, next });

/**
 * Opens the `--out` folder of cycles, or a copy of it, wherever it lies and even if nobody may write to it. SQLite
 * would write beside the records that it reads, so it gets copies. Refused: a folder that is none, or whose control
 * records are missing or damaged.
 */
export async function openBundle(dir: string): Promise<Bundle> {
  const names = await readdir(dir).catch(() => undefined);
  if (!names)
    throw bad(`there is no folder ${dir}`, dir, 'name the --out folder of the cycles, or a copy of it');
  if (!names.includes('control.sqlite'))
    throw bad(
      `${dir} has no control.sqlite`,
      dir,
      'an audit needs the whole --out folder: control records, bulk, bank and reports',
    );
  const temporaryDir = await mkdtemp(join(tmpdir(), 'cumple-audit-'));
  const remove = () => rm(temporaryDir, { recursive: true, force: true });
  let copies = 0;
  const copyOfControl = async () => {
    copies += 1;
    const copy = join(temporaryDir, 'control', String(copies));
    await copyControl(dir, copy);
    return localControl(join(copy, 'control.sqlite'));
  };
  try {
    const control = await copyOfControl();
    // A damaged file is noticed when it is first read.
    await control.get(cycleKey('-', '-'));
    const objects = localReader(dir);
    const inboxes = new Map<string, Promise<ReadonlyMap<string, readonly string[]>>>();
    return {
      dir,
      objects,
      control,
      inbox: (programme) => {
        const known = inboxes.get(programme) ?? inboxOf(objects, programme);
        inboxes.set(programme, known);
        return known;
      },
      copyOfControl,
      temporaryDir,
      close: async () => {
        control.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw bad(
      `its control records cannot be read: ${(error as Error).message}`,
      join(dir, 'control.sqlite'),
      'copy the folder again',
    );
  }
}

async function copyControl(dir: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of ['control.sqlite', 'control.sqlite-wal']) {
    const found = await stat(join(dir, name)).catch(() => undefined);
    if (!found) continue;
    await copyFile(join(dir, name), join(to, name));
    // The copy of a file that nobody may write to is one that we may.
    await chmod(join(to, name), 0o600);
  }
}

async function inboxOf(
  objects: ObjectReader,
  programme: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const keys = new Map<string, string[]>();
  for await (const { key } of objects.list('bank', `inbox/${programme}/`)) {
    const { sha256 } = await digestOf(objects.stream({ bucket: 'bank', key }));
    keys.set(sha256, [...(keys.get(sha256) ?? []), key]);
  }
  return keys;
}

/** sha256 and size of a stream, however long. */
export async function digestOf(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const digest = createHash('sha256');
  let bytes = 0;
  for await (const chunk of chunks) {
    digest.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: digest.digest('hex'), bytes };
}

/** What the words of the command mean: a folder of cycles, or what `cycle run` calls the bundle of one. */
export async function placeOf(path: string): Promise<{ dir: string; programme?: string; period?: Month }> {
  const [programme, period] = [basename(dirname(path)), basename(path)];
  const reports = dirname(dirname(path));
  const isOne = basename(reports) === 'reports' && isMonth(period);
  return isOne ? { dir: dirname(reports), programme, period } : { dir: path };
}

/** Programmes that have cycles in the folder. */
export const programmesIn = (dir: string): Promise<string[]> => namesIn(join(dir, 'bulk/cycles'));

/** Every period of a programme of which the folder has a trace, in order. */
export async function periodsIn(dir: string, programme: string): Promise<Month[]> {
  const below = await Promise.all(
    ['bulk/cycles', 'reports'].map((each) => namesIn(join(dir, each, programme))),
  );
  return [...new Set(below.flat())].filter(isMonth).sort();
}

async function namesIn(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}
