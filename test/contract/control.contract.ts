import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_ITEM_BYTES } from '../../adapters/control-rules.ts';
import { ABSENT, type Condition, type ControlStore, type Item, type Page } from '../../adapters/ports.ts';
import { Refused } from '../../domain/kernel/result.ts';
import type { Subject } from './objects.contract.ts';

/** A stored item, a condition on it, and whether DynamoDB lets the write through. */
const CONDITIONS: readonly (readonly [name: string, stored: object | undefined, Condition, boolean])[] = [
  ['absent, no item', undefined, ABSENT, true],
  ['absent, an item', {}, ABSENT, false],
  ['a field that is absent', { b: 1 }, { absent: 'a' }, true],
  ['null is a value', { a: null }, { absent: 'a' }, false],
  ['exists, no item', undefined, { exists: 'pk' }, false],
  ['exists, false is a value', { a: false }, { exists: 'a' }, true],
  ['equal text', { a: 'x' }, { field: 'a', is: '=', value: 'x' }, true],
  ['another text', { a: 'x' }, { field: 'a', is: '=', value: 'X' }, false],
  ['equal number', { a: 10 }, { field: 'a', is: '=', value: 10 }, true],
  ['a number is not its text', { a: 10 }, { field: 'a', is: '=', value: '10' }, false],
  ['equal boolean', { a: true }, { field: 'a', is: '=', value: true }, true],
  ['null is not false', { a: null }, { field: 'a', is: '=', value: false }, false],
  ['a missing field equals nothing', {}, { field: 'a', is: '=', value: '' }, false],
  ['a missing field differs from everything', {}, { field: 'a', is: '<>', value: 'x' }, true],
  ['a missing item differs from everything', undefined, { field: 'a', is: '<>', value: 'x' }, true],
  ['other types differ', { a: 1 }, { field: 'a', is: '<>', value: '1' }, true],
  ['the same does not differ', { a: 'x' }, { field: 'a', is: '<>', value: 'x' }, false],
  ['numbers by value, not digits', { a: 9 }, { field: 'a', is: '<', value: 10 }, true],
  ['text by bytes', { a: '9' }, { field: 'a', is: '<', value: '10' }, false],
  ['text by UTF-8 bytes, not code units', { a: '\uffff' }, { field: 'a', is: '<', value: '😀' }, true],
  ['no order with a missing field', {}, { field: 'a', is: '<', value: 1 }, false],
  ['nor the other way round', {}, { field: 'a', is: '>=', value: 1 }, false],
  ['no order between types', { a: '1' }, { field: 'a', is: '<', value: 2 }, false],
  ['nor its opposite', { a: '1' }, { field: 'a', is: '>=', value: 2 }, false],
  ['<= on the edge', { a: 5 }, { field: 'a', is: '<=', value: 5 }, true],
  ['> on the edge', { a: 5 }, { field: 'a', is: '>', value: 5 }, false],
  ['>= on the edge', { a: 5 }, { field: 'a', is: '>=', value: 5 }, true],
  ['fractions compare exactly', { a: 0.1 }, { field: 'a', is: '<', value: 0.2 }, true],
  ['one of', { a: 'y' }, { field: 'a', oneOf: ['x', 'y'] }, true],
  ['none of', { a: 'z' }, { field: 'a', oneOf: ['x', 'y'] }, false],
  ['one of, another type', { a: 1 }, { field: 'a', oneOf: ['1', 2] }, false],
  ['one of, a missing field', {}, { field: 'a', oneOf: ['x'] }, false],
  ['not of a false order is true', {}, { not: { field: 'a', is: '<', value: 1 } }, true],
  ['not of true is false', { a: 1 }, { not: { exists: 'a' } }, false],
  ['all', { a: 1, b: 2 }, { all: [{ exists: 'a' }, { field: 'b', is: '=', value: 2 }] }, true],
  ['all but one', { a: 1, b: 2 }, { all: [{ exists: 'a' }, { exists: 'c' }] }, false],
  ['any', { a: 1 }, { any: [ABSENT, { field: 'a', is: '=', value: 1 }] }, true],
  ['any of none', { a: 1 }, { any: [ABSENT, { field: 'a', is: '=', value: 2 }] }, false],
  ['maker is not checker', { maker: 'ana' }, { field: 'maker', is: '<>', value: 'ana' }, false],
  [
    'any inside all inside not',
    { a: 1, b: 'x' },
    { not: { all: [{ any: [{ absent: 'a' }, { exists: 'b' }] }, { field: 'b', is: '=', value: 'y' }] } },
    true,
  ],
  ['a reserved word and odd characters as a field', { 'status.#1': 1 }, { exists: 'status.#1' }, true],
];

/** What every ControlStore does. */
export function controlStoreContract(name: string, open: () => Promise<Subject<ControlStore>>): void {
  describe(`control store: ${name}`, () => {
    let store: ControlStore;
    let end: Subject<ControlStore>['end'];
    beforeAll(async () => {
      ({ subject: store, end } = await open());
    });
    afterAll(() => end?.());
    conditions(() => store);
    transactions(() => store);
    limits(() => store);
    queries(() => store);
  });
}

