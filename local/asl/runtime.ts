import type { Execution } from '../../adapters/ports.ts';
import { hashOf } from '../../domain/kernel/hash.ts';
import { Refused } from '../../domain/kernel/result.ts';
import { type Clock, iso, machineClock } from './clock.ts';
import { DurableJournal, Writer } from './durable-journal.ts';
import { DurableTokens } from './durable-tokens.ts';
import { Interrupted, Stopped } from './errors.ts';
import { machineId, runExecution } from './execution.ts';
import { load } from './load.ts';
import { releaseOwnership, seen, takeOwnership } from './owner.ts';
import { storeRedrive } from './redrive.ts';
import type { Host, NestedResult, Objects, Progress } from './scope.ts';
import { storeStart } from './start.ts';
import { Stop } from './stop.ts';
import { asExecution, type ExecutionRow, executionRow, openStore } from './store.ts';
import type { HistoryEvent, Json, Machine } from './types.ts';

/** What an execution does, as it does it: for progress on a screen. `parent` is set below the top level. */
export type RuntimeEvent = { readonly execution: string; readonly workflow: string } & (
  | Progress
  | { readonly type: 'execution-ended'; readonly status: Execution['status'] }
);

export type RuntimeOptions = {
  /** The SQLite file of executions. */
  readonly file: string;
  /** Parsed ASL by workflow name, placeholders replaced. */
  readonly definitions: ReadonlyMap<string, unknown>;
  /** Calls a function; what it throws is reported as Lambda would: by the error's name and message. */
  readonly invoke: (name: string, payload: unknown, signal: AbortSignal) => Promise<unknown>;
  /** Where ItemReader and ResultWriter find their buckets. */
  readonly objects: Objects;
  readonly onEvent?: (event: RuntimeEvent) => void;
  /** Children of a Distributed Map that run at once, at most. */
  readonly concurrency?: number;
  readonly clock?: Clock;
};

export type Runtime = {
  /** Starts an execution; the same name and input again is the same execution. */
  start(workflow: string, name: string, input: unknown): Promise<{ id: string }>;
  describe(id: string): Promise<Execution | undefined>;
  /** The execution when it has ended. */
  wait(id: string): Promise<Execution>;
  sendTaskSuccess(token: string, output: unknown): Promise<'sent' | 'gone'>;
  sendTaskFailure(token: string, error: string, cause: string): Promise<'sent' | 'gone'>;
  sendTaskHeartbeat(token: string): Promise<'sent' | 'gone'>;
  /** Goes on with every execution that a dead process left running. */
  resume(): Promise<void>;
  stop(id: string, error?: string, cause?: string): Promise<void>;
  redrive(id: string): Promise<void>;
  /** Events of the execution, or of a child of a Distributed Map (`logs` names them). */
  history(id: string, log?: string): HistoryEvent[];
  logs(id: string): string[];
  /** Ends the process's part: executions stay where they are and go on with the next process. */
  close(): Promise<void>;
};

/** How often rows of other processes are looked for; only a counter is read when there are none. */
const POLL_MS = 20;
const SEEN_MS = 2_000;
const CONCURRENCY = 16;

type Running = { readonly stop: Stop; readonly ended: Promise<void> };

/** The durable runtime: one per file. Refuses definitions that are not valid, and a file that another process runs. */
export function createRuntime(options: RuntimeOptions): Runtime {
  return new DurableRuntime(options);
}

class DurableRuntime implements Runtime {
  private readonly options: RuntimeOptions;
  private readonly clock: Clock;
  private readonly db: ReturnType<typeof openStore>;
  private readonly writer: Writer;
  private readonly tokens: DurableTokens;
  private readonly machines = new Map<string, Machine>();
  private readonly running = new Map<string, Running>();
  private readonly timer: NodeJS.Timeout;
  private version = -1;
  private lastSeen = 0;
  private closed = false;

  constructor(options: RuntimeOptions) {
    this.options = options;
    this.clock = options.clock ?? machineClock;
    const loaded = new Map([...options.definitions].map(([name, body]) => [name, valid(name, body)]));
    this.db = openStore(options.file);
    takeOwnership(this.db, options.file, Date.now());
    for (const [name, machine] of loaded) this.register(name, machine);
    this.writer = new Writer(this.db);
    this.tokens = new DurableTokens(this.db);
    this.timer = setInterval(() => this.poll(), POLL_MS).unref();
  }

