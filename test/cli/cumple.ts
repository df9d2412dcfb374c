import { PassThrough, Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { commands } from '../../cli/commands.ts';
import { say } from '../../cli/io.ts';
import { Refused } from '../../domain/kernel/result.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Runs a command in this process as `cli/main.ts` does. */
export async function cumple(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    streams[name].on('data', (chunk: Buffer) => {
      said[name] += chunk.toString('utf8');
    });
  const io = { stdin: Readable.from([]), ...streams, cwd: ROOT };
  const words = commands[args.slice(0, 2).join(' ')] ? 2 : 1;
  const command = commands[args.slice(0, words).join(' ')]!;
  const code = await command.run(args.slice(words), io).catch((error: unknown) => {
    if (error instanceof Refused) return say(error.refusal, io);
    throw error;
  });
  return { code, ...said };
}
