import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ObjectRef, ObjectStore } from '../../adapters/ports.ts';
import { Fault } from '../../domain/kernel/result.ts';
import { collect } from './collect.ts';

export type Subject<T> = { readonly subject: T; readonly end?: () => void | Promise<void> };

const bulk = (key: string): ObjectRef => ({ bucket: 'bulk', key });
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (data: Uint8Array | undefined) => data && Buffer.from(data).toString();
async function* chunks(...parts: string[]) {
  for (const part of parts) yield bytes(part);
}
const keys = async (store: ObjectStore, prefix: string) =>
  (await collect(store.list('bulk', prefix))).map(({ key }) => key);

/** What every ObjectStore does. */
export function objectStoreContract(name: string, open: () => Promise<Subject<ObjectStore>>): void {
  describe(`object store: ${name}`, () => {
    let store: ObjectStore;
    let end: Subject<ObjectStore>['end'];
    beforeAll(async () => {
      ({ subject: store, end } = await open());
    });
    afterAll(() => end?.());

    writing(() => store);
    reading(() => store);
    listing(() => store);
  });
}

function writing(store: () => ObjectStore): void {
  test('the first writer creates, the second meets it and changes nothing', async () => {
    expect(await store().putIfAbsent(bulk('w/once'), bytes('first'))).toBe('created');
    expect(await store().putIfAbsent(bulk('w/once'), bytes('second'))).toBe('exists');
    expect(await store().putIfAbsent(bulk('w/once'), chunks('third'))).toBe('exists');
    expect(text(await store().get(bulk('w/once')))).toBe('first');
  });

  test('a body may come in chunks, and may be empty', async () => {
    expect(await store().putIfAbsent(bulk('w/chunks'), chunks('ab', '', 'cd'))).toBe('created');
    expect(await store().putIfAbsent(bulk('w/empty'), chunks())).toBe('created');
    expect(await store().putIfAbsent(bulk('w/empty-bytes'), bytes(''))).toBe('created');
    expect(text(await store().get(bulk('w/chunks')))).toBe('abcd');
    expect(text(await store().get(bulk('w/empty')))).toBe('');
    expect(text(await store().get(bulk('w/empty-bytes')))).toBe('');
  });

  test('a body of many parts arrives whole', async () => {
    const part = Buffer.alloc(3_000_000, 'x');
    async function* large() {
      for (let i = 0; i < 7; i++) yield part.fill(97 + i);
    }
    expect(await store().putIfAbsent(bulk('w/large'), large())).toBe('created');
    expect(await store().putIfAbsent(bulk('w/large'), large())).toBe('exists');
    expect((await store().get(bulk('w/large')))?.length).toBe(21_000_000);
    expect(text(await store().getRange(bulk('w/large'), 8_999_999, 9_000_001))).toBe('cd');
  });

  test('a body that breaks off leaves nothing behind', async () => {
    async function* broken() {
      yield bytes('half');
      throw new Error('the source broke');
    }
    await expect(store().putIfAbsent(bulk('w/broken'), broken())).rejects.toThrow('the source broke');
    expect(await store().get(bulk('w/broken'))).toBeUndefined();
    expect(await keys(store(), 'w/broken')).toEqual([]);
  });

  test('of two writers at once one wins, and readers see all of its bytes', async () => {
    const bodies = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(200_000));
    const outcomes = await Promise.all(
      bodies.map((body) => store().putIfAbsent(bulk('w/race'), bytes(body))),
    );
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
    expect(text(await store().get(bulk('w/race')))).toBe(bodies[outcomes.indexOf('created')]);
  });

  test('buckets are apart', async () => {
    await store().putIfAbsent({ bucket: 'bank', key: 'same' }, bytes('bank'));
    await store().putIfAbsent({ bucket: 'reports', key: 'same' }, bytes('reports'));
    expect(text(await store().get({ bucket: 'bank', key: 'same' }))).toBe('bank');
    expect(text(await store().get({ bucket: 'reports', key: 'same' }))).toBe('reports');
  });

  for (const key of [
    '',
    '/a',
    'a/',
    'a//b',
    '../a',
    'a/../b',
    './a',
    'a/.',
    'a\\b',
    'a b',
    'ñ',
    'a\0',
    'x'.repeat(1025),
  ])
    test(`the key ${JSON.stringify(key.slice(0, 12))} is refused`, async () => {
      await expect(store().putIfAbsent(bulk(key), bytes('x'))).rejects.toThrow(/key/);
      await expect(store().get(bulk(key))).rejects.toThrow(/key/);
    });
}

function reading(store: () => ObjectStore): void {
  test('a missing object is undefined for get and a Fault for the others', async () => {
    expect(await store().get(bulk('r/none'))).toBeUndefined();
    await expect(store().getRange(bulk('r/none'), 0, 1)).rejects.toBeInstanceOf(Fault);
    await expect(collect(store().stream(bulk('r/none')))).rejects.toBeInstanceOf(Fault);
  });

  test('a stream brings every byte in order', async () => {
    const body = Array.from({ length: 50_000 }, (_, i) => `${i}\n`).join('');
    await store().putIfAbsent(bulk('r/stream'), bytes(body));
    expect(Buffer.concat(await collect(store().stream(bulk('r/stream')))).toString()).toBe(body);
  });

  test('a reader may leave a stream early', async () => {
    await store().putIfAbsent(bulk('r/early'), Buffer.alloc(1_000_000));
    for await (const chunk of store().stream(bulk('r/early'))) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
  });

  test.each([
    [0, 3, 'abc'],
    [2, 5, 'cde'],
    [5, 6, 'f'],
    [0, 6, 'abcdef'],
    [3, 3, ''],
  ])('bytes %i to %i are %j', async (from, to, expected) => {
    await store().putIfAbsent(bulk('r/range'), bytes('abcdef'));
    expect(text(await store().getRange(bulk('r/range'), from, to))).toBe(expected);
  });

  test.each([
    [0, 7, /past the end/],
    [6, 7, /past the end/],
    [9, 12, /past the end/],
    [3, 2, /byte range/],
    [-1, 2, /byte range/],
    [0.5, 2, /byte range/],
  ])('a range %f to %f is refused, never answered short', async (from, to, message) => {
    await store().putIfAbsent(bulk('r/short'), bytes('abcdef'));
    await expect(store().getRange(bulk('r/short'), from, to)).rejects.toThrow(message);
  });
}

function listing(store: () => ObjectStore): void {
  test('keys come in byte order of the whole key, with sizes, below any prefix', async () => {
    const all = ['l/a/1', 'l/a/10', 'l/a/2', 'l/a-1', 'l/a.b/c', 'l/a0', 'l/B', 'l/b/x/y/z'];
    for (const key of all) await store().putIfAbsent(bulk(key), bytes(key));
    expect(await keys(store(), 'l/')).toEqual(all.toSorted());
    expect(await keys(store(), 'l/a/1')).toEqual(['l/a/1', 'l/a/10']);
    expect(await keys(store(), 'l/a')).toEqual(all.filter((key) => key.startsWith('l/a')).toSorted());
    expect(await keys(store(), 'l/b/x')).toEqual(['l/b/x/y/z']);
    expect(await keys(store(), 'l/zzz')).toEqual([]);
    expect(await collect(store().list('bulk', 'l/b'))).toEqual([{ key: 'l/b/x/y/z', bytes: 9 }]);
  });

  test('an empty bucket has no keys', async () => {
    expect(await collect(store().list('documents', ''))).toEqual([]);
  });

  test('a prefix with .. is refused', () => {
    expect(() => store().list('bulk', '../')).toThrow(/prefix/);
  });
}
