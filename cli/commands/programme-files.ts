import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ok, type Result, refuse } from '../../domain/kernel/result.ts';
import { type ProgrammeDefinition, parseProgramme } from '../../domain/records/programme.ts';

const ROOT = fileURLToPath(new URL('../../programmes', import.meta.url));

export type ProgrammePlace = { readonly id: string; readonly dir: string };

const folders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

/** Programmes that ship, in id order: every `programmes/<country>/<id>/definition.json`. */
export function listProgrammes(root = ROOT): ProgrammePlace[] {
  return folders(root)
    .flatMap((country) => folders(join(root, country)).map((id) => ({ id, dir: join(root, country, id) })))
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

/** A programme by the id of a shipped one, by a path to its file or folder, or written out as an object. */
export function loadProgramme(reference: unknown, cwd: string): Result<ProgrammeDefinition> {
  if (typeof reference !== 'string') return parseProgramme(reference);
  const shipped = listProgrammes().find(({ id }) => id === reference);
  if (!shipped && !/[/\\]|\.json$/.test(reference))
    return refuse('UNKNOWN_PROGRAMME', `there is no programme ${reference}`, {
      at: 'programme',
      next: `Programmes that ship: ${listProgrammes()
        .map(({ id }) => id)
        .join(', ')}.`,
    });
  const named = shipped?.dir ?? resolve(cwd, reference);
  const json = readJsonFile(named.endsWith('.json') ? named : join(named, 'definition.json'));
  return json.ok ? parseProgramme(json.value) : json;
}
