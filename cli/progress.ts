import { progressLine } from '../functions/support/reports/stage-words.ts';
import type { RuntimeEvent } from '../local/asl/runtime.ts';
import type { Io } from './io.ts';

/** A line on stderr per stage that is entered, so that long work is seen to move. */
export function progress(io: Io): (event: RuntimeEvent) => void {
  let last: string | undefined;
  return (event) => {
    if (event.type !== 'state-entered' || event.parent !== undefined) return;
    const line = progressLine(event.state);
    if (line && line !== last) io.stderr.write(`${line}\n`);
    last = line ?? last;
  };
}
