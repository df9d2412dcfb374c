import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Result, refuse } from '../domain/kernel/result.ts';
import { type ProgrammeDefinition, parseProgramme } from '../domain/records/programme.ts';
import { findShipped, whatShips } from './find-shipped.ts';

export const programmesRoot = fileURLToPath(new URL('../programmes', import.meta.url));

export type ShippedProgramme = {
  readonly definition: ProgrammeDefinition;
  /** The definition as written, for its hash. */
  readonly source: unknown;
  /** `programmes/<country>/<id>`. */
  readonly dir: string;
};

/** Ids of the programmes that ship, with their folders. */
export async function shippedProgrammes(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const country of await readdir(programmesRoot, { withFileTypes: true })) {
    if (!country.isDirectory()) continue;
    for (const entry of await readdir(`${programmesRoot}/${country.name}`, { withFileTypes: true }))
      if (existsSync(`${entry.parentPath}/${entry.name}/definition.json`))
        found.set(entry.name, `${entry.parentPath}/${entry.name}`);
  }
  return found;
}

/**
 * A programme by its id (in any case, also as `pe/juntos`), or by the path of a definition file or its folder,
 * which comes first where it is there. Refuses an unknown one with the nearest ids.
 */
export async function loadProgramme(idOrPath: string, cwd: string): Promise<Result<ShippedProgramme>> {
  const list = [...(await shippedProgrammes())].map(([id, dir]) => ({
    id,
    country: basename(dirname(dir)),
    dir,
  }));
  const given = resolve(cwd, idOrPath);
  const file = given.endsWith('.json') ? given : join(given, 'definition.json');
  const shipped =
    /[/\\]|\.json$/.test(idOrPath) && existsSync(file) ? undefined : findShipped(list, idOrPath);
  const path = shipped ? join(shipped.dir, 'definition.json') : file;
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined)
    return refuse('UNKNOWN_PROGRAMME', `no programme ${idOrPath}`, { next: whatShips(list, idOrPath) });
  let source: unknown;
  try {
    source = JSON.parse(text);
  } catch (error) {
    const message = `the definition is not JSON: ${(error as Error).message}`;
    return refuse('INVALID_DEFINITION', message, { at: path, next: 'correct the file at the place named' });
  }
  const parsed = parseProgramme(source);
  return parsed.ok ? { ok: true, value: { definition: parsed.value, source, dir: dirname(path) } } : parsed;
}
