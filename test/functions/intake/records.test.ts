import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellAt, detectDelimiter, splitRecord } from '../../../functions/support/intake/csv.ts';
import { readRecords } from '../../../functions/support/intake/records.ts';
import { SeenIds } from '../../../functions/support/intake/seen.ts';

async function* chunksOf(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function all(text: string | Buffer, size = 1 << 16, format: 'csv' | 'jsonl' = 'csv') {
  const rows: { line: number; record: string }[] = [];
  for await (const { lines, records } of readRecords(
    chunksOf(Buffer.from(text as string), size),
    'f.csv',
    format,
  ))
    for (const [i, record] of records.entries()) rows.push({ line: lines[i]!, record });
  return rows;
}

const cell = fc.string({ unit: fc.constantFrom('a', 'ñ', '"', ',', '\n', ' ', '1', '😀'), maxLength: 6 });
const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 });
const write = (rows: string[][], delimiter: string) =>
  rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(delimiter)).join('\n');

describe('records', () => {
  test('cells come back as they were written and as csv-parse reads them, however the bytes are cut', async () => {
    const property = fc.asyncProperty(
      table,
      fc.constantFrom(',', ';'),
      fc.integer({ min: 1, max: 20 }),
      async (rows, delimiter, size) => {
        const header = ['x', 'y', 'z'].join(delimiter);
        const text = `${header}\n${write(rows, delimiter)}\n`;
        const records = (await all(text, size)).slice(1);
        const ours = records.map(({ record }) => splitRecord(record, delimiter));
        expect(ours).toEqual(rows);
        expect(ours).toEqual(parse(text, { delimiter, from: 2 }));
        for (const { record } of records)
          expect(cellAt(record, delimiter, 1)).toBe(splitRecord(record, delimiter)![1]);
      },
    );
    await fc.assert(property, { numRuns: 150, seed: 7 });
  });

  test('lines are physical: a record begins where its first line is', async () => {
    expect(await all('a,b\n\n1,"x\ny"\r\n2,z', 3)).toEqual([
      { line: 1, record: 'a,b' },
      { line: 3, record: '1,"x\ny"' },
      { line: 5, record: '2,z' },
    ]);
  });

  test('quotes of JSON lines open nothing', async () => {
    expect(await all('{"a":"\\""}\n{"a":1}\n', 4, 'jsonl')).toHaveLength(2);
  });

  test('the line of a bad byte is named in whatever chunk it is', async () => {
    const bytes = Buffer.concat([Buffer.from('a,b\n1,ñ\n2,'), Buffer.from([0xf1]), Buffer.from('x\n3,z\n')]);
    for (const size of [1, 2, 5, 100])
      await expect(all(bytes, size)).rejects.toMatchObject({
        name: 'FILE_ENCODING',
        refusal: { at: 'f.csv:3' },
      });
  });

  test('a quote that never closes is refused without reading on for ever', async () => {
    await expect(all(`a,b\n1,"${'x\n'.repeat(700_000)}`)).rejects.toMatchObject({
      name: 'FILE_TRUNCATED',
      refusal: { at: 'f.csv:2' },
    });
    await expect(all('x'.repeat(1_200_000))).rejects.toMatchObject({ name: 'FILE_TRUNCATED' });
  });

  test.each([
    ['a,b,c', ','],
    ['a;b;c', ';'],
    ['a', ','],
    ['"a;b;c",d', ','],
  ])('the delimiter of %s is %s', (header, delimiter) => {
    expect(detectDelimiter(header)).toBe(delimiter);
  });
});

test('ids that were seen before are always told, others rarely', () => {
  const seen = new SeenIds(20_000);
  let wrong = 0;
  for (let i = 0; i < 20_000; i++) if (seen.add(`M${i}`)) wrong += 1;
  expect(wrong).toBeLessThan(200);
  for (let i = 0; i < 20_000; i += 37) expect(seen.add(`M${i}`)).toBe(true);
});
