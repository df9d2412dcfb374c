import { z } from 'zod';
import type { Ports } from '../adapters/ports.ts';
import { Bug } from '../domain/kernel/assert.ts';
import { sha256 } from '../domain/kernel/hash.ts';
import { writeControlFiles } from './support/control-file.ts';
import { bulk, CycleRef, cycleKey, cyclePk, frozenInputs, lanes } from './support/cycle.ts';
import { step } from './support/handler.ts';
import { readBytes, readJson } from './support/jsonl.ts';
import { filesKey, type PaymentFile } from './support/payment-files.ts';

const Output = z.object({ files: z.number().int(), count: z.number().int(), totalMinor: z.number().int() });

/**
 * Hands every payment file to the bank, once. A `SENDING` row is written before the file and `SENT` after it;
 * whoever takes over after a crash first looks whether the bank has the file already (its outbox refuses a
 * second object of that name) and never resends blindly.
 */
export const handler = step(
  'DispatchToBank',
  { input: CycleRef.loose(), output: Output },
  async (input, { ports }) => {
    const inputs = await frozenInputs(ports, input);
    await ports.control.write([
      { update: cycleKey(input.programme, input.period), set: { dispatched: true } },
    ]);
    let files = 0;
    let count = 0;
    let totalMinor = 0;
    for (const shard of lanes(inputs))
      for (const file of await readJson<PaymentFile[]>(ports.objects, filesKey(input, shard))) {
        await send(ports, input, file);
        files += 1;
        count += file.count;
        totalMinor += file.sumMinor;
      }
    await writeControlFiles(ports, input, lanes(inputs), undefined, 0);
    await ports.control.write([
      {
        update: cycleKey(input.programme, input.period),
        set: { status: 'SENT', sentAt: ports.clock.now() },
        // Run once more after the end, the step must not open a closed cycle again.
        condition: { field: 'status', is: '<>', value: 'CLOSED' },
      },
    ]);
    return { files, count, totalMinor };
  },
);

export const outbox = (cycle: { programme: string; period: string }, name: string) =>
  ({ bucket: 'bank', key: `outbox/${cycle.programme}/${cycle.period}/${name}` }) as const;

async function send(ports: Ports, cycle: CycleRef, file: PaymentFile): Promise<void> {
  const key = { pk: cyclePk(cycle.programme, cycle.period), sk: `FILE#${file.messageId}` };
  const row = {
    ...key,
    name: file.name,
    sha256: file.sha256,
    bytes: file.bytes,
    count: file.count,
    sumMinor: file.sumMinor,
  };
  const claimed = await ports.control.write([
    { put: { ...row, status: 'SENDING', since: ports.clock.now() }, condition: { absent: 'pk' } },
  ]);
  if (!claimed.ok && claimed.item?.sha256 !== file.sha256)
    throw new Bug(`payment file ${file.messageId} was prepared with other bytes`);
  if (!claimed.ok && claimed.item?.status === 'SENT') return;
  const body = await readBytes(ports.objects, bulk(`${cycle.prefix}/pain001/${file.name}`));
  if (sha256(body) !== file.sha256) throw new Bug(`payment file ${file.name} changed after it was written`);
  const sent = await ports.objects.putIfAbsent(outbox(cycle, file.name), body);
  if (sent === 'exists' && sha256(await readBytes(ports.objects, outbox(cycle, file.name))) !== file.sha256)
    throw new Bug(`the bank holds another file under the name ${file.name}`);
  await ports.control.write([{ put: { ...row, status: 'SENT', since: ports.clock.now() } }]);
}
