import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ok, type Result, refuse } from '../../domain/kernel/result.ts';
import { type ProgrammeDefinition, parseProgramme } from '../../domain/records/programme.ts';
import { findShipped, type Shipped, whatShips } from '../../local/find-shipped.ts';

const ROOT = fileURLToPath(new URL('../../programmes', import.meta.url));

export type ProgrammePlace = Shipped & { readonly dir: string };

const folders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

/** Programmes that ship, in id order: every `programmes/<country>/<id>/definition.json`. */
export function listProgrammes(root = ROOT): ProgrammePlace[] {
  return folders(root)
    .flatMap((country) =>
      folders(join(root, country)).map((id) => ({ id, country, dir: join(root, country, id) })),
    )
    .filter(({ dir }) => existsSync(join(dir, 'definition.json')))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** JSON of a file. Refused: no such file, not JSON (with the place that the parser names). */
export function readJsonFile(path: string): Result<unknown> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return refuse('BAD_INPUT', `cannot read ${path}`, { at: path, next: 'Check the path.' });
  }
  return parseJsonText(text, path);
}
export function parseJsonText(text: string, at: string): Result<unknown> {
  try {
    return ok(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch (error) {
    return refuse('BAD_INPUT', `not valid JSON: ${(error as Error).message}`, { at });
  }
}

/**
 * A programme by the id of a shipped one (in any case, also as `pe/juntos`), by a path to its file or folder, or
 * written out as an object. A path that is there comes before what ships under the same name. Refuses
 * UNKNOWN_PROGRAMME with the nearest ids.
 */
export function loadProgramme(reference: unknown, cwd: string): Result<ProgrammeDefinition> {
  if (typeof reference !== 'string') return parseProgramme(reference);
  const isPath = /[/\\]|\.json$/.test(reference);
  const given = resolve(cwd, reference);
  const file = given.endsWith('.json') ? given : join(given, 'definition.json');
  const list = listProgrammes();
  const shipped = isPath && existsSync(file) ? undefined : findShipped(list, reference);
  if (!shipped && (!isPath || !(reference.endsWith('.json') || existsSync(given))))
    return refuse('UNKNOWN_PROGRAMME', `there is no programme ${reference}`, {
      at: 'programme',
      next: whatShips(list, reference),
    });
  const json = readJsonFile(shipped ? join(shipped.dir, 'definition.json') : file);
  return json.ok ? parseProgramme(json.value) : json;
}
