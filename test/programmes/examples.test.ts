import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listProgrammes, loadProgramme } from '../../cli/commands/programme-files.ts';
import { FREQUENCY_MONTHS } from '../../domain/kernel/period.ts';
import { unwrap } from '../../domain/kernel/result.ts';
import { type AssessmentAnswer, assessCase } from '../../domain/transfers/assess.ts';

type Expectation = Partial<Record<string, unknown>> & { refusal?: { code: string; at: string } };
type Step = Record<string, unknown> & {
  expect: Expectation /** Repeat the step so often, a period apart. */;
  times?: number;
};
type Example = {
  title: { es: string; en: string };
  basis: 'published' | 'derived' | 'boundary' | 'assumption';
  case: Record<string, unknown> & { date: string };
  expect: Expectation;
  then?: Step[];
  /** Sums over all periods of the example. */
  sum?: Record<'paid' | 'entitled' | 'forfeited', string>;
};

const cents = (text: string): number => Math.round(Number(text) * 100);
const addMonth = (date: string, count: number): string => {
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + count;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}${date.slice(7)}`;
};

function check(answer: AssessmentAnswer, wanted: Expectation): void {
  const { refusal: _none, ...fields } = wanted;
  expect(answer).toMatchObject(fields);
  const sum = (outcome: string) =>
    answer.lines
      .filter((line) => line.outcome === outcome)
      .reduce((total, line) => total + cents(line.amount), 0);
  expect(sum('payable')).toBe(cents(answer.payable));
  expect(sum('held')).toBe(cents(answer.held));
  expect(sum('forfeited')).toBe(cents(answer.forfeited));
  expect(cents(answer.entitled)).toBe(sum('payable') + sum('held') + sum('forfeited'));
}

for (const { id, dir } of listProgrammes()) {
  const folder = join(dir, 'examples');
  describe(id, () => {
    it('is in order and has examples', () => {
      unwrap(loadProgramme(id, '.'));
      expect(existsSync(folder) && readdirSync(folder).length).toBeTruthy();
    });
    for (const file of existsSync(folder) ? readdirSync(folder).sort() : []) {
      const example = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Example;
      it(`${file}: ${example.title.en}`, () => {
        const definition = unwrap(loadProgramme(id, '.'));
        const totals = { paid: 0, entitled: 0, forfeited: 0 };
        let state: unknown;
        let before = example.case;
        for (const [i, step] of [{ expect: example.expect } as Step, ...(example.then ?? [])].entries()) {
          const { expect: wanted, times = 1, ...changes } = step;
          for (let turn = 0; turn < times; turn++) {
            const later = turn > 0 || (i > 0 && changes.date === undefined);
            const date = later ? addMonth(before.date, FREQUENCY_MONTHS[definition.frequency]) : before.date;
            before = { ...before, date, ...(turn === 0 && changes) };
            const given = { ...before, ...(state !== undefined && { state }) };
            const answer = assessCase(definition, given, 'en');
            if (wanted.refusal) {
              expect(answer.ok, `step ${i + 1}`).toBe(false);
              if (!answer.ok) expect(answer.error).toMatchObject(wanted.refusal);
              continue;
            }
            const value = unwrap(answer);
            check(value, wanted);
            state = JSON.parse(JSON.stringify(value.state));
            for (const key of ['paid', 'entitled', 'forfeited'] as const) totals[key] += cents(value[key]);
          }
        }
        for (const [key, amount] of Object.entries(example.sum ?? {}))
          expect([key, totals[key as 'paid']]).toEqual([key, cents(amount)]);
      });
    }
  });
}
