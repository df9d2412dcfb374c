import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { contract } from '../../cli/commands/contract.ts';
import { listContracts } from '../../cli/commands/contract-files.ts';
import { settle } from '../../cli/commands/settle.ts';
import type { Io } from '../../cli/io.ts';
import { Refused } from '../../domain/kernel/result.ts';

const folder = mkdtempSync(join(tmpdir(), 'cumple-contracts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const example = (id: string, name: string) =>
  join(dirname(listContracts().find((place) => place.id === id)!.path), 'examples', `${name}.json`);

type Command = (args: readonly string[], io: Io) => Promise<number>;
async function run(command: Command, args: string[], stdin = '') {
  const sink = () => {
    const parts: string[] = [];
    return {
      parts,
      stream: new Writable({
        write: (chunk, _, done) => {
          parts.push(String(chunk));
          done();
        },
      }),
    };
  };
  const [out, err] = [sink(), sink()];
  const io: Io = { stdin: Readable.from([stdin]), stdout: out.stream, stderr: err.stream, cwd: folder };
  const code = await command(args, io).catch((error: unknown) => {
    if (error instanceof Refused) return error.refusal.code;
    throw error;
  });
  return { code, out: out.parts.join(''), err: err.parts.join('') };
}
const write = (name: string, content: unknown): string => {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return name;
};

describe('cumple settle', () => {
  const met = example('nepal-employment-fund-2012', 'n1-threshold-met');
  const bare = JSON.parse(readFileSync(met, 'utf8')).case;
  it('settles a case, a worked example and standard input alike', async () => {
    const answers = [
      await run(settle, [met]),
      await run(settle, [write('case.json', bare), '--json']),
      await run(settle, ['-'], JSON.stringify(bare)),
    ];
    for (const { code, out } of answers) expect([code, JSON.parse(out).payable]).toEqual([0, '30000.00']);
  });
  it('continues from the state it gave', async () => {
    const { state } = JSON.parse((await run(settle, [met])).out);
    const again = await run(settle, [write('again.json', { ...bare, state })]);
    expect(JSON.parse(again.out)).toMatchObject({ payable: '0.00' });
  });
  it('a value that was not published: exit 1, with its name and what was verified', async () => {
    const { code, out, err } = await run(settle, [
      example('nepal-employment-fund-2012', 'price-not-published'),
    ]);
    expect(code).toBe(1);
    expect(JSON.parse(out).refusal).toMatchObject({
      code: 'VALUE_NOT_PUBLISHED',
      parameters: ['outcomeShare', 'trainingShare', 'unitPrice'],
    });
    expect(JSON.parse(out).verified).toContainEqual(
      expect.objectContaining({ outcome: 'gainful', observed: '27600.00 (NP)' }),
    );
    expect(err).toContain('unitPrice');
  });
  it('reads a contract from a file beside the case, or written out in it', async () => {
    const definition = JSON.parse(readFileSync(listContracts()[0]!.path, 'utf8'));
    write('mine.json', definition);
    const rest = { date: '2020-01-01', provider: 'p', participants: [] };
    expect((await run(settle, [write('a.json', { contract: './mine.json', ...rest })])).code).toBe(0);
    expect((await run(settle, [write('b.json', { contract: definition, ...rest })])).code).toBe(0);
    const bad = await run(settle, [
      write('c.json', { contract: { ...definition, milestones: [] }, ...rest }),
    ]);
    expect([bad.code, bad.err.includes('milestones')]).toEqual([2, true]);
  });
  it.each([
    ['no file', [], 'usage'],
    ['a file that is not there', ['nowhere.json'], 'nowhere.json'],
    ['not JSON', [write('broken.json', '{"a":')], 'JSON'],
    ['an unknown contract', [write('d.json', { ...bare, contract: 'nobody' })], 'What ships: '],
    [
      'a misspelt contract',
      [write('d2.json', { ...bare, contract: 'work-programe-2011' })],
      'Nearest: work-programme-2011',
    ],
    [
      'an unknown field',
      [write('e.json', { ...bare, claims: [] })],
      'case: unknown field "claims": remove it or correct its name',
    ],
    [
      'a missing field',
      [write('e2.json', { ...bare, participants: [{}] })],
      'participants.0.id: missing: add it (text in quotes)',
    ],
    ['a bad date', [write('f.json', { ...bare, date: '2013-02-30' })], 'date'],
    [
      'an unknown event',
      [
        write('g.json', {
          ...bare,
          participants: [{ id: 'p', events: [{ kind: 'x', date: '2013-01-01' }] }],
        }),
      ],
      'participants.0.events.0.kind',
    ],
  ])('%s: exit 2 and says where', async (_, args, text) => {
    const { code, out, err } = await run(settle, args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(text);
  });
});

describe('cumple contract', () => {
  it('check names what is not published, for all that ship', async () => {
    const { code, out } = await run(contract, ['check']);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect([code, lines.length]).toEqual([0, listContracts().length]);
    expect(lines.find((line) => line.contract === 'educate-girls-2015').notPublished).toEqual([
      'targetPayment',
    ]);
  });
  it('explain speaks Spanish, English or both', async () => {
    const es = (await run(contract, ['explain', 'cmkky-karnataka', '--lang', 'es'])).out;
    const en = (await run(contract, ['explain', 'cmkky-karnataka', '--lang', 'en'])).out;
    expect(es).toContain('Hitos y precios');
    expect(en).toContain('20 % of');
    expect((await run(contract, ['explain', 'cmkky-karnataka'])).out).toBe(es + en);
  });
  it('statement settles period after period and writes CSV and HTML that open anywhere', async () => {
    const cases = ['d2-first-instalment', 'd2-batch-of-thirty'].map((name) =>
      example('cmkky-karnataka', name),
    );
    const { code, out } = await run(contract, ['statement', ...cases, '--out', 'st']);
    expect(code).toBe(0);
    expect(JSON.parse(out).periods.map((period: { payable: string }) => period.payable)).toEqual([
      '90000.00',
      '171000.00',
    ]);
    const csv = readFileSync(join(folder, 'st', 'statement.csv'), 'utf8').split('\r\n');
    expect(csv[0]).toMatch(
      /^contract,provider,currency,date,claimed,verified,refused,earned,capped,withheld/,
    );
    expect(csv).toHaveLength(4);
    const html = readFileSync(join(folder, 'st', 'statement.html'), 'utf8');
    expect(html).toContain('Estado de cuenta');
    expect(html).toContain('171000.00');
    expect(html).not.toMatch(/<script|https?:/);
  });
  it('a statement says what is taken back, and what falls with it', async () => {
    const events = [
      { kind: 'validated', date: '2018-01-08' },
      { kind: 'certified', date: '2018-03-01' },
      { kind: 'placed', date: '2018-04-01', employer: 'mill' },
    ];
    const input = {
      contract: 'cmkky-karnataka',
      provider: 'p',
      parameters: { courseCost: '100.00' },
      participants: [{ id: 'a', events }],
    };
    const reversals = [
      { participant: 'a', milestone: 'certification', date: '2018-06-30', reason: 'forged' },
    ];
    const cases = [
      write('r1.json', { ...input, date: '2018-05-01' }),
      write('r2.json', { ...input, date: '2018-07-01', reversals }),
    ];
    expect((await run(contract, ['statement', ...cases, '--out', 'st3'])).code).toBe(0);
    const lines = readFileSync(join(folder, 'st3', 'statement-lines.csv'), 'utf8');
    expect(lines).toContain('2018-06-30,recovery,a,certification,30.00,REVERSED,');
    expect(lines).toContain('2018-06-30,recovery,a,placement,20.00,RESTED_ON,');
  });
  it('a formula or markup in a participant id stays text', async () => {
    const events = [{ kind: 'validated', date: '2018-01-08' }];
    const input = {
      contract: 'cmkky-karnataka',
      date: '2018-02-01',
      provider: 'p',
      parameters: { courseCost: '1.00' },
      participants: [
        { id: '=HYPERLINK("x")', events },
        { id: '<img src=x>', events },
      ],
    };
    await run(contract, ['statement', write('h.json', input), '--out', 'st2']);
    expect(readFileSync(join(folder, 'st2', 'statement-lines.csv'), 'utf8')).toContain(
      `"'=HYPERLINK(""x"")"`,
    );
    expect(readFileSync(join(folder, 'st2', 'statement.html'), 'utf8')).not.toContain('<img');
  });
  it.each([
    [['statement', 'x.json'], 'BAD_USAGE'],
    [['explain'], 'BAD_USAGE'],
    [['sing'], 'BAD_USAGE'],
    [['explain', 'nobody'], 'UNKNOWN_CONTRACT'],
  ])('%j: %s', async (args, code) => expect((await run(contract, args as string[])).code).toBe(code));
});
