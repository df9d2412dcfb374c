import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Issue, ok, type Result, refuse } from '../../domain/kernel/result.ts';
import { SettlementCaseSchema } from '../../domain/records/claim-case.ts';
import type { ContractDefinition } from '../../domain/records/contract.ts';
import { parseContract } from '../../domain/records/contract-check.ts';
import { sayDotted } from '../../domain/records/programme/say-issue.ts';
import type { SettlementInput } from '../../domain/results/disbursement.ts';
import { findShipped, type Shipped, whatShips } from '../../local/find-shipped.ts';

export const PROGRAMMES = fileURLToPath(new URL('../../programmes', import.meta.url));

export type ContractPlace = Shipped & { readonly path: string };

/** Contracts that ship, in id order: every `programmes/<country>/<id>/contract.json`. */
export function listContracts(root = PROGRAMMES): ContractPlace[] {
  const folders = (path: string) =>
    readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  return folders(root)
    .flatMap((country) =>
      folders(join(root, country)).map((id) => ({
        id,
        country,
        path: join(root, country, id, 'contract.json'),
      })),
    )
    .filter(({ path }) => readdirSync(dirname(path)).includes('contract.json'))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

const issueText = (issues: readonly Issue[]): string =>
  issues
    .slice(0, 20)
    .map((issue) => `${issue.path ?? ''}: ${issue.message}`)
    .join('\n  ');

/** JSON of a file. Refused: no such file, not JSON (with line and column as the parser says). */
export function readJson(path: string): Result<unknown> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return refuse('BAD_INPUT', `cannot read ${path}`, { at: path, next: 'check the path' });
  }
  return parseJson(text, path);
}
export function parseJson(text: string, at: string): Result<unknown> {
  try {
    return ok(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch (error) {
    return refuse('BAD_INPUT', `not valid JSON: ${(error as Error).message}`, { at });
  }
}

function checked(json: unknown, at: string): Result<ContractDefinition> {
  const parsed = parseContract(json);
  if (parsed.ok) return ok(parsed.value);
  return refuse(
    'INVALID_DEFINITION',
    `the contract has ${parsed.issues.length} errors\n  ${issueText(parsed.issues)}`,
    { at },
  );
}

/**
 * A contract by the id of a shipped one (in any case, also as `gb/work-programme-2011`), by a path to its file or
 * folder, or written out. A path that is there comes before what ships under the same name. Refuses
 * UNKNOWN_CONTRACT with the nearest ids.
 */
export function loadContract(reference: unknown, base: string): Result<ContractDefinition> {
  if (typeof reference !== 'string') return checked(reference, 'contract');
  const isPath = /[/\\]|\.json$/.test(reference);
  const given = resolve(base, reference);
  const file = given.endsWith('.json') ? given : join(given, 'contract.json');
  const list = listContracts();
  const shipped = isPath && existsSync(file) ? undefined : findShipped(list, reference);
  if (!shipped && (!isPath || !(reference.endsWith('.json') || existsSync(given))))
    return refuse('UNKNOWN_CONTRACT', `there is no contract ${reference}`, {
      at: 'contract',
      next: whatShips(list, reference),
    });
  const path = shipped?.path ?? file;
  const json = readJson(path);
  return json.ok ? checked(json.value, path) : json;
}

export type LoadedCase = { readonly contract: ContractDefinition; readonly input: SettlementInput };

/** A settlement case with its contract. Refused, with the path in the case: unknown fields and bad values. */
export function loadCase(json: unknown, base: string, at: string): Result<LoadedCase> {
  // A worked example is a case with its title and its expected result around it.
  const wrapped = json as { case?: unknown; expect?: unknown } | null;
  const bare = wrapped?.case !== undefined && wrapped.expect !== undefined ? wrapped.case : json;
  const parsed = SettlementCaseSchema.safeParse(bare);
  if (!parsed.success) {
    const issues = parsed.error.issues.flatMap((issue) =>
      sayDotted(issue, bare, 'case').map((fault) => ({ code: 'BAD_INPUT', ...fault })),
    );
    return refuse('BAD_INPUT', `the case is not in order\n  ${issueText(issues)}`, { at });
  }
  const { contract: reference, provider, ...rest } = parsed.data;
  const contract = loadContract(reference, base);
  if (!contract.ok) return contract;
  return ok({
    contract: contract.value,
    input: { ...rest, provider: typeof provider === 'string' ? provider : provider.id },
  });
}
export { issueText };
