import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../domain/kernel/result.ts';
import { parseProgramme } from '../../../domain/records/programme.ts';
import { assessCase } from '../../../domain/transfers/assess.ts';
import { assess, child, definition, fact, family, good } from './a-case.ts';
import { draft, label } from './support.ts';

describe('a bad case is refused with its path and what was expected, never paid wrongly and never a bug', () => {
  const exemption = { condition: 'school', kind: 'health', from: '2025-02', until: '2025-02' };
  const second = { ...child, id: 'D' };
  type Row = [name: string, change: Record<string, unknown>, at: string, message: string | RegExp];
  const rows: Row[] = [
    [
      'yes/no evidence that is a word',
      fact({ value: 'maybe' }),
      'evidence[0].value',
      'must be boolean: true or false',
    ],
    [
      'yes/no evidence that is a number',
      fact({ value: 42 }),
      'evidence[0].value',
      'must be boolean: true or false',
    ],
    [
      'evidence of no kind',
      fact({ kind: 'visits' }),
      'evidence[0].kind',
      'test has no evidence "visits"; it has attends, collects',
    ],
    ...['constructor', '__proto__'].map(
      (kind): Row => [
        `evidence of a kind that is the language's word ${kind}`,
        fact({ kind }),
        'evidence[0].kind',
        `test has no evidence "${kind}"; it has attends, collects`,
      ],
    ),
    [
      'evidence about a member without one',
      fact({ member: undefined }),
      'evidence[0].member',
      'missing: "attends" is evidence about a member',
    ],
    [
      'evidence about the household for a member',
      fact({ kind: 'collects' }),
      'evidence[0].member',
      '"collects" is evidence about the household: leave it out',
    ],
    ['evidence about nobody known', fact({ member: 'X' }), 'evidence[0].member', 'there is no member "X"'],
    ['evidence of no month', fact({ period: '2025-13' }), 'evidence[0].period', 'a month, YYYY-MM'],
    ['a date that is none', { date: '2025-02-30' }, 'date', 'a day, YYYY-MM-DD'],
    [
      'an attribute of nobody',
      family({ attributes: { wealth: 1 } }),
      'household.attributes.wealth',
      'test has no household attribute "wealth"; it has income, off',
    ],
    [
      'an attribute of households on a member',
      family({ members: [{ ...child, attributes: { income: 1 } }] }),
      'household.members[0].attributes.income',
      'test has no member attribute "income"; it has wage',
    ],
    [
      'an attribute of members of another type',
      family({ members: [{ ...child, attributes: { wage: true } }] }),
      'household.members[0].attributes.wage',
      'must be money: an amount that is not negative, such as "218.00"',
    ],
    [
      'born after the period',
      family({ members: [{ ...child, birthDate: '2025-03-01' }] }),
      'household.members[0].birthDate',
      '2025-03-01 is after the period, which ends 2025-02-28',
    ],
    [
      'a member who is there twice',
      family({ members: [child, second, second] }),
      'household.members[2].id',
      '"D" is there twice',
    ],
    [
      'a member named as the household',
      family({ members: [{ ...child, id: 'H' }] }),
      'household.members[0].id',
      '"H" is the household\'s id too',
    ],
    ['a member without a name', family({ members: [{ ...child, id: '' }] }), 'household.members[0].id', /\S/],
    ['a household without a name', family({ id: '' }), 'household.id', /\S/],
    ['half a grade', family({ members: [{ ...child, grade: 4.5 }] }), 'household.members[0].grade', /\S/],
    [
      'a grade below nothing',
      family({ members: [{ ...child, grade: -1 }] }),
      'household.members[0].grade',
      /\S/,
    ],
    [
      'income below nothing',
      family({ attributes: { income: '-5' } }),
      'household.attributes.income',
      'must be money: an amount that is not negative, such as "218.00"',
    ],
    [
      'income as a number below nothing',
      family({ attributes: { income: -5 } }),
      'household.attributes.income',
      'must be money: an amount that is not negative, such as "218.00"',
    ],
    [
      'income with a letter after it',
      family({ attributes: { income: '5x' } }),
      'household.attributes.income',
      'must be money: an amount that is not negative, such as "218.00"',
    ],
    [
      'income beyond what money can count',
      family({ attributes: { income: 1e12 } }),
      'household.attributes.income',
      'must be money: an amount that is not negative, such as "218.00"',
    ],
    [
      'a filled value that is no amount',
      { parameters: { amount: 'abc' } },
      'parameters.amount',
      'must be an amount in PEN, not negative',
    ],
    [
      'a filled value below nothing',
      { parameters: { amount: '-5.00' } },
      'parameters.amount',
      'must be an amount in PEN, not negative',
    ],
    [
      'a filled value with a third of a cent',
      { parameters: { amount: '1.005' } },
      'parameters.amount',
      'must be an amount in PEN, not negative',
    ],
    [
      'a filled share above the whole',
      { parameters: { open: 101 } },
      'parameters.open',
      'must be percent, not negative',
    ],
    [
      'a filled share that is empty',
      { parameters: { open: '' } },
      'parameters.open',
      'must be percent, not negative',
    ],
    [
      'a filled share below nothing',
      { parameters: { open: -1 } },
      'parameters.open',
      'must be percent, not negative',
    ],
    [
      'a value that was published',
      { parameters: { least: 85 } },
      'parameters.least',
      '"least" was published: a case fills in only what was not',
    ],
    [
      'a table that was published',
      { parameters: { table: 85 } },
      'parameters.table',
      '"table" was published: a case fills in only what was not',
    ],
    [
      'a value of nothing known',
      { parameters: { most: 1 } },
      'parameters.most',
      'there is no parameter "most"',
    ],
    [
      'an exemption from no condition',
      { exemptions: [{ ...exemption, condition: 'scool' }] },
      'exemptions[0].condition',
      'test has no condition "scool"; it has school, health',
    ],
    [
      'an exemption of nobody known',
      { exemptions: [{ ...exemption, member: 'X' }] },
      'exemptions[0].member',
      'there is no member "X"',
    ],
    [
      'an exemption that ends before it starts',
      { exemptions: [{ ...exemption, from: '2025-03' }] },
      'exemptions[0].until',
      '2025-02 is before 2025-03',
    ],
  ];
  for (const [name, change, at, message] of rows)
    it(name, () => {
      const answer = assess(change);
      expect(answer).toMatchObject({ ok: false, error: { code: 'BAD_INPUT', at } });
      const said = answer.ok ? '' : answer.error.message.split('\n')[0]!.slice(at.length);
      if (typeof message === 'string') expect(said).toBe(`: ${message}`);
      else expect(said).toMatch(message);
    });
  it('all at once, with what to do next', () => {
    const answer = assess({ ...fact({ member: 'X' }), parameters: { most: 1 } });
    expect(answer).toMatchObject({
      error: {
        at: 'evidence[0].member',
        message: 'evidence[0].member: there is no member "X"\nparameters.most: there is no parameter "most"',
        next: 'Correct the case; "cumple programme explain" lists attributes and kinds of evidence.',
      },
    });
  });
  it('a case that is no object', () =>
    expect(assessCase(definition, 'x')).toMatchObject({
      ok: false,
      error: { code: 'BAD_INPUT', at: 'case' },
    }));
  it('a programme that has no evidence, no condition and no attribute says so', () => {
    const bare = unwrap(
      parseProgramme(
        draft({
          evidence: {},
          attributes: {},
          eligibility: { label, cite: 'law', rule: { everyHousehold: true } },
        }),
      ),
    );
    const answer = assessCase(bare, {
      ...good,
      parameters: {},
      exemptions: [{ ...exemption, member: undefined }],
    });
    expect(answer.ok ? '' : answer.error.message).toBe(
      [
        'household.attributes.income: test has no household attribute "income"; it has none',
        'evidence[0].kind: test has no evidence "attends"; it has none',
        'exemptions[0].condition: test has no condition "school"; it has none',
      ].join('\n'),
    );
  });
});
