import { describe } from 'vitest';
import type { CaseEvent } from '../../domain/records/claim-case.ts';
import {
  ageOn,
  along,
  dayOf,
  daysOf,
  decimal,
  monthsKept,
  names,
  numberOf,
  type Owed,
  part,
  pick,
  plusDays,
  plusMonths,
} from './hand.ts';

const first = (events: readonly CaseEvent[], kind: string, date: string): CaseEvent | undefined =>
  events.find((event) => event.kind === kind && event.date <= date);
const cents = (amount: unknown): number => Number(String(amount).replace('.', ''));

describe('what is paid over the settlements is what the published text says: courses and reports', () => {
  const LINES: Record<string, number> = { NP: 27_600_00, IN: 42_000_00, abroad: 90_000_00 };
  along('nepal-employment-fund-2012', 30, ['2013-03-31', '2013-08-31', '2013-12-31'], (draw) => {
    const price = pick(draw, [3_000_000, 3_333_333]);
    const [trained, placed] = pick(draw, [
      [40_00, 60_00],
      [33_33, 35_00],
      [0, 100_00],
    ] as const);
    const people = names(draw).map((id) => {
      const start = pick(draw, ['2013-01-10', '2013-02-28', '2013-05-01', '2013-05-02', '2012-12-27']);
      const end = pick(draw, [plusDays(start, 60), plusDays(start, 29), '2013-06-30', '2013-07-01']);
      const events: CaseEvent[] = [];
      if (draw(5) === 0)
        events.push(
          { kind: 'training_start', date: '2012-02-01' },
          { kind: 'training_end', date: '2012-04-30' },
        );
      if (draw(8)) events.push({ kind: 'training_start', date: start });
      if (draw(8)) events.push({ kind: 'training_end', date: end });
      const level = pick(draw, ['level1', 'elementary']);
      const country = pick(draw, ['NP', 'NP', 'NP', 'IN', 'abroad']);
      const month = country === 'NP' && level === 'elementary' ? 3_000_00 : LINES[country]! / 6;
      // One rupee's hundredth short, or another country, in one month of twenty-five; the day after the window's last one.
      for (let i = 0; i < 5 + draw(5); i++)
        events.push({
          kind: 'income',
          date: plusDays(plusMonths(end, i), draw(9) === 0 ? 1 : 0),
          amount: decimal(month - (draw(25) === 0 ? 1 : 0)),
          country: draw(25) === 0 ? 'IN' : country,
        });
      return { id, attributes: { level }, events };
    });
    return {
      parameters: {
        unitPrice: decimal(price),
        trainingShare: decimal(trained),
        outcomeShare: decimal(placed),
        gainfulIncome: '999999999.00',
      },
      people,
      owed: ({ attributes, events }, date): Owed => {
        const under = events.filter((event) => event.date >= '2012-12-27');
        const start = first(under, 'training_start', date)?.date;
        const before = first(events, 'training_start', date)?.date;
        const end = first(under, 'training_end', date)?.date;
        const begun = start ?? before;
        if (!begun || begun > '2013-05-01' || !end || end < begun || end > '2013-06-30') return {};
        const training = part(price, trained);
        const gainful = Object.entries(LINES).some(([country, line]) => {
          const elementary = country === 'NP' ? 18_000_00 : 99_999_999_900;
          const months: Record<string, number> = {};
          for (const income of events)
            if (income.kind === 'income' && income.country === country && income.date >= end)
              if (income.date <= plusMonths(end, 8) && income.date <= date)
                months[income.date.slice(0, 7)] =
                  (months[income.date.slice(0, 7)] ?? 0) + cents(income.amount);
          const best = Object.values(months)
            .sort((a, b) => b - a)
            .slice(0, 6);
          const sum = best.reduce((a, b) => a + b, 0);
          return best.length === 6 && sum >= (attributes!.level === 'elementary' ? elementary : line);
        });
        const rest = trained + placed === 100_00 ? price - training : part(price, placed);
        return { training_completed: training, ...(gainful && { gainful_employment: rest }) };
      },
    };
  });

  along('cmkky-karnataka', 30, ['2018-02-15', '2018-05-01', '2018-06-30', '2018-12-31'], (draw) => {
    const cost = pick(draw, [1_000_000, 333_333, 1]);
    return {
      parameters: { courseCost: decimal(cost) },
      people: names(draw).map((id) => {
        const start = plusDays('2018-01-01', draw(60));
        const certified = pick(draw, [plusDays(start, 80), '2018-02-28', '2018-04-30', '2018-03-31']);
        const last = plusMonths(certified, 3);
        const placed = pick(draw, [last, plusDays(last, 1), plusDays(certified, -1), certified]);
        const events: CaseEvent[] = [];
        if (draw(8)) events.push({ kind: 'validated', date: start });
        if (draw(4)) events.push({ kind: 'present_midcourse', date: plusDays(start, 45) });
        if (draw(4)) events.push({ kind: 'certified', date: certified });
        if (draw(4))
          events.push({ kind: 'placed', date: placed, ...(draw(6) === 0 && { employer: ' INSTITUTE ' }) });
        return { id, events };
      }),
      owed: ({ events }, date): Owed => {
        if (!first(events, 'validated', date)) return {};
        const certified = first(events, 'certified', date)?.date;
        const placed = first(events, 'placed', date);
        const inTime =
          certified && placed && placed.date >= certified && placed.date <= plusMonths(certified, 3);
        const [thirty, twenty] = [part(cost, 30_00), part(cost, 20_00)];
        return {
          commencement: thirty,
          ...(first(events, 'present_midcourse', date) && { midcourse: twenty }),
          ...(certified && { certification: thirty }),
          ...(inTime && !placed.employer && { placement: cost - 2 * thirty - twenty }),
        };
      },
    };
  });

  along('mi-primer-empleo-digno-icap', 30, ['2013-04-01', '2013-07-31', '2014-01-31'], (draw) => {
    const months = pick(draw, [2, 3, 6]);
    return {
      parameters: { trainingPrice: '500.00', internshipPrice: '700.01', internshipMonths: String(months) },
      people: names(draw).map((id) => {
        const trained = plusDays('2013-02-20', draw(60));
        const events: CaseEvent[] = draw(6) ? [{ kind: 'training_completed', date: trained }] : [];
        let date = plusDays(trained, pick(draw, [0, 1, -5, 10]));
        for (let i = draw(3); i > 0; i--) {
          const end = plusDays(plusMonths(plusDays(date, -1), months), -pick(draw, [0, 0, 1, 30]));
          events.push({ kind: 'internship', date, end, employer: pick(draw, ['firm', 'firm', 'institute']) });
          date = plusDays(end, pick(draw, [1, 2]));
        }
        const birthDate = pick(draw, ['1995-01-15', '1995-01-16', '1988-01-16', '1988-01-15']);
        return { id, attributes: { birthDate, enrolledOn: '2013-01-15' }, events };
      }),
      owed: ({ attributes, events }, date): Owed => {
        const age = ageOn(String(attributes!.birthDate), '2013-01-15');
        const trained = first(events, 'training_completed', date)?.date;
        if (age < 18 || age > 24 || !trained) return {};
        const real = events.filter(({ kind, employer }) => kind === 'internship' && employer === 'firm');
        const interned = monthsKept(daysOf(real, date), trained, months);
        return { training: 500_00, ...(interned && { internship: 700_01 }) };
      },
    };
  });

  along('pati-insaforp', 30, ['2013-05-15', '2013-06-30', '2013-12-31'], (draw) => {
    const price = pick(draw, [300_00, 99_99]);
    const least = pick(draw, [80_00, 85_00, 66_67]);
    return {
      parameters: {
        coursePrice: decimal(price),
        attendanceShare: '50',
        certificationShare: '25',
        insertionShare: '25',
        leastAttendance: decimal(least),
        insertionMonths: '4',
      },
      people: names(draw).map((id) => {
        const certified = plusDays('2013-04-20', draw(50));
        const last = plusMonths(certified, 4);
        const events: CaseEvent[] = Array.from({ length: 1 + draw(3) }, (_, i) => ({
          kind: 'attendance',
          date: plusDays('2013-02-01', 20 * i),
          hours: pick(draw, [79, 80, 84, 85, 100, 66]),
          scheduled: 100,
        }));
        if (draw(4)) events.push({ kind: 'certificate', date: certified });
        if (draw(4))
          events.push({
            kind: 'job',
            date: pick(draw, [last, plusDays(last, 1), certified, plusDays(certified, -1)]),
          });
        const birthDate = pick(draw, ['1997-01-15', '1997-01-16', '1950-01-01']);
        return { id, attributes: { birthDate, enrolledOn: '2013-01-15' }, events };
      }),
      owed: ({ attributes, events }, date): Owed => {
        const hours = events.filter(({ kind }) => kind === 'attendance').map((event) => Number(event.hours));
        const attended = hours.reduce((a, b) => a + b, 0) * 100 >= least * hours.length;
        if (ageOn(String(attributes!.birthDate), '2013-01-15') < 16 || !attended) return {};
        const certified = first(events, 'certificate', date)?.date;
        const job = first(events, 'job', date)?.date;
        const [half, quarter] = [part(price, 50_00), part(price, 25_00)];
        return {
          attendance: half,
          ...(certified && { certification: quarter }),
          ...(certified &&
            job &&
            job >= certified &&
            job <= plusMonths(certified, 4) && { insertion: price - half - quarter }),
        };
      },
    };
  });

  along('educate-girls-2015', 30, ['2016-07-31', '2017-07-31', '2018-07-31', '2018-12-31'], (draw) => {
    const target = pick(draw, [28_000_000, 36_000_000, 12_345_678]);
    const reports = (kind: string, field: string): CaseEvent[] =>
      Array.from({ length: draw(4) }, () => ({
        kind,
        date: plusDays('2015-05-20', draw(1_250)),
        [field]: pick(draw, ['160', '92', '79.99', '80', '0', '33.33']),
      }));
    const learning = reports('learning_report', 'achievedPct');
    const enrolment = reports('enrolment_report', 'enrolledPct');
    const latest = (list: readonly CaseEvent[], field: string, date: string): number => {
      const under = list.filter(
        (each) => each.date >= '2015-06-01' && each.date <= '2018-07-31' && each.date <= date,
      );
      return Math.round(100 * Number(under.sort((a, b) => (a.date < b.date ? -1 : 1)).at(-1)?.[field] ?? 0));
    };
    const most = { learning: 0, enrolment: 0 };
    const paid = { learning: 0, enrolment: 0 };
    return {
      parameters: { targetPayment: decimal(target) },
      people: [],
      events: [...learning, ...enrolment],
      owed: (_, date): Owed => {
        const worth = {
          learning: part(part(target, 80_00), latest(learning, 'achievedPct', date)),
          // 80 of 100 listed girls are the target; the rate is cut to hundredths of a percent.
          enrolment: part(
            part(target, 20_00),
            Math.floor((latest(enrolment, 'enrolledPct', date) * 100) / 80),
          ),
        };
        for (const kind of ['learning', 'enrolment'] as const) {
          const more = Math.max(0, worth[kind] - most[kind]);
          most[kind] += more;
          paid[kind] += Math.min(more, 42_200_000 - paid.learning - paid.enrolment);
        }
        return { ...paid };
      },
    };
  });

  const HOLIDAYS = [
    '2013-04-01 2013-04-14',
    '2013-07-22 2013-09-01',
    '2013-12-23 2014-01-05',
    '2014-04-07 2014-04-20',
  ];
  const free = (day: number): boolean =>
    HOLIDAYS.some((span) => span.slice(0, 10) <= dayOf(day) && dayOf(day) <= span.slice(11));
  along('innovation-fund', 15, ['2013-06-01', '2013-10-31', '2014-12-31'], (draw) => {
    const weeks = (kind: string): CaseEvent[] => {
      const list: CaseEvent[] = [];
      let day = numberOf('2013-02-04') + 7 * draw(20);
      for (let i = 10 + draw(12); i > 0; i--) {
        if (draw(14)) list.push({ kind, date: dayOf(day) });
        day += 7;
        while (free(day) && draw(5)) day += 7;
      }
      return list;
    };
    const thirteen = (events: readonly CaseEvent[], kind: string, date: string): boolean => {
      const days = daysOf(
        events.filter((event) => event.kind === kind),
        date,
        7,
      );
      let run = 0;
      for (let day = numberOf('2013-02-04'); day <= numberOf(date) && run < 91; day++)
        if (!free(day)) run = days.has(day) ? run + 1 : 0;
      return run >= 91;
    };
    return {
      parameters: { attendancePrice: '5000.00', behaviourPrice: '3200.00' },
      people: names(draw).map((id) => ({
        id,
        attributes: {
          birthDate: pick(draw, ['1999-01-07', '1999-01-08', '1997-01-07', '1997-01-08']),
          startedOn: '2013-01-07',
        },
        events: [...weeks('improved_attendance'), ...weeks('improved_behaviour')],
      })),
      owed: ({ attributes, events }, date): Owed => {
        const age = ageOn(String(attributes!.birthDate), '2013-01-07');
        const behaved = (age === 14 || age === 15) && thirteen(events, 'improved_behaviour', date);
        return {
          ...(thirteen(events, 'improved_attendance', date) && { attendance: 500_000 }),
          ...(behaved && { behaviour: 320_000 }),
        };
      },
    };
  });
});
