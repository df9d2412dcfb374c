import type { RuntimeEvent } from '../local/asl/runtime.ts';
import type { Io } from './io.ts';

/** One line on stderr per stage that is entered or finished, so that long work is seen to move. */
export function progress(io: Io): (event: RuntimeEvent) => void {
  let last = '';
  return (event) => {
    if (event.type !== 'state-entered' || event.parent !== undefined) return;
    const line = `  ${event.workflow.padEnd(16)} ${event.state}`;
    if (line !== last) io.stderr.write(`${line}\n`);
    last = line;
  };
}