function conditions(store: () => ControlStore): void {
  test.each(CONDITIONS.map((row, i) => [row[0], i] as const))('condition: %s', async (_name, i) => {
    const [, stored, condition, holds] = CONDITIONS[i]!;
    const key = { pk: `P#cond#C#${i}`, sk: 'X' };
    if (stored) await store().write([{ put: { ...key, ...stored } }]);
    const outcome = await store().write([{ update: key, set: { done: true }, condition }]);
    const before = stored && { item: { ...key, ...stored } };
    expect(outcome).toEqual(holds ? { ok: true } : { ok: false, failed: 0, ...before });
    const after = await store().get(key);
    expect(after).toEqual(holds ? { ...key, ...stored, done: true } : before?.item);
  });
}

function transactions(store: () => ControlStore): void {
  const at = (sk: string) => ({ pk: 'P#tx#C#2026-01', sk });

  test('values come back as they went in', async () => {
    const item: Item = {
      ...at('values'),
      text: 'ñandú 😀',
      empty: '',
      n: -12.5,
      zero: 0,
      yes: true,
      none: null,
      list: [1, 'a', [null, {}]],
      map: { 'a.b': { c: [] } },
    };
    expect(await store().write([{ put: { ...item, left: undefined } }])).toEqual({ ok: true });
    expect(await store().get(at('values'))).toEqual(item);
  });

  test('put replaces the whole item, update keeps the other fields and creates where there is none', async () => {
    await store().write([{ put: { ...at('a'), x: 1, y: 1 } }]);
    await store().write([{ put: { ...at('a'), y: 2 } }]);
    await store().write([
      { update: at('a'), set: { z: 3 } },
      { update: at('new'), set: { z: 4 } },
    ]);
    expect(await store().get(at('a'))).toEqual({ ...at('a'), y: 2, z: 3 });
    expect(await store().get(at('new'))).toEqual({ ...at('new'), z: 4 });
  });

  test('delete takes away, and a delete of nothing is fine', async () => {
    await store().write([{ put: at('gone') }]);
    expect(await store().write([{ delete: at('gone') }, { delete: at('never') }])).toEqual({ ok: true });
    expect(await store().get(at('gone'))).toBeUndefined();
  });

  test('all parts or none: the index and the item of the failed one are told', async () => {
    await store().write([{ put: { ...at('lock'), owner: 'ana' } }]);
    const outcome = await store().write([
      { put: { ...at('t1'), n: 1 }, condition: ABSENT },
      { delete: at('values') },
      { check: at('lock'), condition: { field: 'owner', is: '=', value: 'eva' } },
    ]);
    expect(outcome).toEqual({ ok: false, failed: 2, item: { ...at('lock'), owner: 'ana' } });
    expect(await store().get(at('t1'))).toBeUndefined();
    expect(await store().get(at('values'))).toBeDefined();
  });

  test('of several failed parts the first is told; without an item there is none to show', async () => {
    const outcome = await store().write([
      { check: at('no-1'), condition: { exists: 'pk' } },
      { check: at('lock'), condition: ABSENT },
    ]);
    expect(outcome).toEqual({ ok: false, failed: 0 });
  });

  test('parts may lie in several tables', async () => {
    const writes = ['P#p#C#1', 'P#p#H#1', 'P#p#PR#1', 'U#p#1#m', 'E#AAAA', 'IK#t#p#k'].map((pk) => ({
      put: { pk, sk: 'X', n: 1 },
      condition: ABSENT,
    }));
    expect(await store().write(writes)).toEqual({ ok: true });
    expect(await store().write(writes.slice(3, 4))).toMatchObject({ ok: false, failed: 0 });
  });

  test('of many writers at once exactly one gets in', async () => {
    const owners = ['ana', 'eva', 'luz', 'sol', 'mar', 'paz'];
    const outcomes = await Promise.all(
      owners.map((owner) => store().write([{ put: { ...at('lease'), owner }, condition: ABSENT }])),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const winner = owners[outcomes.findIndex(({ ok }) => ok)];
    expect((await store().get(at('lease')))?.owner).toBe(winner);
  });

  test('a write of 100 parts', async () => {
    const writes = Array.from({ length: 100 }, (_, i) => ({ put: { pk: 'P#hundred#C#1', sk: `S${i}` } }));
    expect(await store().write(writes)).toEqual({ ok: true });
    expect(await store().get({ pk: 'P#hundred#C#1', sk: 'S99' })).toBeDefined();
  });
}

function limits(store: () => ControlStore): void {
  const key = { pk: 'P#limit#C#1', sk: 'X' };
  const put = (extra: object) => ({ put: { ...key, ...extra } as Item });
  const hundredAndOne = Array.from({ length: 101 }, (_, i) => ({ put: { ...key, sk: `S${i}` } }));
  test.each([
    ['no parts', [], /parts/],
    ['101 parts', hundredAndOne, /parts/],
    ['two parts on one key', [put({}), { delete: key }], /touch/],
    ['an empty pk', [{ put: { pk: '', sk: 'X' } }], /pk must have/],
    ['an empty sk', [{ delete: { pk: 'P', sk: '' } }], /sk must have/],
    ['a long pk', [{ delete: { pk: 'P'.repeat(2049), sk: 'X' } }], /pk must have/],
    ['a long sk', [{ delete: { pk: 'P', sk: 'é'.repeat(513) } }], /sk must have/],
    ['an update of nothing', [{ update: key, set: {} }], /at least one field/],
    ['an update of the key', [{ update: key, set: { sk: 'Y' } }], /another key/],
    ['NaN', [put({ n: Number.NaN })], /cannot keep/],
    ['an unsafe integer', [put({ n: 2 ** 53 })], /cannot keep/],
    ['an order of booleans', [{ ...put({}), condition: { field: 'a', is: '<', value: true } }], /no order/],
    ['an empty all', [{ ...put({}), condition: { all: [] } }], /empty/],
    ['an empty oneOf', [{ ...put({}), condition: { field: 'a', oneOf: [] } }], /oneOf/],
    ['an item too large', [put({ a: 'x'.repeat(MAX_ITEM_BYTES) })], /bytes, over/],
  ] as const)('%s is refused', async (_name, writes, message) => {
    await expect(store().write(writes as never)).rejects.toThrow(message);
    expect(await store().get(key)).toBeUndefined();
  });

  test('an item of exactly the limit is kept', async () => {
    const pk = 'P#limit#C#2';
    const room = MAX_ITEM_BYTES - 'pk'.length - pk.length - 'sk'.length - 'X'.length - 'a'.length;
    expect(await store().write([{ put: { pk, sk: 'X', a: 'x'.repeat(room) } }])).toEqual({ ok: true });
    await expect(store().write([{ put: { pk, sk: 'X', a: 'x'.repeat(room + 1) } }])).rejects.toThrow(/over/);
  });
}

function queries(store: () => ControlStore): void {
  const pk = 'P#query#C#1';
  const sks = ['APPR#1', 'CYCLE', 'SHARD#a#1', 'SHARD#a#10', 'SHARD#a#2', 'SHARD#b#1', 'ñ', '\uffff', '😀'];
  beforeAll(async () => {
    await store().write([...sks].reverse().map((sk) => ({ put: { pk, sk } })));
    await store().write([{ put: { pk: `${pk}0`, sk: 'SHARD#a#1' } }]);
  });
  type Options = NonNullable<Parameters<ControlStore['query']>[1]>;
  async function all(options: Options): Promise<{ found: string[]; pages: Page[] }> {
    const pages: Page[] = [];
    let after: string | undefined;
    do {
      const page = await store().query(pk, { ...options, ...(after !== undefined && { after }) });
      pages.push(page);
      after = page.next;
    } while (after !== undefined);
    return { found: pages.flatMap((page) => page.items.map(({ sk }) => sk)), pages };
  }

  test('a partition in sort key order, by bytes, and nothing of its neighbours', async () => {
    expect((await all({})).found).toEqual(sks);
    expect((await all({ newestFirst: true })).found).toEqual([...sks].reverse());
  });
  test('below a prefix', async () => {
    expect((await all({ prefix: 'SHARD#a#' })).found).toEqual(sks.slice(2, 5));
    expect((await all({ prefix: 'SHARD#a#1' })).found).toEqual(['SHARD#a#1', 'SHARD#a#10']);
    expect((await all({ prefix: 'NONE' })).found).toEqual([]);
  });
  test.each([1, 2, 4, 9, 50])('in pages of %i', async (limit) => {
    const { found, pages } = await all({ limit });
    expect(found).toEqual(sks);
    expect(Math.max(...pages.map((page) => page.items.length))).toBeLessThanOrEqual(limit);
    expect((await all({ limit, newestFirst: true, prefix: 'SHARD#' })).found).toEqual(
      sks.slice(2, 6).reverse(),
    );
  });
  test('a cursor is opaque: damaged, or of another list, it is refused', async () => {
    const { next } = await store().query(pk, { limit: 1 });
    expect(next).toMatch(/^[A-Za-z0-9_-]+$/);
    for (const [prefix, after] of [
      ['', 'nonsense'],
      ['', ''],
      ['SHARD#', next!],
    ] as const)
      await expect(store().query(pk, { prefix, after })).rejects.toBeInstanceOf(Refused);
  });
  test.each([0, -1, 1.5])('a limit of %f is refused', async (limit) => {
    await expect(store().query(pk, { limit })).rejects.toThrow(/page limit/);
  });
  test('a partition that does not exist is empty', async () => {
    expect(await store().query('P#none#C#1')).toEqual({ items: [] });
  });
}
