import { describe, expect, it } from 'vitest';
import { RegistrationSchema } from '../../../domain/records/claim.ts';
import { SettlementCaseSchema } from '../../../domain/records/claim-case.ts';

const pathsOf = (participant: object, more: object = {}): string[] => {
  const parsed = SettlementCaseSchema.safeParse({
    contract: 'c',
    date: '2020-01-31',
    provider: 'institute',
    participants: [participant],
    ...more,
  });
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'));
};

describe('names that every object has are no ids: a record would already hold something under them', () => {
  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('%s', (name) => {
    expect(pathsOf({ id: name })).toEqual(['participants.0.id']);
    const event = { kind: 'job', date: '2020-01-01' };
    expect(pathsOf({ id: 'p', events: [{ ...event, document: name }] })).toEqual([
      'participants.0.events.0.document',
    ]);
    expect(pathsOf({ id: 'p', events: [{ ...event, kind: name }] })).toEqual([
      'participants.0.events.0.kind',
    ]);
    expect(RegistrationSchema.safeParse({ contract: 'c', id: name }).success).toBe(false);
  });
  it('nor of parameters', () =>
    expect(pathsOf({ id: 'p' }, { parameters: { constructor: '1' } })).toEqual(['parameters.constructor']));
  it('as the id of a stratum, whose sample would pass for judged before', () =>
    expect(pathsOf({ id: 'p' }, { verification: { strata: [{ id: 'constructor', sampled: [] }] } })).toEqual([
      'verification.strata.0.id',
    ]));
});

it.each([
  ['p1', true],
  ['José 1', true],
  ['a|b', true],
  ['p1 ', false],
  [' p1', false],
  ['p\u00001', false],
  ['', false],
  ['x'.repeat(65), false],
])('a person is not two people by a blank: %j', (id, good) =>
  expect(pathsOf({ id }).length === 0).toBe(good),
);
