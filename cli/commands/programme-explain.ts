import { explainProgramme } from '../../domain/transfers/explain.ts';
import { caseChapter } from '../../domain/transfers/explain-case.ts';
import { parseArgs } from '../args.ts';
import { type Io, say } from '../io.ts';
import { usageOf } from '../usage.ts';
import { loadProgramme } from './programme-files.ts';

const USAGE = usageOf('programme explain');

/** Prints every rule of a programme as a sentence, with its values by date and their sources, and the names of a case. */
export async function programmeExplain(args: string[], io: Io): Promise<number> {
  const { flags, rest } = parseArgs(args, { lang: 'text', json: 'switch' }, USAGE);
  const [name, ...more] = rest;
  if (!name || more.length > 0)
    return say({ code: 'BAD_USAGE', message: 'name one programme', next: `usage: ${USAGE}` }, io);
  const loaded = loadProgramme(name, io.cwd);
  if (!loaded.ok) return say(loaded.error, io);
  const definition = loaded.value;
  const lang = flags.lang === 'en' ? 'en' : 'es';
  const chapters = [...explainProgramme(definition, lang), caseChapter(definition, lang)];
  if (flags.json) {
    const { id, version, currency, frequency, attributes, evidence } = definition;
    const answer = {
      programme: id,
      version,
      name: definition.name,
      currency,
      frequency,
      attributes,
      evidence,
      chapters,
    };
    io.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
    return 0;
  }
  io.stdout.write(`${definition.name[lang]} (${definition.id}, ${definition.version})\n`);
  for (const { title, sentences } of chapters) {
    io.stdout.write(`\n${title}\n`);
    for (const sentence of sentences)
      io.stdout.write(sentence.startsWith('  ') ? `  ${sentence}\n` : `- ${sentence}\n`);
  }
  return 0;
}
