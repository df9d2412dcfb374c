import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { sha256 } from '../../domain/kernel/hash.ts';
import { addMonths, type Month, month } from '../../domain/kernel/period.ts';
import { unwrap } from '../../domain/kernel/result.ts';
import type { Clock } from '../../local/asl/clock.ts';
import { createRuntime } from '../../local/asl/runtime.ts';
import type { CycleRequest } from '../../local/cycle.ts';
import { DEMO, demoDay } from '../../local/demo-people.ts';
import { createInvoker, portsOf, runtimeFile } from '../../local/functions.ts';
import { loadProgramme } from '../../local/programmes.ts';
import { type Session, workflowDefinitions } from '../../local/session.ts';
import { temporaryRoot } from './temporary.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const SAMPLE = join(ROOT, 'programmes/pe/juntos/sample');

const made: string[] = [];
afterAll(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});
export function newDir(): string {
  const dir = mkdtempSync(join(temporaryRoot(), 'cumple-cycle-'));
  made.push(dir);
  return dir;
}

/** Hash of every file below the named folders of `dir`, by path: what must be equal byte for byte. */
export function hashesBelow(dir: string, ...folders: string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const folder of folders)
    for (const entry of readdirSync(join(dir, folder), { recursive: true, withFileTypes: true }))
      if (entry.isFile()) {
        const path = join(entry.parentPath, entry.name);
        found[path.slice(dir.length + 1)] = sha256(readFileSync(path));
      }
  return found;
}

const DAY_MS = 86_400_000;

/**
 * Waits of retries (30 s at most by the workflows) take no time; deadlines of tasks and tokens stay real, but for
 * those longer than `patienceDays`, which pass at once.
 */
const hasty = (patienceDays: number): Clock => ({
  now: () => Date.now(),
  until(at) {
    const left = at - Date.now();
    const atOnce = left <= 30_000 || left > patienceDays * DAY_MS;
    let cancel = () => {};
    const done = new Promise<void>((resolve) => {
      const timer = atOnce ? setImmediate(resolve) : setTimeout(resolve, Math.min(left, 2 ** 31 - 1));
      cancel = () => (atOnce ? clearImmediate(timer as never) : clearTimeout(timer as never));
    });
    return { done, cancel };
  },
});

export type Invoke = (name: string, payload: unknown) => Promise<unknown>;
/** Stands between the workflow and its functions: calls through, fails, or calls twice. */
export type Around = (invoke: Invoke, name: string, payload: unknown) => Promise<unknown>;

/** The session of `cycle run` with its functions in this process, so that a test can stand in between. */
export async function testSession(
  dir: string,
  around: Around = (invoke, ...call) => invoke(...call),
  patienceDays = 365,
) {
  mkdirSync(join(dir, 'control'), { recursive: true });
  const config = { dir, now: '2025-09-30T12:00:00Z', seed: 1 };
  const ports = portsOf(config);
  const invoke = createInvoker(ports);
  const calls: string[] = [];
  const runtime = createRuntime({
    file: runtimeFile(dir),
    definitions: await workflowDefinitions(),
    clock: hasty(patienceDays),
    invoke: (name, payload) => {
      calls.push(name);
      return around(invoke, name, payload);
    },
    objects: {
      get: async (bucket, key) => {
        const bytes = await ports.objects.get({ bucket: bucket as 'bulk', key });
        return bytes && Buffer.from(bytes).toString('utf8');
      },
      put: async (bucket, key, text) => {
        await ports.objects.putIfAbsent({ bucket: bucket as 'bulk', key }, Buffer.from(text));
      },
    },
  });
  await runtime.resume();
  const session: Session = {
    ports,
    runtime,
    call: invoke,
    close: async () => {
      await runtime.close();
      ports.close();
    },
  };
  return { ...session, calls };
}

/** The sample's evidence for a period: what schools said of September and October, said of its two months. */
export function sampleEvidence(period: Month, dir: string): string {
  const text = readFileSync(join(SAMPLE, 'evidence.csv'), 'utf8');
  const path = join(dir, `evidence-${period}.csv`);
  const moved = text.replaceAll('2025-09', period).replaceAll('2025-10', addMonths(period, 1));
  writeFileSync(path, moved);
  return path;
}

/** A cycle of JUNTOS on the sample that ships, every outcome of the bank included. */
export async function juntosCycle(over: Partial<CycleRequest> = {}): Promise<CycleRequest> {
  const { definition, source } = unwrap(await loadProgramme('juntos', ROOT));
  const period = over.period ?? month('2025-09');
  return {
    definition,
    source,
    period,
    rosterDir: SAMPLE,
    evidence: [
      period === '2025-09' ? join(SAMPLE, 'evidence.csv') : sampleEvidence(period, newDir()),
      join(SAMPLE, 'exemptions.csv'),
    ],
    mapping: undefined,
    payer: {
      name: 'JUNTOS',
      account: { scheme: 'other', number: 'DEMO-0001' },
      bankCode: 'DEMO',
      town: 'Capital',
      country: 'PE',
    },
    maker: DEMO.maker,
    bank: { seed: 1, everyOutcome: true },
    asOf: demoDay(period as Month),
    note: () => {},
    ...over,
  };
}

/** Every control record, without the task tokens, which are new in every run. */
export function controlOf(dir: string): Record<string, unknown> {
  const db = new DatabaseSync(join(dir, 'control.sqlite'), { readOnly: true });
  const rows = db.prepare('SELECT pk, sk, body FROM items').all() as {
    pk: string;
    sk: string;
    body: string;
  }[];
  db.close();
  return Object.fromEntries(
    rows.map(({ pk, sk, body }) => {
      const { token: _token, ...item } = JSON.parse(body) as Record<string, unknown>;
      return [`${pk} ${sk}`, item];
    }),
  );
}

type States = Record<string, { Type: string; ItemProcessor?: { States: States } }>;
const tasksOf = (states: States): string[] =>
  Object.entries(states).flatMap(([name, { Type, ItemProcessor }]) => [
    ...(Type === 'Task' ? [name] : []),
    ...(ItemProcessor ? tasksOf(ItemProcessor.States) : []),
  ]);

/** The steps that a cycle without trouble takes, in the order of its workflows. */
export async function stepsOfACycle(): Promise<string[]> {
  const definitions = await workflowDefinitions();
  // These run where a closed cycle is corrected, or its bank answers late: corrections and late-reports of test/simulation.
  const onTrouble = new Set(['FailCycle', 'EndBankWindow', 'CorrectHistory', 'ReconcileLate']);
  const names = ['roster-intake', 'evidence-intake', 'payment-cycle', 'bank-report'].flatMap((name) =>
    tasksOf((definitions.get(name) as { States: States }).States),
  );
  return [...new Set(names)].filter((name) => !onTrouble.has(name));
}
