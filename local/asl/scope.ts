import { type Clock, iso } from './clock.ts';
import type { Reading } from './errors.ts';
import type { Env } from './expression.ts';
import type { Stop } from './stop.ts';
import type { Tokens } from './tokens.ts';
import type { HistoryEvent, Json, JsonObject, Machine } from './types.ts';

/** Where a scope (execution, branch, iteration, child) stands; stored at every transition. */
export type Frame = {
  /** '' for the execution itself; below it `/entry.attempt/index`, as deep as it goes. */
  readonly path: string;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  state: string;
  input: Json;
  /** What this scope assigned; outer variables are with the outer scopes. */
  variables: JsonObject;
  /** States entered so far. */
  entries: number;
  /** Absent until the present state is entered. */
  entered?: { readonly time: string; readonly event: number } | undefined;
  /** How often the present state was started, retries and redrives included. */
  attempt: number;
  /** Retries that each retrier has used. */
  retries: number[];
  /** A retry that waits: milliseconds since 1970. */
  retryAt?: number | undefined;
  /** What the present state must remember to go on: a task token, a Map's items, a deadline. */
  work?: JsonObject | undefined;
  lastEvent: number;
  output?: Json;
  error?: string | undefined;
  cause?: string | undefined;
};

export function newFrame(path: string, machine: Machine, input: Json, lastEvent = 0): Frame {
  return {
    path,
    status: 'RUNNING',
    state: machine.StartAt,
    input,
    variables: {},
    entries: 0,
    attempt: 0,
    retries: [],
    lastEvent,
  };
}

/** Frames and events of one execution. Everything between two flushes is stored together or not at all. */
export interface Journal {
  /** A frame stored by an earlier process. */
  frame(path: string): Frame | undefined;
  save(frame: Frame): void;
  /** Forgets the frames whose path starts so. */
  drop(prefix: string): void;
  event(log: string, event: HistoryEvent): void;
  /** The id of the last event of a log. */
  lastEvent(log: string): number;
  /** Resolves when all that was given so far is stored. */
  flush(): Promise<void>;
}

/** The history that a scope writes to: the execution's, or that of a child of a Distributed Map. */
export type Log = { readonly name: string; last: number };

export type Progress =
  | { type: 'state-entered' | 'state-exited'; state: string; parent?: string }
  | {
      type: 'map-progress';
      state: string;
      parent?: string;
      total: number;
      succeeded: number;
      failed: number;
    };

export type Objects = {
  /** The text of an object; undefined where there is none. */
  get(bucket: string, key: string): Promise<string | undefined>;
  put(bucket: string, key: string, text: string): Promise<void>;
};

export type NestedResult = {
  readonly id: string;
  readonly name: string;
  readonly machineId: string;
  readonly status: string;
  readonly input: Json;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly started: string;
  readonly stopped: string;
};

/** What the interpreter asks of the world around it. */
export type Host = {
  readonly clock: Clock;
  readonly reading: Reading;
  readonly tokens: Tokens;
  readonly objects: Objects;
  /** Children of a Distributed Map that run at once, at most: this machine is not a region. */
  readonly concurrency: number;
  readonly random: () => number;
  invoke(fn: string, payload: Json, signal: AbortSignal): Promise<Json>;
  /** Runs another workflow to its end; asked again with the same name it goes on with the same execution. */
  nested(workflow: string, name: string, input: Json, signal: AbortSignal): Promise<NestedResult>;
  progress?(event: Progress): void;
};

/** Who runs, as `$states.context` shows it. */
export type Identity = {
  readonly id: string;
  readonly name: string;
  readonly input: Json;
  readonly startTime: string;
  /** Milliseconds since 1970 of the start or the last redrive: TimeoutSeconds counts from here. */
  readonly since: number;
  readonly redrives: number;
  readonly machineId: string;
  readonly machineName: string;
};

export type Scope = {
  readonly host: Host;
  readonly journal: Journal;
  readonly identity: Identity;
  readonly machine: Machine;
  readonly frame: Frame;
  /** Variables of the scopes around this one. */
  readonly inherited: JsonObject;
  /** `$states.context.Map.Item` of an iteration. */
  readonly item?: JsonObject | undefined;
  readonly log: Log;
  readonly stop: Stop;
};

/** Writes an event of this scope to its history. */
export function record(scope: Scope, type: string, details: JsonObject = {}): number {
  const { frame, log, journal } = scope;
  log.last += 1;
  journal.event(log.name, {
    id: log.last,
    previousEventId: frame.lastEvent,
    type,
    timestamp: iso(scope.host.clock.now()),
    details,
  });
  frame.lastEvent = log.last;
  return log.last;
}

export const whereOf = (frame: Frame): string =>
  `An error occurred while executing the state '${frame.state}' (entered at the event id #${frame.entered?.event ?? 0}). `;

const COUNTS_RETRIES = new Set(['Task', 'Map', 'Parallel']);

/** `$states.context`. */
export function contextOf(scope: Scope, more: JsonObject = {}): JsonObject {
  const { identity, frame, item } = scope;
  const type = scope.machine.States[frame.state]?.Type ?? '';
  return {
    Execution: {
      Id: identity.id,
      Input: identity.input,
      StartTime: identity.startTime,
      Name: identity.name,
      RoleArn: 'arn:aws:iam::000000000000:role/local',
      RedriveCount: identity.redrives,
    },
    StateMachine: { Id: identity.machineId, Name: identity.machineName },
    State: {
      Name: frame.state,
      EnteredTime: frame.entered?.time ?? '',
      ...(COUNTS_RETRIES.has(type) && { RetryCount: frame.retries.reduce((a, b) => a + (b ?? 0), 0) }),
    },
    ...(item && { Map: { Item: item } }),
    ...more,
  };
}

/** What an expression of the present state sees. */
export function envOf(scope: Scope, more: JsonObject = {}, context: JsonObject = {}): Env {
  const { frame, inherited } = scope;
  return {
    variables: { ...inherited, ...frame.variables },
    states: { input: frame.input, context: contextOf(scope, context), ...more },
    now: scope.host.clock.now(),
    where: whereOf(frame),
  };
}

/** The path below which the children of the present state live; a prefix of theirs alone. */
export const childrenOf = (frame: Frame): string => `${frame.path}/${frame.entries}.`;
