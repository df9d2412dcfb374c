import { describe, expect, it } from 'vitest';
import { loadProgramme } from '../../cli/commands/programme-files.ts';
import { FREQUENCY_MONTHS } from '../../domain/kernel/period.ts';
import { unwrap } from '../../domain/kernel/result.ts';
import type { ProgrammeDefinition } from '../../domain/records/programme.ts';
import { type AssessmentAnswer, assessCase } from '../../domain/transfers/assess.ts';

const COLUMNS = ['what', 'date', 'household', 'members', 'evidence', 'gives'] as const;
type Row = Record<(typeof COLUMNS)[number], string>;

/**
 * Rows of a text table. An empty cell repeats the one above, `-` is nothing. A date of `+` is the next period, with
 * the state of the row above, `+3` the next three alike; any other date starts anew.
 */
function rowsOf(text: string): Row[] {
  let above = {} as Row;
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const cells = line.split('|').map((cell) => cell.trim());
      expect(cells, line).toHaveLength(COLUMNS.length);
      const row = Object.fromEntries(COLUMNS.map((name, i) => [name, cells[i] || above[name]])) as Row;
      above = row;
      return row;
    });
}

const words = (cell: string, separator: RegExp | string): string[] =>
  cell === '-' ? [] : cell.split(separator).map((part) => part.trim());

/** `income=70.00 rural`: attributes by name, of the types that the definition declares. */
function attributesOf(definition: ProgrammeDefinition, tokens: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    tokens.map((token) => {
      const [name = '', value] = token.split('=');
      const type = definition.attributes[name]?.type;
      if (value === undefined) return [name, true];
      return [name, type === 'number' ? Number(value) : type === 'boolean' ? value === 'yes' : value];
    }),
  );
}

/** `C1 2014-05-01 F g3 ~mother pregnant wage=5.00`: id, birth date, sex, grade, relationship, attributes. */
function memberOf(definition: ProgrammeDefinition, text: string): Record<string, unknown> {
  const [id, ...tokens] = text.split(/\s+/);
  const member: Record<string, unknown> = { id };
  const rest: string[] = [];
  for (const token of tokens)
    if (/^\d{4}-\d\d-\d\d$/.test(token)) member.birthDate = token;
    else if (token === 'F' || token === 'M') member.sex = token;
    else if (/^g\d+$/.test(token)) member.grade = Number(token.slice(1));
    else if (token.startsWith('~')) member.relationship = token.slice(1);
    else rest.push(token);
  return { ...member, attributes: attributesOf(definition, rest) };
}

/** `C1 attends no -5`: whom it is about (`home` for the household), kind, value; its month, counted from the row's. */
function evidenceOf(definition: ProgrammeDefinition, text: string, date: string): Record<string, unknown> {
  const [who, kind = '', value = '', month = '0'] = text.split(/\s+/);
  const period = /^[-+]?\d+$/.test(month) ? next(date, Number(month)).slice(0, 7) : month;
  const type = definition.evidence[kind]?.type;
  const plain = type === 'boolean' ? value === 'yes' : type === 'text' ? value : Number(value);
  return { ...(who !== 'home' && { member: who }), kind, value: plain, period };
}

const next = (date: string, months: number): string => {
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}${date.slice(7)}`;
};

/** `70.00 held=5.00 C1=30.00`: payable, and what else is named; by a member's id, what is payable for that member. */
function check(answer: AssessmentAnswer, gives: string, what: string): void {
  const [payable, ...more] = gives.split(/\s+/);
  const read: Record<string, string> = {
    held: answer.held,
    lost: answer.forfeited,
    late: answer.arrears,
    step: answer.effects.map(({ step }) => step).join('+') || '-',
    status: String(answer.state.status),
  };
  const ofMember = (id: string): string =>
    answer.lines
      .filter(({ member, outcome }) => member === id && outcome === 'payable')
      .map(({ amount }) => amount)
      .join('+');
  const found = more
    .map((token) => token.slice(0, token.indexOf('=')))
    .map((name) => `${name}=${read[name] ?? ofMember(name)}`);
  expect([what, answer.payable, ...found]).toEqual([what, payable, ...more]);
}

/**
 * Cases of a shipped programme, one a row; rows that follow each other by `+` are one test. `#stipend=10.00` among the
 * household's attributes fills in a value that nobody published.
 */
export function cases(programme: string, text: string): void {
  const groups: Row[][] = [];
  for (const row of rowsOf(text))
    if (row.date.startsWith('+'))
      for (let turn = 0; turn < Number(row.date.slice(1) || 1); turn++) groups.at(-1)!.push(row);
    else groups.push([row]);
  describe(programme, () => {
    for (const rows of groups)
      it([...new Set(rows.map(({ what }) => what))].join(', then '), () => {
        const definition = unwrap(loadProgramme(programme, '.'));
        let state: unknown;
        let date = '';
        for (const row of rows) {
          date = row.date.startsWith('+') ? next(date, FREQUENCY_MONTHS[definition.frequency]) : row.date;
          const tokens = words(row.household, /\s+/);
          const fill = tokens
            .filter((token) => token.startsWith('#'))
            .map((token) => token.slice(1).split('='));
          const answer = assessCase(
            definition,
            {
              programme,
              date,
              household: {
                id: 'H1',
                territory: 'T1',
                attributes: attributesOf(
                  definition,
                  tokens.filter((token) => !token.startsWith('#')),
                ),
                members: words(row.members, ';').map((member) => memberOf(definition, member)),
              },
              parameters: Object.fromEntries(fill),
              evidence: words(row.evidence, ';').map((fact) => evidenceOf(definition, fact, date)),
              ...(state !== undefined && { state }),
            },
            'en',
          );
          if (row.gives.startsWith('needs ')) {
            expect([row.what, answer.ok || answer.error.at]).toEqual([row.what, row.gives.slice(6)]);
            continue;
          }
          const value = unwrap(answer);
          check(value, row.gives, row.what);
          state = JSON.parse(JSON.stringify(value.state));
        }
      });
  });
}
