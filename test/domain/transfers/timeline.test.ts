import { describe, expect, it } from 'vitest';
import { month } from '../../../domain/kernel/period.ts';
import { timeline } from '../../../domain/transfers/timeline.ts';
import {
  compiled,
  condition,
  define,
  fact,
  home,
  minorOf,
  money,
  ofEach,
  pay,
  perChild,
  person,
} from './support.ts';

describe('a household over its periods', () => {
  const parts = {
    parameters: { amount: money('100.00') },
    conditions: [condition('c')],
    benefits: [perChild('each', { requires: ofEach('c') })],
  };
  const family = home([person('A'), person('B')]);
  const first = pay(compiled(parts), family, [fact('A', 'attends', true)]);
  const second = pay(
    compiled(parts, '2025-02'),
    family,
    [
      fact('A', 'attends', true, '2025-02'),
      fact('B', 'attends', true, '2025-02'),
      fact('B', 'attends', true, '2025-01'),
    ],
    { state: first.state },
  );
  const entries = timeline(
    define(parts),
    [
      { period: month('2025-02'), verdicts: second.verdicts, result: second },
      { period: month('2025-01'), verdicts: first.verdicts, result: first },
    ],
    'en',
  );

  it('comes oldest first, with what was paid, held and paid later', () =>
    expect(entries.map(({ period, payable, held, arrears }) => [period, payable, held, arrears])).toEqual([
      ['2025-01', '100.00', '100.00', '0.00'],
      ['2025-02', '200.00', '0.00', '100.00'],
    ]));
  it('tells what was not met or not known, and nothing of what was met', () => {
    expect(entries[0]?.events.map((text) => text.slice(0, 1))).toEqual(['B']);
    expect(entries[1]?.events).toMatchObject([expect.stringMatching(/^2025-01: 100\.00/)]);
  });
  it('says of which period a verdict is that an earlier one still waited for', () => {
    const third = pay(compiled(parts, '2025-02'), family, [fact('A', 'attends', true, '2025-02')], {
      state: first.state,
    });
    const [entry] = timeline(
      define(parts),
      [{ period: month('2025-02'), verdicts: third.verdicts, result: third }],
      'en',
    );
    expect(entry?.events.map((text) => text.slice(0, 11)).sort()).toEqual(['B (2025-01)', 'B — one: Th']);
  });
  it('tells failures, money of earlier periods and recoveries in sentences', () => {
    const third = pay(
      compiled(parts, '2025-03'),
      family,
      [fact('A', 'attends', false, '2025-03'), fact('B', 'attends', true, '2025-03')],
      {
        state: first.state,
        adjustments: [
          {
            id: 'R',
            kind: 'recovery',
            benefit: 'each',
            amountMinor: minorOf(2500),
            origin: month('2024-12'),
            reason: 'registry_change',
            cite: 'law',
          },
        ],
      },
    );
    const events = (lang: 'es' | 'en') =>
      timeline(
        define(parts),
        [{ period: month('2025-03'), verdicts: third.verdicts, result: third }],
        lang,
      )[0];
    expect(events('es')).toEqual({
      period: '2025-03',
      status: 'El hogar es elegible.',
      entitled: '200.00',
      payable: '100.00',
      held: '0.00',
      forfeited: '100.00',
      arrears: '0.00',
      recovered: '25.00',
      events: [
        'A — uno: no cumplió: observado no, requerido sí.',
        'B (2025-01) — uno: No hay evidencia.',
        '2024-12: -25.00 — recuperación R',
      ],
    });
    expect(events('en')?.events).toEqual([
      'A — one: not met: observed no, required yes.',
      'B (2025-01) — one: There is no evidence.',
      '2024-12: -25.00 — recovery R',
    ]);
  });
});
