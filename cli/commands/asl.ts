import { createInterface } from 'node:readline';
import { type RunRequest, type RunResponse, runRequest } from '../../local/asl/run-request.ts';
import type { Io } from '../io.ts';
import { usageOf } from '../usage.ts';

const USAGE =
  `uso / usage: ${usageOf('asl run')}\n` +
  '  --jsonl       una petición por línea / a request per line\n' +
  '  --documented  States.ALL no captura States.DataLimitExceeded / does not catch it\n';

/**
 * `cumple asl run`: one JSON request on stdin, one response on stdout; with `--jsonl` a request per line,
 * answered concurrently as they end. Exit 2 when the arguments or a request are no such thing.
 */
export async function aslRun(args: string[], io: Pick<Io, 'stdin' | 'stdout' | 'stderr'>): Promise<number> {
  const unknown = args.filter((arg) => !['--jsonl', '--documented', '--json'].includes(arg));
  if (unknown.length > 0) {
    io.stderr.write(`cumple: opción desconocida / unknown option: ${unknown.join(' ')}\n${USAGE}`);
    return 2;
  }
  const reading = args.includes('--documented') ? 'documented' : 'recorded';
  const answer = async (text: string): Promise<boolean> => {
    const request = parse(text);
    if (!request) {
      io.stderr.write('cumple: BAD_INPUT: la petición no es un objeto JSON con definition / not a request\n');
      return false;
    }
    const response = await runRequest(request, reading).catch((error: Error) => broken(request, error));
    io.stdout.write(`${JSON.stringify(response)}\n`);
    return true;
  };
  if (!args.includes('--jsonl')) return (await answer(await textOf(io))) ? 0 : 2;
  const running: Promise<boolean>[] = [];
  for await (const line of createInterface({ input: io.stdin }))
    if (line.trim() !== '') running.push(answer(line));
  return (await Promise.all(running)).every(Boolean) ? 0 : 2;
}

/** A request that breaks the runner must not take the others with it. */
const broken = ({ id }: RunRequest, error: Error): RunResponse => ({
  ...(id !== undefined && { id }),
  status: 'FAILED',
  error: 'States.Runtime',
  cause: String(error),
});

function parse(text: string): RunRequest | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return value !== null && typeof value === 'object' && 'definition' in value
      ? (value as RunRequest)
      : undefined;
  } catch {
    return undefined;
  }
}

async function textOf(io: Pick<Io, 'stdin'>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of io.stdin) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts).toString('utf8');
}
