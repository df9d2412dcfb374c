import { describe, expect, it } from 'vitest';
import { loadProgramme } from '../../../cli/commands/programme-files.ts';
import { month } from '../../../domain/kernel/period.ts';
import { unwrap } from '../../../domain/kernel/result.ts';
import { channelOutOfRule, payeeOutOfOrder } from '../../../domain/transfers/anomalies.ts';
import { compileProgramme } from '../../../domain/transfers/compile.ts';
import { channelsByRule, cutOff, payeeByOrder, paymentDays } from '../../../domain/transfers/payee.ts';
import { compiled, draft, home, label, person } from './support.ts';

const chile = unwrap(
  compileProgramme(unwrap(loadProgramme('ingreso-etico-familiar', '.')), month('2025-03'), {
    unpublished: 'when_used',
  }),
);
const panama = unwrap(compileProgramme(unwrap(loadProgramme('red-de-oportunidades', '.')), month('2022-04')));
const someone = (id: string, sex: 'F' | 'M', birth: string, relationship?: string) =>
  person(id, birth, { sex, ...(relationship !== undefined && { relationship }) });

const paid = (members: ReturnType<typeof person>[], memberId?: string) => ({
  ...home(members),
  payee: { name: 'Somebody', channel: 'cash' as const, ...(memberId !== undefined && { memberId }) },
});

describe('the age of a payee', () => {
  it('may be taken at the end of the period', () => {
    const { payment } = draft() as { payment: Record<string, unknown> };
    const who = { age: { min: 18, at: 'period_end' } };
    const order = payeeByOrder(
      compiled({ frequency: 'bimonthly', payment: { ...payment, payees: [{ label, who }] } }),
    );
    const names = (birth: string) => order(home([person('A', birth)]))?.members.length ?? 0;
    expect([names('2007-02-28'), names('2007-03-01')]).toEqual([1, 0]);
  });
});

describe('who is paid', () => {
  const order = payeeByOrder(chile);
  const mother = someone('M2', 'F', '1990-01-01', 'mother');
  const head = someone('M1', 'F', '1960-01-01', 'head');
  const man = someone('M0', 'M', '1985-01-01', 'head');
  const girl = someone('C1', 'F', '2010-01-01');
  const carer = someone('Z1', 'M', '1950-01-01', 'carer');
  const woman = someone('A9', 'F', '1990-01-01');
  const rows: [string, ReturnType<typeof person>[], string[]][] = [
    ['the mother first', [man, head, mother], ['M2']],
    ['then a woman who is head', [man, head, girl], ['M1']],
    ['then a man who is head', [man, girl, woman], ['M0']],
    ['then any woman of age', [woman, carer], ['A9']],
    ['of several on one line, any', [woman, someone('B1', 'F', '1991-01-01'), carer], ['A9', 'B1']],
    ['then any man of age', [carer, girl], ['Z1']],
    ['nobody of age: nobody', [girl], []],
  ];
  it.each(rows)('%s', (_title, members, ids) => {
    expect(order(home(members))?.members.map(({ id }) => id) ?? []).toEqual(ids);
  });
  it('is an anomaly where another member stands before, and only where the roster says who is paid', () => {
    const found = (paidTo?: string) => {
      const household = paid([man, head, mother], paidTo);
      return payeeOutOfOrder(household, order(household))?.detail;
    };
    expect(found('M2')).toBeUndefined();
    expect(found('M1')).toBe('M1 is paid, the order names M2');
    expect(found()).toBeUndefined();
    expect(payeeOutOfOrder(paid([girl], 'C1'), order(paid([girl], 'C1')))).toBeUndefined();
  });
});

describe('how and when', () => {
  it('cash where access is hard, account elsewhere', () => {
    const channels = channelsByRule(panama);
    const hard = { ...paid([]), attributes: { hard_access: true } };
    expect([channels(hard), channels(paid([]))]).toEqual([['cash'], ['account']]);
    expect(channelOutOfRule(hard, channels(hard))).toBeUndefined();
    expect(channelOutOfRule(paid([]), channels(paid([])))?.detail).toBe(
      'paid by cash, the rule says account',
    );
    expect(channelOutOfRule(home([]), ['account'])).toBeUndefined();
  });
  it('either way where two lines are open to everybody', () => {
    const channels = channelsByRule(chile)(home([]));
    expect(channels).toEqual(['account', 'cash']);
    expect(channelOutOfRule(paid([]), channels)).toBeUndefined();
  });
  it('days by the last digit of the document', () => {
    const ecuador = unwrap(loadProgramme('bdh', '.'));
    expect([paymentDays(ecuador, '1712345670'), paymentDays(ecuador, '1712345671')]).toEqual([
      [10, 20, 30],
      undefined,
    ]);
  });
  it('the roster closes on the cut-off day', () => {
    expect([cutOff(chile.definition, month('2025-03')), cutOff(panama.definition, month('2022-04'))]).toEqual(
      ['2025-02-15', undefined],
    );
  });
});
