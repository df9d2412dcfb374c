import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bank } from '../../cli/commands/bank.ts';
import { sha256 } from '../../domain/kernel/hash.ts';
import { Refused } from '../../domain/kernel/result.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cumple-bank-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function sink(): { stream: Writable; text: () => string } {
  const parts: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      parts.push(String(chunk));
      done();
    },
  });
  return { stream, text: () => parts.join('') };
}
async function run(...args: string[]): Promise<{ code: number | string; out: string; err: string }> {
  const [out, err] = [sink(), sink()];
  const io = { stdin: Readable.from([]), stdout: out.stream, stderr: err.stream, cwd: dir };
  const code = await bank(args, io).catch((error: unknown) => {
    if (error instanceof Refused) return `${error.refusal.code} ${error.refusal.at ?? ''}`.trim();
    throw error;
  });
  return { code, out: out.text(), err: err.text() };
}
const BAD = new URL('../domain/bankfiles/bad/', import.meta.url);
const sample = (name: string) => new URL(name, BAD).pathname;
const records = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const list = {
  programme: 'prueba',
  cycle: '2026-03',
  messageId: 'LISTA-1',
  createdAt: '2026-03-05T12:00:00Z',
  initiatingParty: 'Programa de Prueba',
  debtor: {
    name: 'Tesorería',
    account: { scheme: 'other', number: '0011-0222-33' },
    bankCode: '018',
    country: 'PE',
    town: 'Lima',
  },
  requestedExecutionDate: '2026-03-10',
  currency: 'PEN',
  payments: [
    {
      endToEndId: 'PAGO-1',
      amount: '100.50',
      creditorName: 'Ñusta Quispe',
      account: { scheme: 'cci', number: '01801500001501398282' },
      town: 'Puno',
    },
    {
      endToEndId: 'PAGO-2',
      amount: '20',
      creditorName: 'Rosa Mamani',
      creditorDocument: '40000001',
      payPoint: 'AG-1',
      town: 'Puno',
    },
  ],
};
const write = (value: unknown, ...more: string[]) => {
  writeFileSync(join(dir, 'lista.json'), typeof value === 'string' ? value : JSON.stringify(value));
  return run('write', 'lista.json', '--format', 'pain.001.001.09', '--out', 'salida', ...more);
};

describe('cumple bank read', () => {
  it('prints the file, then its items in file order, one JSON document a line', async () => {
    const { code, out, err } = await run('read', sample('none-good-statement.xml'));
    expect([code, err]).toEqual([0, '']);
    expect(records(out).map((record) => record.type)).toEqual(
      'file statement balance balance entry detail detail'.split(' '),
    );
    expect(records(out)[0]).toMatchObject({ format: 'iso20022', message: 'camt.053', version: '001.08' });
  });

  it('takes --json and MT940', async () => {
    const { code, out } = await run('read', sample('statement-that-does-not-foot.sta'), '--json');
    expect(code).toBe(0);
    expect(records(out)[0]).toMatchObject({ format: 'mt940', issues: [{ code: 'NOT_FOOTING' }] });
    expect(records(out).map((record) => record.type)).toEqual(
      'file statement balance entry detail balance'.split(' '),
    );
  });

  it('prints nothing of a truncated file and says file, line and reason', async () => {
    const { code, out, err } = await run('read', sample('truncated-in-an-entry.xml'));
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/FILE_TRUNCATED \(.*truncated-in-an-entry\.xml, line 7\)/);
  });

  it.each([
    [['read'], 'BAD_USAGE'],
    [['read', 'a', 'b'], 'BAD_USAGE'],
    [['read', 'absent.xml'], 'BAD_INPUT absent.xml'],
    [['print'], 'BAD_USAGE'],
    [[], 'BAD_USAGE'],
  ])('%j is refused', async (args, code) => {
    expect((await run(...args)).code).toBe(code);
  });
});

describe('cumple bank write', () => {
  it('writes the payment file and a manifest that says what is in it', async () => {
    const { code, out } = await write(list, '--json');
    expect(code).toBe(0);
    expect(readdirSync(join(dir, 'salida')).sort()).toEqual(['LISTA-1.xml', 'manifest.json']);
    const bytes = readFileSync(join(dir, 'salida', 'LISTA-1.xml'));
    const entry = {
      file: 'LISTA-1.xml',
      messageId: 'LISTA-1',
      bytes: bytes.length,
      sha256: sha256(bytes),
      count: 2,
      sum: '120.50',
      accountHashTotal: '501398282',
    };
    expect(JSON.parse(out)).toMatchObject({ format: 'pain.001.001.09', files: [entry], transliterated: 1 });
    expect(JSON.parse(readFileSync(join(dir, 'salida', 'manifest.json'), 'utf8')).transliterated).toEqual([
      { endToEndId: 'PAGO-1', field: 'creditorName', original: 'Ñusta Quispe', written: 'Nusta Quispe' },
    ]);
    const back = await run('read', join('salida', 'LISTA-1.xml'));
    expect(records(back.out)[0]).toMatchObject({
      declared: { count: 2, sum: '120.50' },
      counted: { count: 2 },
      issues: [],
    });
  });

  it('the same list gives the same bytes', async () => {
    const read = () => readFileSync(join(dir, 'salida', 'LISTA-1.xml'));
    await write(list);
    const first = read();
    await write(list);
    expect(read().equals(first)).toBe(true);
  });

  it('splits by what the bank takes', async () => {
    const { code } = await write({ ...list, profile: { name: 'small', maxPayments: 1 } });
    expect(code).toBe(0);
    expect(readdirSync(join(dir, 'salida')).sort()).toEqual([
      'LISTA-1-1.xml',
      'LISTA-1-2.xml',
      'manifest.json',
    ]);
  });

  const [first, second] = list.payments as [object, object];
  it.each<[string, unknown, string[], RegExp]>([
    [
      'an amount of 0',
      { ...list, payments: [{ ...first, amount: '0.00' }] },
      [],
      /^BAD_INPUT payments\.0\.amount$/,
    ],
    [
      'a third decimal',
      { ...list, payments: [first, { ...second, amount: '1.005' }] },
      [],
      /payments\.1\.amount/,
    ],
    ['an id twice', { ...list, payments: [first, first] }, [], /payments\.1\.endToEndId/],
    ['another currency', { ...list, payments: [{ ...first, currency: 'USD' }] }, [], /payments\.0\.currency/],
    ['no town', { ...list, payments: [{ ...first, town: undefined }] }, [], /lista\.json: payments\.0\.town/],
    ['an unknown field', { ...list, extra: 1 }, [], /lista\.json: \(top\)/],
    ['text that is not JSON', '{', [], /BAD_INPUT lista\.json/],
    [
      'an id the bank cuts',
      { ...list, payments: [{ ...first, endToEndId: 'A'.repeat(17) }] },
      ['--profile', 'mt940-16'],
      /BAD_INPUT/,
    ],
    ['an unknown profile', list, ['--profile', 'nobody'], /BAD_USAGE/],
    ['another format', list, ['--format', 'mt101'], /BAD_USAGE/],
  ])('refuses %s and writes nothing', async (_, value, more, code) => {
    expect((await write(value, ...more)).code).toMatch(code);
    expect(existsSync(join(dir, 'salida'))).toBe(false);
  });
});
