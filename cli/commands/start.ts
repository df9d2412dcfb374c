import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Refused } from '../../domain/kernel/result.ts';
import { putContract } from '../../functions/support/claims/contracts.ts';
import { contractsPk } from '../../functions/support/claims/keys.ts';
import { serveLocal } from '../../local/http-server.ts';
import { DEMO_PEOPLE } from '../../local/identity.ts';
import { openSession, type Session } from '../../local/session.ts';
import { parseArgs } from '../args.ts';
import type { Io } from '../io.ts';
import { usageOf } from '../usage.ts';
import { listContracts } from './contract-files.ts';

const USAGE = usageOf('start');
const FLAGS = { port: 'text', out: 'text' } as const;
const PORT = 8787;

/**
 * `cumple start`: serves the HTTP API on 127.0.0.1 until it is interrupted, over the folder `--out` (default
 * `cumple-data`), with the contracts that ship in force and a token for each demo person at `POST /dev/token`.
 */
export async function start(args: string[], io: Io): Promise<number> {
  const { flags } = parseArgs(args, FLAGS, USAGE);
  const port = portOf(flags.port);
  const dir = resolve(io.cwd, flags.out ?? 'cumple-data');
  const session = await openSession({ dir });
  try {
    await putShipped(session);
    const server = await serveLocal({ ports: session.ports, dir, port }).catch((error) => {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      throw new Refused({ code: 'BAD_USAGE', message: `port ${port} is taken`, next: `usage: ${USAGE}` });
    });
    io.stderr.write(welcome(server.url, dir));
    io.stdout.write(`${server.url}\n`);
    await interrupted();
    await server.close();
    return 0;
  } finally {
    await session.close();
  }
}

function portOf(text: string | undefined): number {
  if (text === undefined) return PORT;
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new Refused({
    code: 'BAD_USAGE',
    message: `--port must be a port number, not "${text}"`,
    next: `usage: ${USAGE}`,
  });
}

/** Puts the contracts that ship in force; what is in force already stays as it is. */
export async function putShipped(session: Pick<Session, 'ports'>): Promise<void> {
  for (const { id, path } of listContracts())
    if (!(await session.ports.control.get({ pk: contractsPk, sk: id })))
      await putContract(session.ports, JSON.parse(await readFile(path, 'utf8')), 'system');
}

const welcome = (url: string, dir: string): string =>
  `API en / at ${url}   (${dir})\n` +
  `  ${url}/openapi.json\n` +
  `  curl -s ${url}/dev/token -d '{"person":"demo.instituto.norte"}'\n` +
  `  ${DEMO_PEOPLE.map(({ person, roles }) => `${person} (${roles.join(', ')})`).join('\n  ')}\n` +
  '  Ctrl-C termina / stops\n';

const interrupted = (): Promise<void> =>
  new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
  });
