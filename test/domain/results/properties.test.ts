import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseEvent, CaseParticipant } from '../../../domain/records/claim-case.ts';
import { contractWith, event, parameter, person, settled } from './fixture.ts';

const cap = (id: string, scope: string, milestones?: string[]) => ({
  id,
  label: { es: id, en: id },
  scope,
  limit: id,
  ...(milestones ? { milestones } : {}),
});
const capped = contractWith(
  {
    caps: [
      cap('envelope', 'contract'),
      cap('perPerson', 'participant'),
      cap('places', 'contract', ['placement']),
    ],
    holdbacks: [{ milestones: ['placement'], share: 'share', until: 'retention', cite: 's' }],
  },
  {
    envelope: parameter('money', '1234.56'),
    perPerson: parameter('money', '333.33'),
    places: parameter('count', 3),
    share: parameter('percent', '33.33'),
  },
);
const free = contractWith();

const day = fc
  .integer({ min: 0, max: 380 })
  .map((n) => new Date(Date.UTC(2019, 11, 25 + n)).toISOString().slice(0, 10));
const span = fc.tuple(day, fc.integer({ min: 0, max: 250 })).map(([date, days]) => {
  const end = new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
  return { date, end };
});
const anyEvent: fc.Arbitrary<CaseEvent> = fc.oneof(
  day.map((date) => event('enrolled', date)),
  day.map((date) => event('certified', date)),
  fc
    .tuple(span, fc.constantFrom('mill', 'shop', 'institute'))
    .map(([{ date, end }, employer]) => event('job', date, { end, employer })),
  span.map(({ date, end }) => event('attended', date, { end })),
);
const people: fc.Arbitrary<CaseParticipant[]> = fc
  .array(fc.tuple(fc.array(anyEvent, { maxLength: 6 }), fc.constantFrom('female', 'male')), {
    minLength: 1,
    maxLength: 6,
  })
  .map((all) => all.map(([events, sex], i) => person(`p${i}`, events, { attributes: { sex } })));
const settings = { seed: 20_260_101, numRuns: 200 };

describe('whatever the claims', () => {
  it('the order of participants and events changes nothing', () => {
    fc.assert(
      fc.property(people, (participants) => {
        const turned = [...participants]
          .reverse()
          .map((p) => ({ ...p, events: [...(p.events ?? [])].reverse() }));
        expect(settled(capped, { participants: turned })).toEqual(settled(capped, { participants }));
      }),
      settings,
    );
  });
  it('no cap is exceeded, lines add up to totals, and earned = payable + withheld + capped', () => {
    fc.assert(
      fc.property(people, (participants) => {
        const { lines, totals, caps } = settled(capped, { participants });
        const allowed = (some: typeof lines) =>
          some.reduce((sum, line) => sum + line.earnedMinor - line.cappedMinor, 0);
        expect(allowed(lines)).toBeLessThanOrEqual(123_456);
        for (const { id } of participants)
          expect(allowed(lines.filter((line) => line.participant === id))).toBeLessThanOrEqual(33_333);
        expect(
          lines.filter((line) => line.milestone === 'placement' && line.cappedMinor < line.earnedMinor)
            .length,
        ).toBeLessThanOrEqual(3);
        for (const use of caps) expect(use.usedAfter).toBeLessThanOrEqual(use.limit);
        expect(lines.reduce((sum, line) => sum + line.amountMinor, 0)).toBe(totals.payable);
        expect(totals.earned).toBe(totals.payable + totals.withheld + totals.capped);
      }),
      settings,
    );
  });
  it('settling twice on the way pays what settling once at the end pays, where no cap and no clawback says otherwise', () => {
    fc.assert(
      fc.property(people, day, (participants, middle) => {
        const first = middle > '2020-12-31' ? '2020-12-31' : middle;
        const one = settled(free, { date: first, participants });
        const two = settled(free, { participants, state: one.state });
        expect(one.totals.payable + two.totals.payable).toBe(settled(free, { participants }).totals.payable);
        expect(two.state.payable).toBe(one.totals.payable + two.totals.payable);
      }),
      settings,
    );
  });
  it('one more enrolment never lowers the total', () => {
    fc.assert(
      fc.property(people, day, (participants, date) => {
        const more = [...participants, person('q', [event('enrolled', date)])];
        for (const contract of [free, capped])
          expect(settled(contract, { participants: more }).totals.earned).toBeGreaterThanOrEqual(
            settled(contract, { participants }).totals.earned,
          );
        expect(settled(free, { participants: more }).totals.payable).toBeGreaterThanOrEqual(
          settled(free, { participants }).totals.payable,
        );
      }),
      settings,
    );
  });
  it('a third settlement with nothing new pays nothing', () => {
    fc.assert(
      fc.property(people, (participants) => {
        const one = settled(capped, { participants });
        const two = settled(capped, { participants, state: one.state });
        expect(two.totals.earned).toBe(two.totals.capped);
        expect(two.totals.payable).toBe(0);
      }),
      settings,
    );
  });
});
