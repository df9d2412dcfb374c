import { describe, expect, it } from 'vitest';
import { seeded } from '../../../domain/kernel/random.ts';
import {
  addChange,
  noChanges,
  type Ordered,
  payeeChange,
  payeeMark,
  sortedChanges,
} from '../../../domain/transfers/changes.ts';

const compared = (...pairs: [Ordered | undefined, Ordered | undefined][]) => {
  const changes = noChanges('2025-01');
  for (const [before, now] of pairs) addChange(changes, before, now);
  return sortedChanges(changes);
};

describe('what changed since the last cycle', () => {
  it('a household that came in, one that went, one with more, one with less, one as before', () => {
    expect(
      compared(
        [undefined, ['H1', 'T2', 300]],
        [['H2', 'T1', 200], undefined],
        [
          ['H3', 'T1', 100],
          ['H3', 'T1', 150],
        ],
        [
          ['H4', 'T3', 100],
          ['H4', 'T3', 100],
        ],
        [
          ['H5', 'T1', 90],
          ['H5', 'T1', 70],
        ],
      ),
    ).toEqual({
      since: '2025-01',
      in: 1,
      inMinor: 300,
      out: 1,
      outMinor: 200,
      changed: 2,
      up: 1,
      upMinor: 50,
      down: 1,
      downMinor: 20,
      beforeMinor: 490,
      nowMinor: 620,
      differenceMinor: 130,
      territories: {
        T1: { in: 0, out: 1, differenceMinor: -170 },
        T2: { in: 1, out: 0, differenceMinor: 300 },
      },
    });
  });
  it('a household that moved is neither in nor out; its money changes territory', () => {
    const moved = compared([
      ['H1', 'T1', 100],
      ['H1', 'T2', 100],
    ]);
    expect(moved).toMatchObject({ in: 0, out: 0, changed: 0, differenceMinor: 0 });
    expect(moved.territories).toEqual({
      T1: { in: 0, out: 0, differenceMinor: -100 },
      T2: { in: 0, out: 0, differenceMinor: 100 },
    });
  });
  it('territories come in order, whatever the order of the households', () => {
    const [a, b, c] = ['A', 'B', 'C'].map((id): [undefined, Ordered] => [undefined, [`H${id}`, id, 1]]);
    for (const pairs of [
      [a!, b!, c!],
      [c!, a!, b!],
      [b!, c!, a!],
    ])
      expect(Object.keys(compared(...pairs).territories)).toEqual(['A', 'B', 'C']);
  });
  it('territories always add up to the whole', () => {
    const random = seeded(7);
    const draw = (id: number): Ordered | undefined =>
      random() < 0.3 ? undefined : [`H${id}`, `T${Math.floor(random() * 4)}`, 1 + Math.floor(random() * 9)];
    const changes = compared(
      ...Array.from({ length: 300 }, (_, id): [Ordered | undefined, Ordered | undefined] => [
        draw(id),
        draw(id),
      ]),
    );
    const sum = (name: 'in' | 'out' | 'differenceMinor') =>
      Object.values(changes.territories).reduce((total, place) => total + place[name], 0);
    expect([sum('in'), sum('out'), sum('differenceMinor')]).toEqual([
      changes.in,
      changes.out,
      changes.differenceMinor,
    ]);
    const { inMinor, outMinor, upMinor, downMinor } = changes;
    expect(changes.differenceMinor).toBe(changes.nowMinor - changes.beforeMinor);
    expect(changes.differenceMinor).toBe(inMinor - outMinor + upMinor - downMinor);
    expect(changes.changed).toBe(changes.up + changes.down);
  });
});

describe('who is paid', () => {
  const to = (number: string, creditorDocument?: string) =>
    payeeMark({
      method: 'account',
      account: { scheme: 'cci', number },
      ...(creditorDocument && { creditorDocument }),
    });
  const at = (payPoint: string) => payeeMark({ method: 'cash', payPoint, creditorDocument: 'D1' });
  const ordered = (mark?: string): Ordered =>
    mark === undefined ? ['H1', 'T', 100] : ['H1', 'T', 100, mark];
  it.each([
    ['the same account and document', to('1', 'D1'), to('1', 'D1'), undefined],
    ['another account', to('1', 'D1'), to('2', 'D1'), 'account'],
    ['another person', to('1', 'D1'), to('1', 'D2'), 'document'],
    ['both', to('1', 'D1'), to('2', 'D2'), 'account and document'],
    ['a document at last', to('1'), to('1', 'D1'), 'document'],
    ['another pay point', at('P1'), at('P2'), 'account'],
    ['from cash into an account', at('P1'), to('1', 'D1'), 'account'],
    ['a cycle that left no mark', undefined, to('1', 'D1'), undefined],
  ])('%s', (_title, before, now, expected) => {
    expect(payeeChange(ordered(before), ordered(now))).toBe(expected);
  });
  it('says nothing of who came or went, and shows no account', () => {
    expect([payeeChange(undefined, ordered(to('1'))), payeeChange(ordered(to('1')), undefined)]).toEqual([
      undefined,
      undefined,
    ]);
    expect(to('0180000004010001', '90000011')).toMatch(/^[0-9a-f]{12}\.[0-9a-f]{12}$/);
  });
});