  async start(workflow: string, name: string, input: unknown): Promise<{ id: string }> {
    const { id } = storeStart(this.db, this.clock.now(), workflow, name, input);
    this.run(id);
    return { id };
  }
  async describe(id: string): Promise<Execution | undefined> {
    const row = executionRow(this.db, id);
    return row && asExecution(row);
  }
  async wait(id: string): Promise<Execution> {
    await this.running.get(id)?.ended;
    const row = executionRow(this.db, id);
    if (!row) throw new Refused({ code: 'NOT_FOUND', message: 'there is no such execution', at: id });
    if (row.status !== 'RUNNING') return asExecution(row);
    if (this.closed) throw new Interrupted('the runtime was closed before the execution ended');
    this.run(id);
    return this.wait(id);
  }
  async sendTaskSuccess(token: string, output: unknown): Promise<'sent' | 'gone'> {
    return this.tokens.give(token, { output: (output ?? null) as Json }) ? 'sent' : 'gone';
  }
  async sendTaskFailure(token: string, error: string, cause: string): Promise<'sent' | 'gone'> {
    return this.tokens.give(token, { error, cause }) ? 'sent' : 'gone';
  }
  async sendTaskHeartbeat(token: string): Promise<'sent' | 'gone'> {
    return this.tokens.beat(token) ? 'sent' : 'gone';
  }
  async resume(): Promise<void> {
    const rows = this.db.prepare(`SELECT id FROM executions WHERE status = 'RUNNING'`).all();
    for (const { id } of rows) this.run(id as string);
  }
  async stop(id: string, error?: string, cause?: string): Promise<void> {
    this.running.get(id)?.stop.stop(new Stopped(error, cause));
    await this.running.get(id)?.ended;
  }
  async redrive(id: string): Promise<void> {
    await this.running.get(id)?.ended;
    storeRedrive(this.db, id, this.clock.now());
    this.run(id);
  }
  history(id: string, log = ''): HistoryEvent[] {
    this.writer.write();
    return this.db
      .prepare('SELECT body FROM events WHERE execution = ? AND log = ? ORDER BY id')
      .all(id, log)
      .map(({ body }) => JSON.parse(body as string) as HistoryEvent);
  }
  logs(id: string): string[] {
    this.writer.write();
    return this.db
      .prepare('SELECT DISTINCT log FROM events WHERE execution = ? ORDER BY log')
      .all(id)
      .map(({ log }) => log as string);
  }
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    clearInterval(this.timer);
    const all = [...this.running.values()];
    for (const { stop } of all) stop.stop(new Interrupted('the runtime is closing'));
    await Promise.all(all.map(({ ended }) => ended));
    this.writer.write();
    releaseOwnership(this.db, this.options.file);
    this.db.close();
  }

  private register(name: string, machine: Machine): void {
    const hash = hashOf(machine);
    this.machines.set(hash, machine);
    const body = JSON.stringify(machine);
    this.db.prepare('INSERT OR IGNORE INTO definitions (hash, body) VALUES (?, ?)').run(hash, body);
    this.db.prepare('INSERT OR REPLACE INTO workflows (name, hash) VALUES (?, ?)').run(name, hash);
  }

  /** An execution keeps the definition that it started with. */
  private machineOf(hash: string): Machine {
    let machine = this.machines.get(hash);
    if (!machine) {
      const row = this.db.prepare('SELECT body FROM definitions WHERE hash = ?').get(hash);
      machine = JSON.parse(row!.body as string) as Machine;
      this.machines.set(hash, machine);
    }
    return machine;
  }

  /** Runs an execution from where it stands, once in this process. */
  private run(id: string): void {
    if (this.closed || this.running.has(id)) return;
    const row = executionRow(this.db, id);
    if (row?.status !== 'RUNNING') return;
    const stop = new Stop();
    const ended = this.toEnd(row, stop).finally(() => {
      this.running.delete(id);
      if (this.running.size === 0) this.timer.unref();
    });
    this.running.set(id, { stop, ended });
    // While something runs the process must not end, even if it only waits for a token.
    this.timer.ref();
  }

  private async toEnd(row: ExecutionRow, stop: Stop): Promise<void> {
    const journal = new DurableJournal(this.writer, row.id);
    const identity = {
      id: row.id,
      name: row.name,
      input: JSON.parse(row.input) as Json,
      startTime: iso(row.started),
      since: row.since,
      redrives: row.redrives,
      machineId: machineId(row.workflow),
      machineName: row.workflow,
    };
    const ending = await runExecution(this.hostOf(row), journal, this.machineOf(row.hash), identity, stop);
    if (!ending) return;
    await journal.end(ending, this.clock.now());
    const { id: execution, workflow } = row;
    this.options.onEvent?.({ execution, workflow, type: 'execution-ended', status: ending.status });
  }

  private hostOf({ id: execution, workflow }: ExecutionRow): Host {
    const { options } = this;
    return {
      clock: this.clock,
      reading: 'documented',
      tokens: this.tokens,
      objects: options.objects,
      concurrency: options.concurrency ?? CONCURRENCY,
      random: Math.random,
      invoke: async (name, payload, signal) =>
        ((await options.invoke(name, payload, signal)) ?? null) as Json,
      nested: (child, name, input, signal) => this.nested(child, name, input, signal),
      progress: (event) => options.onEvent?.({ execution, workflow, ...event }),
    };
  }

  private async nested(
    written: string,
    name: string,
    input: Json,
    signal: AbortSignal,
  ): Promise<NestedResult> {
    const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
    const workflow = [...this.options.definitions.keys()].find((each) => plain(each) === plain(written));
    const { id } = await this.start(workflow ?? written, name, input);
    signal.addEventListener('abort', () => this.closed || this.stop(id));
    await this.wait(id);
    const row = executionRow(this.db, id)!;
    const { status, output, error, cause, started, stopped } = row;
    return {
      id,
      name,
      machineId: machineId(row.workflow),
      status,
      input,
      started: iso(started),
      stopped: iso(stopped ?? started),
      ...(output !== null && { output: JSON.parse(output) as Json }),
      ...(error !== null && { error }),
      ...(cause !== null && { cause }),
    };
  }

  /** Looks for executions started and tokens answered elsewhere, when another connection has written. */
  private poll(): void {
    const now = Date.now();
    if (now - this.lastSeen > SEEN_MS) {
      this.lastSeen = now;
      seen(this.db, now);
    }
    const { data_version: version } = this.db.prepare('PRAGMA data_version').get() as {
      data_version: number;
    };
    if (version === this.version) return;
    this.version = version;
    this.tokens.look();
    void this.resume();
  }
}

function valid(name: string, definition: unknown): Machine {
  const loaded = load(definition);
  if (loaded.ok) return loaded.machine;
  throw new Refused({
    code: 'INVALID_DEFINITION',
    message: loaded.cause,
    at: `workflows/${name}.asl.json`,
    next: 'correct the fields that it names',
  });
}
