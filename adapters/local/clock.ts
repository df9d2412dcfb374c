import { assert } from '../../domain/kernel/assert.ts';
import type { Clock } from '../ports.ts';

/** A clock that stands still at `iso` (`2026-01-31T12:00:00Z`), so that a run can be repeated byte for byte. */
export function fixedClock(iso: string): Clock {
  const valid = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(iso) && !Number.isNaN(Date.parse(iso));
  assert(valid, `a fixed clock needs an ISO moment in UTC with seconds: ${iso}`);
  return { now: () => iso };
}

/** The machine's own clock, to the second. */
export const systemClock: Clock = { now: () => `${new Date().toISOString().slice(0, 19)}Z` };
