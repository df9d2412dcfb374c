import { describe, expect, it } from 'vitest';
import { loadProgramme } from '../../../cli/commands/programme-files.ts';
import { unwrap } from '../../../domain/kernel/result.ts';
import { assessCase } from '../../../domain/transfers/assess.ts';

/** The rule of each line of a household with one member and these attributes. */
function rules(programme: string, date: string, attributes: object, more: object = {}): string[] {
  const definition = unwrap(loadProgramme(programme, '.'));
  const members = [{ id: 'A', birthDate: '1990-01-01' }];
  const household = { id: 'H', attributes, members };
  const answer = unwrap(assessCase(definition, { programme, date, household, ...more }, 'en'));
  return [...answer.lines, ...answer.arrearsLines].map(({ amount, rule }) => `${amount}: ${rule}`);
}

describe('a line is told with the values of its own month', () => {
  it('that are in force no more', () => {
    expect(rules('bolsa-familia-2011', '2012-01-10', { income_per_capita: '10.00' })).toEqual([
      '70.00: Basic benefit, each month if «Monthly income per person» ≤ BRL 70.00: BRL 70.00 a month, flat per household. [gazeta]',
    ]);
    expect(rules('bolsa-familia-2011', '2019-01-10', { income_per_capita: '10.00' })[0]).toMatch(
      /^89\.00: .*BRL 89\.00 a month/,
    );
  });
  it('that nobody published later', () => {
    const attributes = { identified_poor: true, track: 'without_coresponsibility' };
    expect(rules('prospera-2016', '2016-01-10', attributes)[0]).toMatch(/^700\.00: .*MXN 350\.00 a month/);
  });
  it('that the case fills in', () => {
    const young = {
      members: [{ id: 'A', birthDate: '1990-01-01', attributes: { in_training: true } }],
    };
    const definition = unwrap(loadProgramme('mi-primer-empleo-digno', '.'));
    const household = { id: 'H', attributes: { poor: true, area: 'urban' }, ...young };
    const programme = 'mi-primer-empleo-digno';
    const parameters = { stipend: '400.00' };
    const evidence = [{ member: 'A', kind: 'training_attended', value: true }];
    const given = { programme, date: '2012-01-10', household, parameters, evidence };
    expect(unwrap(assessCase(definition, given, 'en')).lines[0]?.rule).toMatch(/: BOB 400\.00/);
  });
  it('where it belongs to an earlier month', () => {
    const held = [{ benefit: 'basic', origin: '2014-05', amountMinor: 7000, why: 'blocked' }];
    const state = { lastPeriod: '2014-05', months: 5, status: 'active', held };
    const attributes = { income_per_capita: '10.00' };
    expect(
      rules('bolsa-familia-2011', '2014-06-10', attributes, { state, parameters: { bsp_line: '77.01' } }),
    ).toEqual([
      expect.stringMatching(/^77\.00: .*BRL 77\.00 a month/),
      expect.stringMatching(/^70\.00: .*BRL 70\.00 a month/),
    ]);
  });
});
