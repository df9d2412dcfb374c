import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectStore } from '../adapters/ports.ts';
import { canonicalJson, hashOf, sha256 } from '../domain/kernel/hash.ts';
import { Refused } from '../domain/kernel/result.ts';
import { parseContract } from '../domain/records/contract-check.ts';
import { ProviderRegister, VerifiedClaim } from '../domain/results/provider.ts';
import { bulk, definitionKey } from '../functions/support/cycle.ts';
import { writeOnce } from '../functions/support/jsonl.ts';

/** What a cycle needs to settle contracts: definitions by hash, verified claims, the register of institutes. */
export type ContractInputs = {
  readonly contracts: readonly { readonly id: string; readonly hash: string }[];
  readonly claimsKey: string | null;
  readonly providersKey: string | null;
};

const bad = (message: string, at: string, next: string) =>
  new Refused({ code: 'BAD_INPUT', message, at, next });

/**
 * Takes in contracts and claims. `dir` holds a contract per `*.json` and, in `providers.json`, how each institute is
 * paid; `claimsFile` has a verified claim per line (JSONL: contract, provider, participant). Refuses the whole of
 * it with file and line where anything is wrong; nothing is written before all of it is read.
 */
export async function takeContracts(
  objects: ObjectStore,
  dir: string,
  claimsFile: string | undefined,
): Promise<ContractInputs> {
  const names = await readdir(dir).catch(() => {
    throw bad(`there is no folder ${dir}`, dir, 'name the folder with the contracts');
  });
  const sources = new Map<string, { hash: string; text: string }>();
  for (const name of names.filter((each) => each.endsWith('.json') && each !== 'providers.json').sort()) {
    const at = join(dir, name);
    const json = parsed(await readFile(at, 'utf8'), at);
    const contract = parseContract(json);
    if (!contract.ok)
      throw new Refused({
        code: 'INVALID_DEFINITION',
        message: `${contract.issues[0]?.path ?? ''}: ${contract.issues[0]?.message ?? 'not a contract'}`,
        at,
        next: 'correct the contract and check it with `cumple contract check`',
      });
    // As putContract keeps it, so that the same contract has one hash however its file is written.
    const definition = contract.value;
    sources.set(definition.id, { hash: hashOf(definition), text: canonicalJson(definition) });
  }
  if (sources.size === 0)
    throw bad(`there is no contract in ${dir}`, dir, 'put each contract there as a .json file');
  const register = names.includes('providers.json')
    ? await registerOf(join(dir, 'providers.json'))
    : undefined;
  const claims = claimsFile === undefined ? undefined : await claimsText(claimsFile, sources);
  for (const { hash, text } of sources.values()) await writeOnce(objects, bulk(definitionKey(hash)), text);
  return {
    contracts: [...sources].map(([id, { hash }]) => ({ id, hash })),
    claimsKey: claims === undefined ? null : await stored(objects, 'claims', 'jsonl', claims),
    providersKey: register === undefined ? null : await stored(objects, 'providers', 'json', register),
  };
}

async function stored(objects: ObjectStore, folder: string, ending: string, text: string): Promise<string> {
  const key = `${folder}/${sha256(text)}.${ending}`;
  await writeOnce(objects, bulk(key), text);
  return key;
}

function parsed(text: string, at: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw bad(`not JSON: ${(error as Error).message}`, at, 'correct the file');
  }
}

async function registerOf(at: string): Promise<string> {
  const result = ProviderRegister.safeParse(parsed(await readFile(at, 'utf8'), at));
  if (result.success) return canonicalJson(result.data);
  const issue = result.error.issues[0]!;
  throw bad(`${issue.path.join('.')}: ${issue.message}`, at, 'correct the register of institutes');
}

/** The claims in an order of their own, so that the same claims in another order are the same settlement. */
async function claimsText(file: string, contracts: ReadonlyMap<string, unknown>): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw bad(`there is no file ${file}`, file, 'check the path');
  });
  const lines: string[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const at = `${file}:${i + 1}`;
    const claim = VerifiedClaim.safeParse(parsed(line, at));
    if (!claim.success) {
      const issue = claim.error.issues[0]!;
      throw bad(
        `${issue.path.join('.')}: ${issue.message}`,
        at,
        'a line is {"contract", "provider", "participant": {"id", "events"}}',
      );
    }
    if (!contracts.has(claim.data.contract))
      throw bad(
        `contract ${claim.data.contract} is not among ${[...contracts.keys()].join(', ')}`,
        at,
        'put the contract into the folder',
      );
    lines.push(canonicalJson(claim.data));
  }
  return [...new Set(lines)]
    .sort()
    .map((line) => `${line}\n`)
    .join('');
}
