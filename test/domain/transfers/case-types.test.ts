import { describe, expect, it } from 'vitest';
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
    ['rooms', '3', false],
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
    ['pct', '80', false],
    ['visits', 0, true],
    ['visits', -1, false],
    ['visits', '2', false],
    ['level', 'b', true],
    ['level', 4, false],
    ['attends', true, true],
  ];
  for (const [kind, value, accepted] of rows)
    it(`${kind} ${JSON.stringify(value)} is ${accepted ? 'read' : 'refused'}`, () =>
      expect(refusedAt(answer({}, { evidence: [{ member: 'A', kind, period: '2025-01', value }] }))).toBe(
        accepted ? undefined : 'evidence[0].value',
      ));
  it('a member who is there twice is refused', () =>
    expect(refusedAt(answer({ members: [{ id: 'A' }, { id: 'A' }] }))).toBe('household.members[1].id'));
});
