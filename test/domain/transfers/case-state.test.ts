import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../domain/kernel/result.ts';
import { parseProgramme } from '../../../domain/records/programme.ts';
import { assessCase } from '../../../domain/transfers/assess.ts';
import { adjustment, assess, good, held, state } from './a-case.ts';
import { draft } from './support.ts';

describe('a state or an adjustment that was cut or edited is refused with its path, never a wrong amount', () => {
  const rows: [name: string, change: Record<string, unknown>, at: string, message: string | RegExp][] = [
    ['a state whose held money is a text', state({ held: 'x' }), 'state.held', /\S/],
    ['held money without an amount', held({ amountMinor: undefined }), 'state.held[0].amountMinor', /\S/],
    ['held money of half a cent', held({ amountMinor: 1.5 }), 'state.held[0].amountMinor', /\S/],
    ['held money of nothing', held({ amountMinor: 0 }), 'state.held[0].amountMinor', /\S/],
    [
      'held money of another programme',
      held({ benefit: 'zzz' }),
      'state.held[0].benefit',
      'test has no benefit "zzz"; it has grant, other',
    ],
    [
      'held money that waits for no condition',
      held({ waitsFor: [{ subject: 'C', period: '2025-01' }] }),
      'state.held[0].waitsFor[0].condition',
      /\S/,
    ],
    [
      'a recovery of another programme',
      state({ recoveries: [{ ...adjustment, benefit: 'zzz' }] }),
      'state.recoveries[0].benefit',
      'test has no benefit "zzz"; it has grant, other',
    ],
    [
      'an adjustment of another programme',
      { adjustments: [{ ...adjustment, benefit: 'zzz' }] },
      'adjustments[0].benefit',
      'test has no benefit "zzz"; it has grant, other',
    ],
    [
      'an adjustment of nothing',
      { adjustments: [{ ...adjustment, amountMinor: 0 }] },
      'adjustments[0].amountMinor',
      /\S/,
    ],
    ['an adjustment without a name', { adjustments: [{ ...adjustment, id: '' }] }, 'adjustments[0].id', /\S/],
    ['a ladder that is a number', state({ ladders: { x: 1 } }), 'state.ladders.x', /\S/],
    [
      'a ladder without its step',
      state({ ladders: { x: { lastEffect: '2025-01', pending: 0 } } }),
      'state.ladders.x.step',
      /\S/,
    ],
    ['a count that is a text', state({ counts: { grant: 'x' } }), 'state.counts.grant', /\S/],
    ['a status that does not exist', state({ status: 'zz' }), 'state.status', /\S/],
    ['an adjustment without anything', { adjustments: [{ kind: 'arrears' }] }, 'adjustments[0].id', /\S/],
    ['an adjustment that is a text', { adjustments: ['x'] }, 'adjustments[0]', /\S/],
  ];
  for (const [name, change, at, message] of rows)
    it(name, () => {
      const answer = assess(change);
      expect(answer).toMatchObject({ ok: false, error: { code: 'BAD_INPUT', at } });
      const said = answer.ok ? '' : answer.error.message.split('\n')[0]!.slice(at.length);
      if (typeof message === 'string') expect(said).toBe(`: ${message}`);
      else expect(said).toMatch(message);
    });
  it('the state of a period that this programme does not have', () => {
    const bimonthly = unwrap(parseProgramme(draft({ frequency: 'bimonthly' })));
    const answer = assessCase(bimonthly, {
      ...good,
      evidence: [],
      parameters: {},
      date: '2025-03-10',
      ...state({ lastPeriod: '2025-02' }),
    });
    expect(answer).toMatchObject({
      ok: false,
      error: {
        code: 'BAD_INPUT',
        at: 'state.lastPeriod',
        message:
          'state.lastPeriod: 2025-02 is no period of test, which pays bimonthly: that one starts 2025-01',
      },
    });
  });
});
