import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../../adapters/ports.ts';
import { canonicalJson, hashOf, sha256 } from '../../../domain/kernel/hash.ts';
import { month } from '../../../domain/kernel/period.ts';
import { providePorts } from '../../../functions/support/ports.ts';
import { runCycle } from '../../../local/cycle.ts';
import { cumple } from '../../cli/cumple.ts';
import { juntosCycle, newDir, testSession } from '../../workflow/harness.ts';

const SHIPPED = new URL('../../../programmes/gb/work-programme-2011/contract.json', import.meta.url);

/** The shipped Work Programme contract with its dates thirteen years on and its prices read as soles, and one claim. */
function contracts(): { contractsDir: string; claims: string } {
  const contractsDir = join(newDir(), 'contracts');
  mkdirSync(contractsDir);
  const later = readFileSync(SHIPPED, 'utf8').replace(
    /\b(20\d\d)(-\d\d)/g,
    (_all, year, rest) => `${Number(year) + 13}${rest}`,
  );
  writeFileSync(join(contractsDir, 'wp.json'), JSON.stringify({ ...JSON.parse(later), currency: 'PEN' }));
  const account = { scheme: 'other', number: '191-prime' };
  const register = { 'prime-1': { name: 'Prime', account, town: 'Lima', country: 'PE' } };
  writeFileSync(join(contractsDir, 'providers.json'), JSON.stringify(register));
  const events = [
    { kind: 'attachment', date: '2024-07-04' },
    { kind: 'employment', date: '2024-08-01', end: '2025-02-25', employer: 'shop-ltd' },
  ];
  const participant = { id: 'g1', attributes: { group: '1' }, events };
  const claims = join(contractsDir, '../claims.jsonl');
  writeFileSync(
    claims,
    JSON.stringify({ contract: 'work-programme-2011', provider: 'prime-1', participant }),
  );
  return { contractsDir, claims };
}

/** A clock that goes on a second each time that it is read. */
function ticking(): Clock {
  let ticks = 0;
  return {
    now: () =>
      `2025-09-30T12:${String(Math.floor(++ticks / 60)).padStart(2, '0')}:${String(ticks % 60).padStart(2, '0')}Z`,
  };
}

/** Two periods of JUNTOS with every outcome of the bank, while time goes on; the first settles a contract too. */
export async function twoPeriods(): Promise<string> {
  const dir = newDir();
  const session = await testSession(dir);
  providePorts({ ...session.ports, clock: ticking() });
  await runCycle(session, await juntosCycle(contracts()));
  await runCycle(session, await juntosCycle({ period: month('2025-11') }));
  await session.close();
  return dir;
}

/** A folder of cycles that a test may spoil. */
export class Folder {
  readonly dir = newDir();

  constructor(of: string) {
    cpSync(of, this.dir, { recursive: true });
  }

  /** The only path that ends like this; `cycle/` stands for the folder of the first period's results. */
  path(ending: string): string {
    const cycles = 'bulk/cycles/juntos/2025-09';
    const name = ending.startsWith('cycle/')
      ? join(cycles, readdirSync(join(this.dir, cycles))[0]!, ending.slice('cycle/'.length))
      : ending;
    const [folder, file] = [name.slice(0, name.lastIndexOf('*')), name.slice(name.lastIndexOf('*') + 1)];
    if (!name.includes('*')) return join(this.dir, name);
    const found = readdirSync(join(this.dir, folder), { recursive: true, encoding: 'utf8' })
      .filter((each) => each.endsWith(file))
      .sort();
    return join(this.dir, folder, found[0]!);
  }

