import { ABSENT, type Item, type Key, type Ports } from '../../../adapters/ports.ts';
import { Refused } from '../../../domain/kernel/result.ts';
import type { Principal } from './identity.ts';
import { HttpProblem } from './problem.ts';

/** A request that died holds its key for so long; then a repeat may run it again. */
const LEASE_SECONDS = 60;
/** How long a first answer is kept. */
const KEEP_SECONDS = 30 * 24 * 3600;

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** `IK#tenant#principal#key`: nobody can meet, or guess, another person's answers. */
export const idempotencyRow = (principal: Principal, key: string): Key => ({
  pk: `IK#${principal.provider ?? '-'}#${encodeURIComponent(principal.subject)}#${key}`,
  sk: 'REQUEST',
});

/** The key as the caller sent it; missing or oddly shaped keys are a problem of the request. */
export function idempotencyKeyOf(header: string | undefined): string {
  if (header !== undefined && /^[A-Za-z0-9_-]{8,64}$/.test(header)) return header;
  throw new HttpProblem('IDEMPOTENCY_KEY_MISSING');
}

/**
 * Runs `work` once per key: the first answer is kept and given again to the same request (`hash`); another request
 * under the key is refused (422), and so is one that comes while the first still runs (409). A refused request
 * changed nothing, so its key is free again and the corrected request may use it.
 */
export async function onlyOnce(
  ports: Ports,
  row: Key,
  hash: string,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const now = ports.clock.now();
  const taken = await take(ports, row, hash, now);
  if (taken) return taken;
  const mine = {
    all: [
      { field: 'status', is: '=', value: 'RUNNING' },
      { field: 'startedAt', is: '=', value: now },
    ],
  } as const;
  let answer: Answer;
  try {
    answer = await work();
  } catch (error) {
    await ports.control.write([{ delete: row, condition: mine }]);
    throw error;
  }
  await ports.control.write([
    { update: row, set: { status: 'DONE', answer: JSON.stringify(answer) }, condition: mine },
  ]);
  return answer;
}

/** Takes the key. Out: the kept answer where there is one, undefined where the work is ours to do. */
async function take(ports: Ports, row: Key, hash: string, now: string): Promise<Answer | undefined> {
  const seconds = Math.floor(Date.parse(now) / 1000);
  const stale = isoSeconds(seconds - LEASE_SECONDS);
  const outcome = await ports.control.write([
    {
      put: { ...row, hash, status: 'RUNNING', startedAt: now, expiresAt: seconds + KEEP_SECONDS },
      condition: {
        any: [
          ABSENT,
          {
            all: [
              { field: 'hash', is: '=', value: hash },
              { field: 'status', is: '=', value: 'RUNNING' },
              { field: 'startedAt', is: '<', value: stale },
            ],
          },
        ],
      },
    },
  ]);
  if (outcome.ok) return undefined;
  const stored: Item | undefined = outcome.item ?? (await ports.control.get(row));
  if (stored && stored.hash !== hash)
    throw new Refused({ code: 'IDEMPOTENCY_MISMATCH', message: 'this key was used for another request' });
  if (stored?.status !== 'DONE') throw new HttpProblem('IN_PROGRESS', undefined, { 'retry-after': '2' });
  const answer = JSON.parse(String(stored.answer)) as Answer;
  return { ...answer, headers: { ...answer.headers, 'idempotency-replayed': 'true' } };
}

const isoSeconds = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
