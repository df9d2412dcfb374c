import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { endToEndIds, keyedHash, shardOfId, uetr } from '../../../domain/kernel/ids.ts';
import type { Month } from '../../../domain/kernel/period.ts';
import { joiningShards, shardCount, shardOf } from '../../../domain/kernel/shards.ts';

const key = Buffer.alloc(32, 7);
const payment = {
  programmeCode: 'JUNT',
  cycle: '2025-09' as Month,
  sequence: 1,
  payee: 'H1',
  purpose: 'transfer',
  attempt: 1,
  shard: 37,
};

describe('payment ids', () => {
  const id = endToEndIds(key);

  test('are 32 characters that name programme, month, run and shard', () => {
    expect(id(payment)).toMatch(/^JUNT20250901[A-Z2-7]{20}$/);
    expect(shardOfId(id(payment))).toBe(37);
    expect(shardOfId(id({ ...payment, shard: 1023 }))).toBe(1023);
    expect(shardOfId('NOTPROVIDED')).toBeUndefined();
  });

  test('are the same for the same payment and differ where anything differs', () => {
    const others = [
      { payee: 'H2' },
      { purpose: 'reissue:2025-07:2' },
      { attempt: 2 },
      { cycle: '2025-11' as Month },
      { sequence: 2 },
    ];
    const ids = new Set([id(payment), ...others.map((other) => id({ ...payment, ...other }))]);
    expect(id(payment)).toBe(id({ ...payment }));
    expect(ids.size).toBe(others.length + 1);
  });

  test('cannot be computed without the key', () => {
    expect(endToEndIds(Buffer.alloc(32, 8))(payment)).not.toBe(id(payment));
  });

  test('the fast HMAC is RFC 2104', () => {
    for (const bytes of [1, 32, 64, 65, 200]) {
      const secret = Buffer.alloc(bytes, 3);
      expect(
        keyedHash(secret)('message').equals(createHmac('sha256', secret).update('message').digest()),
      ).toBe(true);
    }
  });

  test('a UETR is a lower-case UUIDv4 of its own', () => {
    const one = uetr(keyedHash(key), id(payment));
    expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uetr(keyedHash(key), id({ ...payment, attempt: 2 }))).not.toBe(one);
  });
});

describe('shards', () => {
  test('are a power of two and hold at most 40,000', () => {
    for (const rows of [0, 1, 32_000, 32_001, 100_000, 1_000_000]) {
      const count = shardCount(rows);
      expect(Number.isInteger(Math.log2(count))).toBe(true);
      const sizes = new Array<number>(count).fill(0);
      for (let i = 0; i < Math.min(rows, 100_000); i++) sizes[shardOf(`H${i}`, count)]! += 1;
      if (rows <= 100_000) expect(Math.max(...sizes)).toBeLessThanOrEqual(40_000);
    }
  });

  test('sets cut into different numbers of shards still join', () => {
    for (const [ours, theirs] of [
      [4, 16],
      [16, 4],
      [8, 8],
    ] as const)
      for (let i = 0; i < 500; i++) {
        const id = `P${i}`;
        expect(joiningShards(shardOf(id, ours), ours, theirs)).toContain(shardOf(id, theirs));
      }
  });
});
