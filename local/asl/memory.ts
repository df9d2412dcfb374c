import { iso } from './clock.ts';
import { type Ending, executionId, machineId, runExecution } from './execution.ts';
import type { Frame, Host, Journal } from './scope.ts';
import { Stop } from './stop.ts';
import type { HistoryEvent, Json, Machine } from './types.ts';

/** A journal that forgets: for runs that end with their process. Keeps the history of the execution itself. */
export class MemoryJournal implements Journal {
  readonly history: HistoryEvent[] = [];
  frame(): Frame | undefined {
    return undefined;
  }
  save(): void {}
  drop(): void {}
  event(log: string, event: HistoryEvent): void {
    if (log === '') this.history.push(event);
  }
  lastEvent(): number {
    return 0;
  }
  flush(): Promise<void> {
    return Promise.resolve();
  }
}

/** Runs one machine in memory from start to end. */
export async function runInMemory(
  host: Host,
  machine: Machine,
  input: Json,
  names = { workflow: 'machine', execution: 'run' },
): Promise<{ ending: Ending; history: HistoryEvent[] }> {
  const journal = new MemoryJournal();
  const ending = await runExecution(
    host,
    journal,
    machine,
    {
      id: executionId(names.workflow, names.execution),
      name: names.execution,
      input,
      startTime: iso(host.clock.now()),
      since: host.clock.now(),
      redrives: 0,
      machineId: machineId(names.workflow),
      machineName: names.workflow,
    },
    new Stop(),
  );
  return { ending: ending!, history: journal.history };
}
