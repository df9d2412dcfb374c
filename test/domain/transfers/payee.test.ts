import { describe, expect, it } from 'vitest';
import { loadProgramme } from '../../../cli/commands/programme-files.ts';
import { month } from '../../../domain/kernel/period.ts';
import { unwrap } from '../../../domain/kernel/result.ts';
import { compileProgramme } from '../../../domain/transfers/compile.ts';
import { chooseChannel, choosePayee, cutOff, paymentDays } from '../../../domain/transfers/payee.ts';
import { compiled, draft, home, label, person } from './support.ts';

const chile = unwrap(
  compileProgramme(unwrap(loadProgramme('ingreso-etico-familiar', '.')), month('2025-03'), {
    unpublished: 'when_used',
  }),
);
const panama = unwrap(compileProgramme(unwrap(loadProgramme('red-de-oportunidades', '.')), month('2022-04')));
const someone = (id: string, sex: 'F' | 'M', birth: string, relationship?: string) =>
  person(id, birth, { sex, ...(relationship !== undefined && { relationship }) });

describe('who is paid', () => {
  const choose = choosePayee(chile);
  const mother = someone('M2', 'F', '1990-01-01', 'mother');
  const head = someone('M1', 'F', '1960-01-01', 'head');
  const man = someone('M0', 'M', '1985-01-01', 'head');
  const girl = someone('C1', 'F', '2010-01-01');
  const carer = someone('Z1', 'M', '1950-01-01', 'carer');
  const rows: [string, ReturnType<typeof person>[], string | undefined][] = [
    ['the mother first', [man, head, mother], 'M2'],
    ['then a woman who is head', [man, head, girl], 'M1'],
    ['then a man who is head', [man, girl, someone('A9', 'F', '1990-01-01')], 'M0'],
    ['then any woman of age', [someone('A9', 'F', '1990-01-01'), carer], 'A9'],
    ['then any man of age', [carer, girl], 'Z1'],
    ['nobody of age: nobody', [girl], undefined],
  ];
  for (const [name, members, id] of rows)
    it(name, () => {
      expect(choose(home(members))?.member.id).toBe(id);
      expect(choose(home([...members].reverse()))?.member.id).toBe(id);
    });
  it('of several who fit the same line the lowest id, whatever the order of the roster', () => {
    const { payment } = draft() as { payment: Record<string, unknown> };
    const programme = compiled({ payment: { ...payment, payees: [{ label, who: { age: { min: 18 } } }] } });
    const members = [person('Z', '1990-01-01'), person('B', '1990-01-01'), person('C', '1990-01-01')];
    expect(choosePayee(programme)(home(members))?.member.id).toBe('B');
  });
});

describe('how and when', () => {
  it('cash where access is hard, account elsewhere', () => {
    const channel = chooseChannel(panama);
    expect([channel(home([], { hard_access: true })), channel(home([]))]).toEqual(['cash', 'account']);
  });
  it('days by the last digit of the document', () => {
    const ecuador = unwrap(loadProgramme('bdh', '.'));
    expect([paymentDays(ecuador, '1712345670'), paymentDays(ecuador, '1712345671')]).toEqual([
      [10, 20, 30],
      undefined,
    ]);
  });
  it('the roster closes on the cut-off day', () => {
    expect([cutOff(chile.definition, month('2025-02')), cutOff(panama.definition, month('2022-03'))]).toEqual(
      ['2025-02-15', undefined],
    );
  });
});
