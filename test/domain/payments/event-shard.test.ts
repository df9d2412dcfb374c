import { expect, test } from 'vitest';
import { endToEndIds } from '../../../domain/kernel/ids.ts';
import { month } from '../../../domain/kernel/period.ts';
import { eventCycle, eventShard } from '../../../domain/payments/event-shard.ts';

const id = (shard: number) =>
  endToEndIds(Buffer.alloc(32, 7))({
    ...{
      programmeCode: 'JNTS',
      cycle: month('2025-09'),
      sequence: 1,
      payee: 'H1',
      purpose: 'transfer',
      attempt: 1,
    },
    shard,
  });

// The first reference that names a shard decides.
test.each<[string, Parameters<typeof eventShard>[0], number | undefined]>([
  ['an EndToEndId of ours', { endToEndId: id(3) }, 3],
  ['the EndToEndId before the message', { endToEndId: id(3), messageId: 'JNTS20250901-001-1' }, 3],
  ['an InstrId of ours', { instructionId: id(2) }, 2],
  ['the message of our file', { messageId: 'JNTS20250901-001-2' }, 1],
  ['a foreign EndToEndId in our file', { endToEndId: 'NOTPROVIDED', messageId: 'JNTS20250901-000-1' }, 0],
  ['a shard that the cycle has not', { endToEndId: id(4) }, undefined],
  ['a file that the cycle has not', { messageId: 'JNTS20250901-004-1' }, undefined],
  ['a message of somebody else', { messageId: 'MSG-01' }, undefined],
  ['nothing', {}, undefined],
])('%s', (_name, event, expected) => {
  expect(eventShard(event, 4)).toBe(expected);
});

test.each<[string, Parameters<typeof eventCycle>[0], string | undefined]>([
  ['an EndToEndId of ours', { endToEndId: id(3) }, '2025-09'],
  ['the EndToEndId before the message', { endToEndId: id(3), messageId: 'JNTS20250701-001-1' }, '2025-09'],
  ['an InstrId of ours', { instructionId: id(2) }, '2025-09'],
  ['the message of our file', { messageId: 'JNTS20250701-001-2' }, '2025-07'],
  ['a month that does not exist', { messageId: 'JNTS20251301-001-2' }, undefined],
  ['a payment of another programme', { endToEndId: id(3).replace('JNTS', 'PRGS') }, undefined],
  ['a message of somebody else', { messageId: 'MSG-01' }, undefined],
  ['nothing', {}, undefined],
])('the cycle: %s', (_name, event, expected) => {
  expect(eventCycle(event, 'JNTS')).toBe(expected);
});
