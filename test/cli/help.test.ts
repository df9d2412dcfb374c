import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { commands } from '../../cli/commands.ts';
import { help, helpAsked } from '../../cli/help.ts';
import { REFUSAL_IN_SPANISH, spanishOf } from '../../cli/in-spanish.ts';
import { REFUSAL_CODES, Refused } from '../../domain/kernel/result.ts';
import { SaidRefusal } from '../../functions/support/http/said.ts';
import { cumple } from './cumple.ts';

function shown(words: readonly string[]): string {
  const stderr = new PassThrough();
  expect(help(words, { stderr })).toBe(0);
  return String(stderr.read());
}

describe('help', () => {
  test.each([
    [[], []],
    [['help'], []],
    [['--help'], []],
    [['help', 'bank'], ['bank']],
    [
      ['cycle', 'run', '--help'],
      ['cycle', 'run'],
    ],
    [['-h', 'claims'], ['claims']],
    [['cycle', 'run', '--out', 'help'], undefined],
  ])('%j asks for the help of %j', (args, words) => expect(helpAsked(args)).toEqual(words));

  test('shows how a command, or all that begin with its first word, are called', () => {
    expect(shown(['audit'])).toMatch(
      /^Verifica .* \/ Verifies .*\n {2}uso \/ usage: cumple audit verify DIR/,
    );
    expect(shown(['cycle'])).toMatch(/cumple cycle run [\s\S]*cumple cycle demo/);
    expect(shown(['cycle', 'demo'])).not.toContain('cumple cycle run');
    expect(shown(['programme', 'check'])).toMatch(/cumple programme check[\s\S]*cumple programme simulate/);
    expect(shown(['bank'])).toContain('cumple bank deliver FILE...');
  });
  test('lists every command where none is meant', () => {
    for (const words of [[], ['bogus']])
      for (const [name, { summary }] of Object.entries(commands)) {
        expect(shown(words)).toContain(`  ${name.padEnd(22)} ${summary.es}\n`);
        expect(shown(words)).toContain('cumple help COMMAND');
      }
  });
  test('every command says how it is called, all of its actions included', () => {
    for (const [name, { usage }] of Object.entries(commands))
      for (const line of usage.split(/\n +/)) expect(line).toMatch(new RegExp(`^cumple ${name}\\b`));
    for (const action of ['submit', 'list', 'export', 'commit', 'draw', 'waiting', 'decide'])
      expect(commands.claims!.usage).toContain(`cumple claims ${action} `);
  });
});

describe('a refusal is said in Spanish first', () => {
  test('whatever its code', () => {
    for (const code of REFUSAL_CODES) expect(REFUSAL_IN_SPANISH[code], code).toMatch(/: .{10}/);
  });
  test('and in its own words where it has them', () => {
    const said = { es: 'no hay un contrato vigente', en: 'no contract is in force' };
    const next = { es: 'póngalo en vigor', en: 'put it in force' };
    expect(spanishOf(new SaidRefusal('UNKNOWN_CONTRACT', said, { next }))).toBe(
      'no hay un contrato vigente; póngalo en vigor',
    );
    expect(spanishOf(new Refused({ code: 'NOT_FOUND', message: 'x' }))).toBe(REFUSAL_IN_SPANISH.NOT_FOUND);
  });
  test('then with where, what and what to do next', async () => {
    const { stderr } = await cumple('bank', 'read', 'no-such-file.xml');
    expect(stderr).toMatch(/^cumple: un dato o un archivo no es como debe.*\ncumple: BAD_INPUT .*\n {2}→ /);
  });
});
