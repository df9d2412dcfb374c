import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fixedClock, localPorts, seededKeys } from '../../adapters/local/index.ts';
import type { Workflows } from '../../adapters/ports.ts';
import { handler } from '../../functions/record-approval.ts';
import { approvalKey, cycleKey, cyclePk } from '../../functions/support/cycle.ts';
import { providePorts } from '../../functions/support/ports.ts';

const programme = 'juntos';
const period = '2025-09';
let dir: string;
let ports: ReturnType<typeof localPorts>;
let woken: { token: string; output?: unknown; error?: string }[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cumple-approval-'));
  woken = [];
  const workflows: Workflows = {
    start: async () => ({ id: 'x' }),
    describe: async () => undefined,
    sendTaskSuccess: async (token, output) => {
      woken.push({ token, output });
      return 'sent';
    },
    sendTaskFailure: async (token, error) => {
      woken.push({ token, error });
      return 'sent';
    },
  };
  ports = localPorts({ dir, clock: fixedClock('2025-09-30T12:00:00Z'), keys: seededKeys(1), workflows });
  providePorts(ports);
});

afterEach(async () => {
  providePorts(undefined);
  ports.close();
  await rm(dir, { recursive: true, force: true });
});

async function proposed(required: 1 | 2, submitters: string[] = []) {
  await ports.control.write([
    {
      put: {
        ...approvalKey(programme, period),
        status: 'PENDING',
        maker: 'maria',
        manifestHash: 'hash-1',
        required,
        token: 'token-1',
      },
    },
    { put: { ...cycleKey(programme, period), status: 'PROPOSED' } },
    ...submitters.map((person) => ({ put: { pk: cyclePk(programme, period), sk: `SUBMITTER#${person}` } })),
  ]);
}

const decide = (person: string, manifestHash = 'hash-1', decision = 'approve') =>
  handler({ programme, period, person, manifestHash, decision }, {} as never).then(
    (answer) => answer.status,
    (error: Error) => error.name,
  );

describe('who may approve what: row order says which refusal wins', () => {
  test.each<[string, 1 | 2, [person: string, hash: string, decision: string][], string[]]>([
    ['one checker suffices below the amount', 1, [['ana', 'hash-1', 'approve']], ['APPROVED']],
    [
      'two checkers above it',
      2,
      [
        ['ana', 'hash-1', 'approve'],
        ['luis', 'hash-1', 'approve'],
      ],
      ['PENDING', 'APPROVED'],
    ],
    ['the maker', 1, [['maria', 'hash-1', 'approve']], ['SELF_APPROVAL']],
    ['the maker with a stale manifest', 1, [['maria', 'hash-0', 'approve']], ['STALE_MANIFEST']],
    ['a stale manifest', 1, [['ana', 'hash-0', 'approve']], ['STALE_MANIFEST']],
    [
      'the same checker twice',
      2,
      [
        ['ana', 'hash-1', 'approve'],
        ['ana', 'hash-1', 'approve'],
      ],
      ['PENDING', 'SAME_CHECKER'],
    ],
    [
      'the maker as second checker',
      2,
      [
        ['ana', 'hash-1', 'approve'],
        ['maria', 'hash-1', 'approve'],
      ],
      ['PENDING', 'SELF_APPROVAL'],
    ],
    ['who submitted evidence', 1, [['eva', 'hash-1', 'approve']], ['SELF_APPROVAL']],
    [
      'a refusal ends it',
      2,
      [
        ['ana', 'hash-1', 'refuse'],
        ['luis', 'hash-1', 'approve'],
      ],
      ['REFUSED', 'WRONG_STAGE'],
    ],
    [
      'the second checker may refuse',
      2,
      [
        ['ana', 'hash-1', 'approve'],
        ['luis', 'hash-1', 'refuse'],
      ],
      ['PENDING', 'REFUSED'],
    ],
    [
      'a third person has nothing to decide',
      1,
      [
        ['ana', 'hash-1', 'approve'],
        ['luis', 'hash-1', 'approve'],
      ],
      ['APPROVED', 'WRONG_STAGE'],
    ],
  ])('%s', async (_name, required, decisions, expected) => {
    await proposed(required, ['eva']);
    const answers: string[] = [];
    for (const [person, hash, decision] of decisions) answers.push(await decide(person, hash, decision));
    expect(answers).toEqual(expected);
  });

  test('nothing to approve is said so', async () => {
    expect(await decide('ana')).toBe('CYCLE_NOT_FOUND');
  });
});

describe('the decision wakes the cycle', () => {
  test('once approved, with the manifest that was approved', async () => {
    await proposed(2);
    await decide('ana');
    expect(woken).toEqual([]);
    await decide('luis');
    expect(woken).toEqual([{ token: 'token-1', output: { approved: true, manifestHash: 'hash-1' } }]);
  });

  test('again where the checker repeats the request after a crash between write and call', async () => {
    await proposed(1);
    await decide('ana');
    expect(await decide('ana')).toBe('APPROVED');
    expect(woken).toHaveLength(2);
  });

  test('two checkers at the same moment: both count, neither twice', async () => {
    await proposed(2);
    const answers = await Promise.all([decide('ana'), decide('luis')]);
    const stored = await ports.control.get(approvalKey(programme, period));
    if (stored?.status === 'PENDING') expect(answers.sort()).toEqual(['CONFLICT', 'PENDING']);
    else expect(answers.sort()).toEqual(['APPROVED', 'PENDING']);
    expect(stored?.checker1).not.toBe(stored?.checker2);
  });
});
