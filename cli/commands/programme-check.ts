import type { Refusal } from '../../domain/kernel/result.ts';
import { faultInSpanish } from '../../domain/records/programme/fault-texts.ts';
import type { ProgrammeDefinition } from '../../domain/records/programme.ts';
import { definitionNotices } from '../../domain/transfers/notices.ts';
import { parseArgs } from '../args.ts';
import type { Io } from '../io.ts';
import { usageOf } from '../usage.ts';
import { listProgrammes, loadProgramme } from './programme-files.ts';

const USAGE = usageOf('programme check');

/** Values in force to the end that nobody published: a cycle cannot open before they are filled in. */
function openValues(definition: ProgrammeDefinition): string[] {
  return Object.entries(definition.parameters).flatMap(([name, { values }]) => {
    const latest = values.at(-1);
    if (!latest) return [];
    const rows = 'rows' in latest && latest.rows.some((row) => 'notPublished' in row);
    return 'notPublished' in latest || rows ? [`${name} (${latest.from}–${latest.until ?? ''})`] : [];
  });
}

/** Every fault with its path, then what is wrong and what to do, in Spanish and in English. */
function refusedText(programme: string, { code, message, next }: Refusal): string {
  if (code !== 'INVALID_DEFINITION')
    return `${programme}: ${code}: ${message}\n${next === undefined ? '' : `  → ${next}\n`}`;
  const faults = message.split('\n').map((line) => {
    const [, path, what] = /^(\S+): (.*)$/.exec(line) ?? ['', '', line];
    const es = faultInSpanish(what!);
    return `  ${path}: ${es}\n${es === what ? '' : `  ${path}: ${what}\n`}`;
  });
  return `${programme}: la definición tiene faltas / the definition has faults: ${faults.length}\n${faults.join('')}`;
}

/**
 * Checks definitions (all that ship, where none is named): every fault with its path and what to do, and what is allowed
 * but often a slip.
 */
export async function programmeCheck(args: string[], io: Io): Promise<number> {
  const { flags, rest } = parseArgs(args, { json: 'switch' }, USAGE);
  const names = rest.length > 0 ? rest : listProgrammes().map(({ id }) => id);
  let code = 0;
  const answers = names.map((name) => {
    const parsed = loadProgramme(name, io.cwd);
    if (!parsed.ok) {
      code = 2;
      return { programme: name, ok: false, refusal: parsed.error };
    }
    return {
      programme: parsed.value.id,
      ok: true,
      version: parsed.value.version,
      notPublished: openValues(parsed.value),
      notices: definitionNotices(parsed.value),
    };
  });
  if (flags.json) io.stdout.write(`${JSON.stringify(answers, null, 2)}\n`);
  for (const answer of flags.json ? [] : answers) {
    if ('refusal' in answer) io.stdout.write(refusedText(answer.programme, answer.refusal!));
    else {
      const open =
        answer.notPublished.length > 0
          ? `; sin publicar / not published: ${answer.notPublished.join(', ')}`
          : '';
      io.stdout.write(`${answer.programme} ${answer.version}: en orden / in order${open}\n`);
      for (const { path, says } of answer.notices)
        io.stdout.write(`  aviso / note  ${path}\n    ${says.es}\n    ${says.en}\n`);
    }
  }
  return code;
}
