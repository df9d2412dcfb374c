import { describe, expect, it } from 'vitest';
import { loadProgramme } from '../../cli/commands/programme-files.ts';
import { addMonths, type Month, month } from '../../domain/kernel/period.ts';
import { unwrap } from '../../domain/kernel/result.ts';
import { recertificationDue } from '../../domain/transfers/anomalies.ts';
import { collectionWindow } from '../../domain/transfers/collection.ts';
import { compileProgramme } from '../../domain/transfers/compile.ts';

describe('how old a registry record may be', () => {
  const rows: [programme: string, attribute: string, period: string, months: number][] = [
    ['bolsa-familia-2023', 'certified_month', '2025-01', 24],
    ['comunidades-solidarias', 'census_month', '2019-01', 120],
  ];
  for (const [id, attribute, period, months] of rows)
    it(`${id}: ${months} months`, () => {
      const definition = unwrap(loadProgramme(id, '.'));
      const due = (age: number) =>
        recertificationDue(
          definition,
          {
            id: 'H1',
            territory: 'T1',
            members: [],
            attributes: { [attribute]: addMonths(month(period), -age) },
          },
          month(period),
        ) !== undefined;
      expect([due(months), due(months + 1)]).toEqual([false, true]);
    });
});

describe('how long a payment waits to be collected', () => {
  const rows: [programme: string, period: string, window: object | undefined][] = [
    ['bolsa-familia-2011', '2014-05', { days: 90 }],
    ['ingreso-etico-familiar', '2025-05', { months: 6 }],
    ['juntos', '2025-01', undefined],
  ];
  for (const [id, period, window] of rows)
    it(`${id}: ${JSON.stringify(window) ?? 'without end'}`, () => {
      const definition = unwrap(loadProgramme(id, '.'));
      const programme = unwrap(compileProgramme(definition, period as Month, { unpublished: 'when_used' }));
      expect(collectionWindow(definition, programme.values)).toEqual(window);
    });
});
