import { describe, expect, it } from 'vitest';
import { loadProgramme } from '../../../cli/commands/programme-files.ts';
import { unwrap } from '../../../domain/kernel/result.ts';
import { parseProgramme } from '../../../domain/records/programme.ts';
import { assessCase } from '../../../domain/transfers/assess.ts';
import { draft, label } from './support.ts';

const definition = unwrap(
  parseProgramme(
    draft({
      attributes: {
        income: { of: 'household', type: 'money', label },
        rooms: { of: 'household', type: 'number', label },
        off: { of: 'household', type: 'boolean', label },
        zone: { of: 'household', type: 'text', label, values: ['urban', 'rural'] },
        name: { of: 'household', type: 'text', label },
        entry: { of: 'household', type: 'month', label },
        wage: { of: 'member', type: 'money', label },
      },
    }),
  ),
);
const answer = (household: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  assessCase(
    definition,
    {
      programme: 'test',
      date: '2025-01-15',
      household: { id: 'H1', members: [{ id: 'A' }], ...household },
      ...more,
    },
    'en',
  );
/** Where a case is refused; undefined where it is not. */
const refusedAt = (result: ReturnType<typeof answer>): string | undefined =>
  result.ok ? undefined : result.error.at;

describe('a case: the type of an attribute', () => {
  const rows: [attribute: string, value: unknown, accepted: boolean][] = [
    ['income', '218.00', true],
    ['income', 218, true],
    ['income', 'much', false],
    ['income', true, false],
    ['rooms', 3, true],
    ['rooms', '3', true],
    ['rooms', '3.5', true],
    ['rooms', '', false],
    ['rooms', '3 ', false],
    ['rooms', '1e2', false],
    ['rooms', true, false],
    ['off', false, true],
    ['off', 'false', false],
    ['off', 0, false],
    ['zone', 'rural', true],
    ['zone', 'lunar', false],
    ['name', 'Ana', true],
    ['name', 7, false],
    ['entry', '2024-05', true],
    ['entry', '2024-05-03', true],
    ['entry', '2024-13', false],
    ['entry', 202405, false],
  ];
  for (const [name, value, accepted] of rows)
    it(`${name} ${JSON.stringify(value)} is ${accepted ? 'read' : 'refused'}`, () =>
      expect(refusedAt(answer({ attributes: { [name]: value } }))).toBe(
        accepted ? undefined : `household.attributes.${name}`,
      ));
  it('an attribute of members stands at no household, and the refusal names only those that do', () => {
    const result = answer({ attributes: { wage: 1 } });
    expect(refusedAt(result)).toBe('household.attributes.wage');
    expect(result.ok ? '' : result.error.message).toMatch(/it has income, rooms, off, zone, name, entry$/);
  });
});

describe('a case: the type of evidence', () => {
  const rows: [kind: string, value: unknown, accepted: boolean][] = [
    ['pct', 0, true],
    ['pct', 100, true],
    ['pct', 100.5, false],
    ['pct', -1, false],
    ['pct', '80', true],
    ['pct', '84.9', true],
    ['pct', '100.5', false],
    ['pct', '-1', false],
    ['pct', true, false],
    ['visits', 0, true],
    ['visits', -1, false],
    ['visits', '2', true],
    ['visits', 'two', false],
    ['level', 'b', true],
    ['level', 4, false],
    ['attends', true, true],
  ];
  for (const [kind, value, accepted] of rows)
    it(`${kind} ${JSON.stringify(value)} is ${accepted ? 'read' : 'refused'}`, () =>
      expect(refusedAt(answer({}, { evidence: [{ member: 'A', kind, period: '2025-01', value }] }))).toBe(
        accepted ? undefined : 'evidence[0].value',
      ));
  it('a number written as a decimal string counts as that number', () => {
    const programme = unwrap(loadProgramme('familias-en-accion', '.'));
    const pay = (text: (value: number) => number | string, attended: number) => {
      const [members, period] = [[{ id: 'C', grade: 3, attributes: { failed_years: text(2) } }], '2021-02'];
      const household = {
        id: 'H',
        attributes: { population: 'sisben', territorial_group: text(4) },
        members,
      };
      const row = { member: 'C', kind: 'attendance_pct', period, value: text(attended) };
      const evidence = [row, { ...row, value: attended }];
      const given = { programme: 'familias-en-accion', date: '2021-07-31', household, evidence };
      return unwrap(assessCase(programme, given, 'en'));
    };
    for (const attended of [79.9, 80]) expect(pay(String, attended)).toEqual(pay((value) => value, attended));
    expect([pay(String, 79.9).payable, pay(String, 80).payable]).toEqual(['0.00', '26750.00']);
  });
  it('a member who is there twice is refused', () =>
    expect(refusedAt(answer({ members: [{ id: 'A' }, { id: 'A' }] }))).toBe('household.members[1].id'));
});
