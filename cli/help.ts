import { commands } from './commands.ts';
import type { Io } from './io.ts';

/** The words of the command whose help is asked for (none: of all); undefined where no help is asked for. */
export function helpAsked(args: readonly string[]): string[] | undefined {
  const words = args.filter((arg) => arg !== '--help' && arg !== '-h');
  if (args.length === 0 || words.length < args.length) return words;
  return args[0] === 'help' ? args.slice(1) : undefined;
}

/** Shows how the commands that begin with these words are called; all of them, without calls, where none does. Gives 0. */
export function help(words: readonly string[], io: Pick<Io, 'stderr'>): number {
  const all = Object.entries(commands);
  const found = [2, 1]
    .map((count) => words.slice(0, count).join(' '))
    .map((name) => all.filter(([key]) => name !== '' && `${key} `.startsWith(`${name} `)))
    .find((list) => list.length > 0);
  for (const [, { summary, usage }] of found ?? [])
    io.stderr.write(`${summary.es} / ${summary.en}\n  uso / usage: ${usage}\n`);
  if (found) return 0;
  io.stderr.write('cumple — pagos sociales por resultados / results-based social payments\n\n');
  for (const [name, { summary }] of all)
    io.stderr.write(`  ${name.padEnd(22)} ${summary.es}\n  ${''.padEnd(22)} ${summary.en}\n`);
  io.stderr.write('\n  cumple help COMMAND    cómo se usa / how it is called\n');
  return 0;
}
