import { MAX_WRITES } from '../../adapters/control-rules.ts';
import type { ControlStore, Item, Key, Ports } from '../../adapters/ports.ts';
import type { Month } from '../../domain/kernel/period.ts';
import { rowsOf } from '../../functions/support/claims/list.ts';
import { cyclePk, type FrozenInputs, headKey, windowKey } from '../../functions/support/cycle.ts';

const receiptsPk = (programme: string) => `P#${programme}#REPORTS`;

/**
 * Takes a copy of the control records back to the moment before the cycle sent its payments: no file sent, no report
 * received, the state of the previous cycle the current one. What people decided and when stays as it is.
 */
export async function rewind(control: ControlStore, record: Item, inputs: FrozenInputs): Promise<void> {
  const { programme, period } = inputs;
  const ports = { control } as Ports;
  const pk = cyclePk(programme, period);
  const gone: Key[] = [windowKey(programme, period)];
  for await (const { sk } of rowsOf(ports, pk, 'FILE#')) gone.push({ pk, sk });
  for await (const { sk } of rowsOf(ports, pk, 'REPORT#')) gone.push({ pk, sk });
  for await (const { sk } of rowsOf(ports, receiptsPk(programme)))
    gone.push({ pk: receiptsPk(programme), sk });
  const { reportsTaken: _taken, ...opened } = record;
  await control.write([{ put: { ...opened, status: 'APPROVED' } as Item }]);
  await standIn(control, inputs);
  for (let i = 0; i < gone.length; i += MAX_WRITES)
    await control.write(gone.slice(i, i + MAX_WRITES).map((key) => ({ delete: key })));
}

/** Makes the cycle the one in hand: open, and going on from the state that it froze. */
export async function standIn(
  control: ControlStore,
  { programme, period, previous }: FrozenInputs,
): Promise<void> {
  const before = previous && {
    prefix: previous.prefix,
    stateHash: previous.hash,
    shards: previous.shards,
    lanes: previous.lanes,
  };
  await control.write([
    { put: { ...headKey(programme), period: previous?.period ?? '', openPeriod: period, ...before } },
  ]);
}

/** Makes a closed cycle the one in hand, its window ended: a report is then a late one of it. */
export async function standAfter(control: ControlStore, programme: string, period: Month): Promise<void> {
  await control.write([{ put: { ...headKey(programme), period } }]);
}
