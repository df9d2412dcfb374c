import { join } from 'node:path';
import type { Clock, Keys, Ports, Workflows } from '../ports.ts';
import { localControl } from './control.ts';
import { localObjects } from './objects.ts';

export { fixedClock, systemClock } from './clock.ts';
export { localControl } from './control.ts';
export { fileKeys, seededKeys } from './keys.ts';
export { localObjects, localReader, type ObjectReader } from './objects.ts';

/**
 * The ports on one machine, below `dir`: a folder per bucket and `control.sqlite`. Several threads and
 * processes may open the same folder. `close` lets go of the database.
 */
export function localPorts(options: {
  dir: string;
  clock: Clock;
  keys: Keys;
  workflows: Workflows;
}): Ports & { close(): void } {
  const { dir, clock, keys, workflows } = options;
  const control = localControl(join(dir, 'control.sqlite'));
  return { objects: localObjects(dir), control, workflows, clock, keys, close: control.close };
}
