import { type Io, say } from '../io.ts';
import { usageOf } from '../usage.ts';
import { programmeCheck } from './programme-check.ts';
import { programmeDiff } from './programme-diff.ts';
import { programmeExplain } from './programme-explain.ts';
import { programmeSchema } from './programme-schema.ts';
import { programmeSimulate } from './programme-simulate.ts';

const USAGE = usageOf('programme');

const ACTIONS: { readonly [name: string]: (args: string[], io: Io) => Promise<number> } = {
  check: programmeCheck,
  explain: programmeExplain,
  diff: programmeDiff,
  simulate: programmeSimulate,
  schema: programmeSchema,
};

/**
 * `cumple programme …`: a policy officer's tools for definitions. A PROGRAMME is the id of a shipped one, or a
 * path to a definition. Exit 0 done, 1 refused, 2 bad usage or a definition that is not in order.
 */
export async function programme(args: string[], io: Io): Promise<number> {
  const action = ACTIONS[args[0] ?? ''];
  if (action) return action(args.slice(1), io);
  const message = args[0] ? `there is no "programme ${args[0]}"` : 'say what to do with a programme';
  return say({ code: 'BAD_USAGE', message, next: `usage: ${USAGE}` }, io);
}
