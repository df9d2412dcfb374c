import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type Refusal, Refused } from '../domain/kernel/result.ts';

export type WorkerData = { readonly module: string; readonly config: unknown };
export type Task = { readonly id: number; readonly functionName: string; readonly payload: unknown };
export type Answer = {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: { readonly name: string; readonly message: string };
  readonly refusal?: Refusal;
};

/** What the module of a worker gives: its functions by name, and the end of what they hold open. */
export type Invoker = {
  call(name: string, payload: unknown): Promise<unknown>;
  close(): void;
};

export type WorkerPoolOptions = {
  /** Path of a module that exports `openInvoker(config): Invoker`. */
  readonly module: string;
  /** Plain data for `openInvoker`; it crosses threads. */
  readonly config: unknown;
  /** Worker threads; by default the cores, at most 4. */
  readonly threads?: number;
};
export type WorkerPool = {
  /**
   * Runs a function in the next free thread. What it throws is thrown here with its name and message. A thread
   * that dies is a fault (`Lambda.Unknown`) and is replaced; so is one that still runs a while after `signal`.
   */
  invoke(functionName: string, payload: unknown, signal?: AbortSignal): Promise<unknown>;
  /** Lets each thread end by itself, and ends one that is still at work after a while. */
  close(): Promise<void>;
};

const THREADS_MAX = 4;
/** A function that goes on so long after nobody waits for it any more is ended with its thread. */
const GRACE_MS = 1_000;
/** A thread that has not ended by itself so long after it was asked to is terminated. */
const END_MS = 10_000;

type Job = {
  readonly task: Task;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly signal: AbortSignal | undefined;
};
type Thread = { readonly worker: Worker; job: Job | undefined };

/** Threads that run functions; started when first needed. */
export function createWorkerPool(options: WorkerPoolOptions): WorkerPool {
  return new ThreadPool(options);
}

class ThreadPool implements WorkerPool {
  private readonly data: WorkerData;
  private readonly size: number;
  private readonly threads = new Set<Thread>();
  private readonly queue: Job[] = [];
  private ids = 0;
  private closed = false;

  constructor({ module, config, threads }: WorkerPoolOptions) {
    this.data = { module: module.startsWith('file:') ? module : pathToFileURL(module).href, config };
    this.size = threads ?? Math.min(availableParallelism(), THREADS_MAX);
  }

  invoke(functionName: string, payload: unknown, signal?: AbortSignal): Promise<unknown> {
    if (this.closed) return Promise.reject(unknown('the worker pool is closed'));
    return new Promise((resolve, reject) => {
      const task = { id: this.ids++, functionName, payload };
      const job: Job = { task, resolve, reject, signal };
      signal?.addEventListener('abort', () => this.abandon(job), { once: true });
      this.queue.push(job);
      this.next();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const job of this.queue.splice(0)) job.reject(unknown('the worker pool was closed'));
    // One after the other, and by themselves: terminating threads while others start or end has crashed Node
    // with its whole process (nodejs/node#56312), and leaves the database to be closed by its finalizer.
    for (const thread of this.threads) await end(thread);
  }

  private next(): void {
    while (this.queue.length > 0) {
      const thread = [...this.threads].find(({ job }) => !job) ?? this.grow();
      if (!thread) return;
      const job = this.queue.shift()!;
      if (job.signal?.aborted) continue;
      thread.job = job;
      thread.worker.ref();
      try {
        thread.worker.postMessage(job.task);
      } catch (error) {
        this.free(thread);
        job.reject(error as Error);
      }
    }
  }

  private grow(): Thread | undefined {
    if (this.threads.size >= this.size || this.closed) return undefined;
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: this.data,
      // Short-lived rows are most of the work: a small young generation keeps memory near the shard's own size.
      resourceLimits: { maxYoungGenerationSizeMb: 48 },
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    const thread: Thread = { worker, job: undefined };
    let reason = 'the worker thread ended';
    worker.on('message', (answer: Answer) => this.answered(thread, answer));
    worker.on('error', (error) => {
      reason = String((error as Error).message ?? error);
    });
    worker.on('exit', () => {
      this.threads.delete(thread);
      thread.job?.reject(unknown(reason));
      if (!this.closed) this.next();
    });
    worker.unref();
    this.threads.add(thread);
    return thread;
  }

  private answered(thread: Thread, answer: Answer): void {
    const { job } = thread;
    if (job?.task.id !== answer.id) return;
    this.free(thread);
    if (answer.refusal) job.reject(new Refused(answer.refusal));
    else if (answer.error)
      job.reject(Object.assign(new Error(answer.error.message), { name: answer.error.name }));
    else job.resolve(answer.value);
    this.next();
  }

  private free(thread: Thread): void {
    thread.job = undefined;
    // An idle thread does not keep the process alive.
    thread.worker.unref();
  }

  /** Nobody waits for this job: forget it in the queue; give a running one a moment, then end its thread. */
  private abandon(job: Job): void {
    job.reject(unknown('the call was abandoned'));
    const at = this.queue.indexOf(job);
    if (at >= 0) {
      this.queue.splice(at, 1);
      return;
    }
    setTimeout(() => {
      for (const thread of this.threads) if (thread.job === job) void thread.worker.terminate();
    }, GRACE_MS).unref();
  }
}

/** Asks a thread to end; one that does not is terminated. The process stays alive for it. */
async function end({ worker }: Thread): Promise<void> {
  worker.ref();
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.postMessage(null);
  const late = setTimeout(() => void worker.terminate(), END_MS);
  await ended;
  clearTimeout(late);
}

const unknown = (message: string): Error => Object.assign(new Error(message), { name: 'Lambda.Unknown' });
