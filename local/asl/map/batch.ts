import { DATA_BYTES_MAX } from '../limits.ts';
import { envOf, type Scope } from '../scope.ts';
import { fill } from '../template.ts';
import type { Json, JsonObject, State } from '../types.ts';
import { numberOf, selectItem } from './settings.ts';

/** The input of one child and how many items it holds. */
export type Batch = { readonly input: JsonObject; readonly items: number };

/** ItemBatcher: selected items grouped by count and by bytes, each batch within the data limit. */
export async function batchesOf(scope: Scope, state: State, items: readonly Json[]): Promise<Batch[]> {
  const { MaxItemsPerBatch, MaxInputBytesPerBatch, BatchInput } = state.ItemBatcher!;
  const most = await numberOf(scope, MaxItemsPerBatch, 'ItemBatcher/MaxItemsPerBatch', {
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    fallback: Number.MAX_SAFE_INTEGER,
  });
  const bytes = await numberOf(scope, MaxInputBytesPerBatch, 'ItemBatcher/MaxInputBytesPerBatch', {
    min: 1,
    max: DATA_BYTES_MAX,
    fallback: DATA_BYTES_MAX,
  });
  const shared: JsonObject =
    BatchInput === undefined
      ? {}
      : { BatchInput: await fill(BatchInput, 'ItemBatcher/BatchInput', envOf(scope)) };
  const empty = sizeOf({ ...shared, Items: [] });
  const batches: Batch[] = [];
  let group: Json[] = [];
  let size = empty;
  const close = () => {
    if (group.length > 0) batches.push({ input: { ...shared, Items: group }, items: group.length });
    group = [];
    size = empty;
  };
  for (const [index, item] of items.entries()) {
    const selected = await selectItem(scope, state, item, index);
    const more = sizeOf(selected) + 1;
    if (group.length >= most || size + more > bytes) close();
    group.push(selected);
    size += more;
  }
  close();
  return batches;
}

const sizeOf = (value: Json): number => Buffer.byteLength(JSON.stringify(value));
