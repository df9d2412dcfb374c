import { afterEach, beforeEach, expect, test } from 'vitest';
import { shardOf } from '../../../domain/kernel/shards.ts';
import { PartWriter, shardRows } from '../../../functions/support/intake/parts.ts';
import { readSegment } from '../../../functions/support/segments.ts';
import { type Desk, intakeDesk } from './driver.ts';

let desk: Desk;
beforeEach(() => {
  desk = intakeDesk();
});
afterEach(() => desk.close());

test('rows reach their shard in order through objects of bounded size, and a second run writes the same', async () => {
  const write = async () => {
    const writer = new PartWriter(desk.ports.objects, 'roster/x/parts/members', 3, 4000);
    for (let line = 1; line <= 3000; line++) {
      writer.add(line % 3, 0, line, line % 100 === 0 ? `a\n"ñ${line}"` : `M${line},x!y${'z'.repeat(150)}`);
      await writer.settle();
    }
    return writer.finish();
  };
  const keys = await write();
  expect(keys.length).toBeGreaterThan(1);
  expect(await write()).toEqual(keys);
  for (let shard = 0; shard < 3; shard++) {
    const rows = [];
    for await (const part of shardRows(desk.ports.objects, keys, shard)) rows.push(...part);
    expect(rows).toHaveLength(1000);
    for (const [i, [file, line, record]] of rows.entries()) {
      expect([file, line % 3]).toEqual([0, shard]);
      if (i > 0) expect(line).toBeGreaterThan(rows[i - 1]![1]);
      expect(record).toBe(line % 100 === 0 ? `a\n"ñ${line}"` : `M${line},x!y${'z'.repeat(150)}`);
    }
  }
});

test('a person in two households is found across shards, and the index leads everybody home', async () => {
  const count = 32_100;
  const ids = Array.from({ length: count }, (_, i) => `H${i}`);
  const households = `household_id,territory\n${ids.map((id) => `${id},N`).join('\n')}\n`;
  const [a, b] = [ids.find((id) => shardOf(id, 2) === 0)!, ids.findLast((id) => shardOf(id, 2) === 1)!];
  const [winner, loser] = [a, b].sort() as [string, string];
  const members = `household_id,member_id\n${loser},TWICE\nH7,ONCE\n${winner},TWICE\n`;
  const answer = await desk.take('roster', [
    { role: 'households', name: 'households.csv', body: households },
    { role: 'members', name: 'members.csv', body: members },
  ]);
  expect(answer).toMatchObject({
    shards: 2,
    personShards: 2,
    households: count,
    members: 2,
    byCode: { DUPLICATE_MEMBER: 1 },
  });
  const rows = await desk.lines<{ message: string }>('roster', answer.batch, 'quarantine', shardOf(loser, 2));
  expect(rows).toMatchObject([{ line: 2, message: expect.stringContaining(`also in household ${winner}`) }]);
  const home = new Map<string, string>();
  for (const part of [0, 1])
    for (const [subject, household] of await readSegment<[string, string]>(
      desk.ports.objects,
      'bulk',
      `roster/${answer.batch}/members/00${part}.jsonl`,
      shardOf('TWICE', 2),
    ))
      home.set(subject, household);
  expect(home.get('TWICE')).toBe(winner);
});
