import { dirname, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { settleContract } from '../../domain/results/disbursement.ts';
import { settlementRefusalView, settlementView } from '../../domain/results/settlement-view.ts';
import { parseArgs } from '../args.ts';
import { type Io, say } from '../io.ts';
import { usageOf } from '../usage.ts';
import { issueText, loadCase, parseJson, readJson } from './contract-files.ts';

const USAGE = usageOf('settle');

/**
 * `cumple settle CASE.json`: one contract, one settlement (DESIGN, section 7). JSON on stdout; exit 0 settled, 1
 * refused by a rule (the JSON says which, and what was verified all the same), 2 bad usage or bad input.
 */
export async function settle(args: readonly string[], io: Io): Promise<number> {
  const { rest } = parseArgs(args, { json: 'switch' }, USAGE);
  const [file, ...more] = rest;
  if (!file || more.length > 0)
    return say({ code: 'BAD_USAGE', message: 'give one case file', next: `usage: ${USAGE}` }, io);
  const stdin = file === '-';
  const path = stdin ? '-' : resolve(io.cwd, file);
  const json = stdin ? parseJson(await text(io.stdin), 'standard input') : readJson(path);
  if (!json.ok) return say(json.error, io);
  const loaded = loadCase(json.value, stdin ? io.cwd : dirname(path), file);
  if (!loaded.ok) return say(loaded.error, io);
  const { contract, input } = loaded.value;
  const settled = settleContract(contract, input);
  if (settled.ok) {
    io.stdout.write(`${JSON.stringify(settlementView(contract, settled.value), null, 2)}\n`);
    return 0;
  }
  if (settled.error.code !== 'BAD_INPUT')
    io.stdout.write(`${JSON.stringify(settlementRefusalView(settled.error), null, 2)}\n`);
  const { issues = [] } = settled.error;
  const message =
    issues.length > 0 ? `${settled.error.message}\n  ${issueText(issues)}` : settled.error.message;
  return say({ ...settled.error, message }, io);
}
