import type { Ports } from '../../../adapters/ports.ts';
import type { Month } from '../../../domain/kernel/period.ts';
import { drawnSample } from './draw.ts';
import { framePk, queuePk, samplesPk } from './keys.ts';
import { rowsOf } from './list.ts';
import type { ClaimRecord } from './record.ts';

/**
 * Says of verified claims of a programme which period's sample they wait for: claims drawn of their stratum are still
 * before the verifiers, and a cycle settles a stratum whole. Undefined for a claim that waits for none. Keeps what it
 * has read, so that a page of claims reads each sample once.
 */
export function sampleWaits(ports: Ports, programme: string) {
  const read = {
    periods: keep(() => keysOf(samplesPk(programme))),
    queue: keep(() => keysOf(queuePk(programme))),
  };
  const strata = new Map<Month, Promise<Map<string, readonly string[]>>>();
  async function keysOf(pk: string): Promise<Set<string>> {
    const keys = new Set<string>();
    for await (const { sk } of rowsOf(ports, pk)) keys.add(sk);
    return keys;
  }
  /** Claim -> the claims drawn of its stratum. */
  async function strataOf(period: Month): Promise<Map<string, readonly string[]>> {
    const sample = await drawnSample(ports, programme, period);
    return new Map(
      (sample?.strata ?? []).flatMap(({ claims, sampled }) =>
        claims.map((claim) => [claim, sampled] as const),
      ),
    );
  }
  return async ({ id, state, submittedOn }: ClaimRecord): Promise<Month | undefined> => {
    if (state !== 'verified') return undefined;
    // A claim joins the frame of the month in which it came in, or of a later one.
    for (const period of [...(await read.periods())].filter(
      (each) => each >= submittedOn.slice(0, 7),
    ) as Month[]) {
      if (!(await ports.control.get({ pk: framePk(programme, period), sk: id }))) continue;
      const known = strata.get(period) ?? strataOf(period);
      strata.set(period, known);
      const sampled = (await known).get(id) ?? [];
      const queue = await read.queue();
      return sampled.some((claim) => queue.has(claim)) ? period : undefined;
    }
    return undefined;
  };
}

function keep<T>(read: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | undefined;
  return () => {
    kept ??= read();
    return kept;
  };
}
