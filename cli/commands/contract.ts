import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Refused, unwrap } from '../../domain/kernel/result.ts';
import { notPublished } from '../../domain/records/contract-parameters.ts';
import { settleContract } from '../../domain/results/disbursement.ts';
import { explainContract } from '../../domain/results/explain-contract.ts';
import type { Settlement } from '../../domain/results/settlement.ts';
import { statementCsv, statementLinesCsv, statementOf } from '../../domain/results/statement.ts';
import { statementHtml } from '../../domain/results/statement-html.ts';
import { parseArgs, required } from '../args.ts';
import type { Io } from '../io.ts';
import { usageOf } from '../usage.ts';
import { listContracts, loadCase, loadContract, readJson } from './contract-files.ts';

const CHECK = usageOf('contract check');
const EXPLAIN = usageOf('contract explain');
const STATEMENT = usageOf('contract statement');
const USAGE = usageOf('contract');

/** Validates contracts (all shipped ones by default): JSON lines with what each still lacks. Exit 2 on a bad one. */
function check(args: readonly string[], io: Io): number {
  const { rest } = parseArgs(args, { json: 'switch' }, CHECK);
  const references = rest.length > 0 ? rest : listContracts().map((place) => place.id);
  for (const reference of references) {
    const contract = unwrap(loadContract(reference, io.cwd));
    const answer = {
      contract: contract.id,
      version: contract.version,
      valid: true,
      milestones: contract.milestones.map((milestone) => milestone.id),
      notPublished: notPublished(contract),
    };
    io.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  return 0;
}

/** Prints what a contract pays for, in sentences: what a case may say, prices, rules, readings and sources. */
function explain(args: readonly string[], io: Io): number {
  const { flags, rest } = parseArgs(args, { lang: 'text', json: 'switch' }, EXPLAIN);
  if (rest.length !== 1)
    throw new Refused({ code: 'BAD_USAGE', message: 'name one contract', next: `usage: ${EXPLAIN}` });
  const sections = explainContract(unwrap(loadContract(rest[0], io.cwd)));
  if (flags.json) {
    io.stdout.write(`${JSON.stringify(sections, null, 2)}\n`);
    return 0;
  }
  const languages =
    flags.lang === 'es'
      ? (['es'] as const)
      : flags.lang === 'en'
        ? (['en'] as const)
        : (['es', 'en'] as const);
  for (const language of languages)
    for (const section of sections)
      io.stdout.write(
        `${section.title[language]}\n${section.lines.map((line) => `  ${line[language]}\n`).join('')}\n`,
      );
  return 0;
}

/**
 * Settles the cases in their order, each from the state of the one before (unless it brings its own), and writes the
 * provider's statement: `statement.csv`, `statement-lines.csv`, `statement.html`.
 */
function statement(args: readonly string[], io: Io): number {
  const { flags, rest } = parseArgs(args, { out: 'text', json: 'switch' }, STATEMENT);
  const out = resolve(io.cwd, required(flags.out, 'out', STATEMENT));
  if (rest.length === 0)
    throw new Refused({ code: 'BAD_USAGE', message: 'give at least one case', next: `usage: ${STATEMENT}` });
  const settlements: Settlement[] = [];
  let contract: Parameters<typeof statementOf>[0] | undefined;
  for (const file of rest) {
    const path = resolve(io.cwd, file);
    const loaded = unwrap(loadCase(unwrap(readJson(path)), dirname(path), file));
    const state = loaded.input.state ?? settlements.at(-1)?.state;
    const settled = settleContract(loaded.contract, { ...loaded.input, ...(state ? { state } : {}) });
    if (!settled.ok)
      throw new Refused({ ...settled.error, at: settled.error.at ? `${file}: ${settled.error.at}` : file });
    contract = loaded.contract;
    settlements.push(settled.value);
  }
  const result = statementOf(contract!, settlements);
  mkdirSync(out, { recursive: true });
  const files = {
    'statement.csv': statementCsv(result),
    'statement-lines.csv': statementLinesCsv(result),
    'statement.html': statementHtml(result),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(out, name), content);
  io.stdout.write(
    `${JSON.stringify({ contract: result.contract.id, provider: result.provider, periods: result.periods, files: Object.keys(files) }, null, 2)}\n`,
  );
  return 0;
}

/** `cumple contract check|explain|statement`. Exit 0 done, 1 refused by a rule, 2 bad usage or bad input. */
export async function contract(args: readonly string[], io: Io): Promise<number> {
  const [verb, ...rest] = args;
  if (verb === 'check') return check(rest, io);
  if (verb === 'explain') return explain(rest, io);
  if (verb === 'statement') return statement(rest, io);
  throw new Refused({
    code: 'BAD_USAGE',
    message: 'say check, explain or statement',
    next: `usage: ${USAGE}`,
  });
}
