/** Only these fields of an input reach a log line: ids of work, never of people, never an amount or a name. */
const ALLOWED = [
  'programme',
  'period',
  'cycle',
  'batch',
  'shard',
  'file',
  'contract',
  'claim',
  'requestId',
] as const;
export type LogFields = { [K in (typeof ALLOWED)[number]]?: string | number };

type Line = LogFields & { step?: string; error?: string };
type Sink = (line: string) => void;

let sink: Sink = () => {};

/** Where log lines go: stdout on Lambda, a file or nowhere on one machine. */
export function logTo(next: Sink): void {
  sink = next;
}

const write = (level: string, message: string, fields: Line) =>
  sink(JSON.stringify({ level, message, ...fields }));

export const logger = {
  info: (message: string, fields: Line = {}) => write('info', message, fields),
  error: (message: string, fields: Line = {}) => write('error', message, fields),
  /** The allow-listed scalar fields of an event. */
  allowed(event: unknown): LogFields {
    if (event === null || typeof event !== 'object') return {};
    const picked: LogFields = {};
    for (const name of ALLOWED) {
      const value = (event as Record<string, unknown>)[name];
      if (typeof value === 'number' || (typeof value === 'string' && value.length <= 80))
        picked[name] = value;
    }
    return picked;
  },
};