  replace(ending: string, from: string | RegExp, to: string): void {
    const path = this.path(ending);
    const text = readFileSync(path, 'utf8');
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`${path} has no ${String(from)}`);
    writeFileSync(path, changed);
  }

  write(ending: string, text: string): void {
    writeFileSync(this.path(ending), text);
  }

  remove(ending: string): void {
    rmSync(this.path(ending), { recursive: true });
  }

  /** The name of the set of the first `count` reports of the first period. */
  setOf(count: number): string {
    const db = new DatabaseSync(join(this.dir, 'control.sqlite'));
    const rows = db
      .prepare("SELECT body FROM items WHERE pk = 'P#juntos#C#2025-09' AND sk LIKE 'REPORT#%'")
      .all() as { body: string }[];
    db.close();
    const receipts = rows.map(({ body }) => JSON.parse(body) as { hash: string; ordinal: number });
    const first = receipts.filter(({ ordinal }) => ordinal > 0 && ordinal <= count);
    return hashOf(first.map(({ hash }) => hash).sort()).slice(0, 16);
  }

  /** Changes fields of a control record. */
  control(sk: string, set: Readonly<Record<string, unknown>>, pk = 'P#juntos#C#2025-09'): void {
    const db = new DatabaseSync(join(this.dir, 'control.sqlite'));
    const row = db.prepare('SELECT sk, body FROM items WHERE pk = ? AND sk LIKE ?').get(pk, sk) as {
      sk: string;
      body: string;
    };
    const body = JSON.stringify({ ...(JSON.parse(row.body) as object), ...set });
    db.prepare('UPDATE items SET body = ? WHERE pk = ? AND sk = ?').run(body, pk, row.sk);
    db.close();
  }

  /** Adds a control record, or takes one away. */
  record(sk: string, present: boolean, pk = 'P#juntos#C#2025-09'): void {
    const db = new DatabaseSync(join(this.dir, 'control.sqlite'));
    if (present) db.prepare('INSERT INTO items VALUES (?, ?, ?)').run(pk, sk, JSON.stringify({ pk, sk }));
    else db.prepare('DELETE FROM items WHERE pk = ? AND sk LIKE ?').run(pk, sk);
    db.close();
  }

  /** Changes a published file and writes the manifest anew, as somebody would who wants it to pass. */
  async forge(name: string, from: string | RegExp, to: string): Promise<void> {
    const { manifestOf, manifestText } = await import('../../../domain/audit/manifest.ts');
    const reports = 'reports/juntos/2025-09';
    this.replace(`${reports}/${name}`, from, to);
    const body = readFileSync(join(this.dir, reports, name));
    const manifest = JSON.parse(readFileSync(join(this.dir, reports, 'manifest.json'), 'utf8')) as {
      files: { path: string; sha256: string; bytes: number }[];
    };
    const files = manifest.files.map((file) =>
      file.path === `${reports}/${name}` ? { ...file, sha256: sha256(body), bytes: body.length } : file,
    );
    writeFileSync(join(this.dir, reports, 'manifest.json'), manifestText(manifestOf(files)));
  }
}

export type Audited = {
  readonly period: string;
  readonly root: string | null;
  readonly identities: Readonly<Record<string, string>>;
  readonly checks: readonly {
    readonly name: string;
    readonly checked: number;
    readonly differences: number;
  }[];
  readonly differences: readonly Readonly<Record<string, string>>[];
};

/** Runs `cumple audit verify --json`; a document per cycle. */
export async function audit(dir: string, ...args: string[]) {
  const { code, stdout, stderr } = await cumple('audit', 'verify', dir, ...args, '--json');
  const cycles = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Audited);
  return { code, stderr, cycles };
}

/** Names of the checks that found something, in their order. */
export const named = ({ checks }: Audited): string[] =>
  checks.filter(({ differences }) => differences > 0).map(({ name }) => name);

/** A deterministic text of a whole folder: names and hashes of all files. */
export function contentOf(dir: string): string {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true }))
    found[join(entry.parentPath, entry.name)] = entry.isFile()
      ? sha256(readFileSync(join(entry.parentPath, entry.name)))
      : 'folder';
  return canonicalJson(found);
}
