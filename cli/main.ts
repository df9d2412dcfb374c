import { Refused } from '../domain/kernel/result.ts';
import { commands } from './commands.ts';
import { help, helpAsked } from './help.ts';
import { spanishOf } from './in-spanish.ts';
import { type Io, say } from './io.ts';

process.removeAllListeners('warning');
process.on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning') process.stderr.write(`${warning.name}: ${warning.message}\n`);
});

const io: Io = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  // npm runs scripts in the package's folder; people mean the folder they are in.
  cwd: process.env.INIT_CWD ?? process.cwd(),
};

// A reader that stops early (`| head`) is no error of ours.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });

async function main(args: string[]): Promise<number> {
  const asked = helpAsked(args);
  if (asked) return help(asked, io);
  for (const words of [2, 1]) {
    const command = commands[args.slice(0, words).join(' ')];
    if (command) return command.run(args.slice(words), io);
  }
  help(args.slice(0, 1), io);
  return say(
    {
      code: 'BAD_USAGE',
      message: `there is no command "${args.join(' ')}"`,
      next: 'choose one of the list above',
    },
    io,
  );
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  process.exitCode = say(error.refusal, io, spanishOf(error));
}
