import { StatesError } from '../errors.ts';
import type { Scope } from '../scope.ts';
import { isObject, type Json, type JsonObject } from '../types.ts';
import { argumentsOf, numberOf } from './settings.ts';

/** ItemReader: the items in one S3 object, JSON (an array, or the array at ItemsPointer) or JSONL. */
export async function readItems(scope: Scope, reader: JsonObject): Promise<Json[]> {
  const config = (reader.ReaderConfig ?? {}) as JsonObject;
  const { Bucket, Key } = await argumentsOf(scope, reader.Arguments, 'ItemReader/Arguments');
  const most = await numberOf(scope, config.MaxItems, 'ItemReader/ReaderConfig/MaxItems', {
    min: 1,
    max: 100_000_000,
    fallback: 100_000_000,
  });
  if (typeof Bucket !== 'string' || typeof Key !== 'string')
    throw failed('ItemReader needs a Bucket and a Key that are strings');
  const text = await scope.host.objects.get(Bucket, Key);
  if (text === undefined) throw failed(`The specified key does not exist: ${Bucket}/${Key}`);
  return (config.InputType === 'JSONL' ? lines(text, most) : array(text, config.ItemsPointer)).slice(0, most);
}

const failed = (cause: string) => new StatesError('States.ItemReaderFailed', cause);

function lines(text: string, most: number): Json[] {
  const items: Json[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (items.length >= most) break;
    if (line.trim() !== '') items.push(parse(line, `line ${index + 1} of the JSONL file`));
  }
  return items;
}

function array(text: string, pointer: Json | undefined): Json[] {
  const found = at(parse(text, 'the JSON file'), typeof pointer === 'string' ? pointer : '');
  if (Array.isArray(found)) return found;
  throw failed('Attempting to map over a value that is not an array.');
}

/** RFC 6901. */
function at(value: Json, pointer: string): Json | undefined {
  let found: Json | undefined = value;
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(found)) found = found[Number(key)];
    else found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  }
  return found;
}

function parse(text: string, what: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw failed(`${what} is not valid JSON`);
  }
}
