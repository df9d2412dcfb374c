import { expect, it } from 'vitest';
import { loadProgramme } from '../../cli/commands/programme-files.ts';
import { FREQUENCY_MONTHS } from '../../domain/kernel/period.ts';
import { seeded } from '../../domain/kernel/random.ts';
import { unwrap } from '../../domain/kernel/result.ts';
import { assessCase } from '../../domain/transfers/assess.ts';

/** What hand calculations share: people, ages, months, and a household's periods one after the other. */
export type Person = {
  id: string;
  birthDate: string;
  sex?: 'F' | 'M';
  grade?: number;
  attributes: Record<string, boolean | string | number>;
};
export type Row = { member?: string; kind: string; period: string; value: boolean | number };
/** A random whole number below `below`. */
export type Draw = (below: number) => number;

export const two = (value: number): string => String(value).padStart(2, '0');
export const sum = (list: readonly number[]): number => list.reduce((total, item) => total + item, 0);
export const drawing = (seed: number): Draw => {
  const random = seeded(seed);
  return (below) => Math.floor(random() * below);
};

/** Completed years on a day; a baby born after it has none. */
export const years = ({ birthDate }: Pick<Person, 'birthDate'>, day: string): number =>
  Math.max(
    0,
    Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (day.slice(5) < birthDate.slice(5) ? 1 : 0),
  );
/** Completed months on the first of a month. */
export const months = ({ birthDate }: Pick<Person, 'birthDate'>, month: string): number =>
  (Number(month.slice(0, 4)) - Number(birthDate.slice(0, 4))) * 12 +
  Number(month.slice(5, 7)) -
  Number(birthDate.slice(5, 7)) -
  (birthDate.slice(8) > '01' ? 1 : 0);
/** The month so many months later. */
export function later(month: string, count: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
  return `${Math.floor(index / 12)}-${two((index % 12) + 1)}`;
}

/** One period by hand: what is told of it and, in cents, what it gives. */
export type Turn = {
  evidence: Row[];
  attributes?: Record<string, unknown>;
  payable: number;
  held?: number;
  lost?: number;
  late?: number;
  steps?: string[];
};
export type Story = {
  attributes: Record<string, unknown>;
  members: Person[];
  /** Called once a period, in order. */
  turn: (month: string) => Turn;
};

const cents = (amount: string): number => Math.round(Number(amount) * 100);
const LAST_DAYS = ['31', '28', '31', '30', '31', '30', '31', '31', '30', '31', '30', '31'];

/** So many random households of a programme, each over so many periods: the engine gives what the story says. */
export function follow(
  programme: string,
  start: string,
  [households, periods]: [number, number],
  tell: (draw: Draw) => Story,
): void {
  it(`${programme} from ${start}: ${households} households over ${periods} periods, by hand`, () => {
    const definition = unwrap(loadProgramme(programme, '.'));
    const draw = drawing(20_261_130);
    for (let i = 0; i < households; i++) {
      const { attributes, members, turn } = tell(draw);
      let state: unknown;
      let month = start;
      for (let period = 0; period < periods; period++) {
        const told = turn(month);
        const household = { id: 'H', attributes: { ...attributes, ...told.attributes }, members };
        const date = `${month}-${draw(2) === 0 ? '01' : LAST_DAYS[Number(month.slice(5)) - 1]}`;
        const evidence = draw(2) === 0 ? told.evidence : [...told.evidence].reverse();
        const given = { programme, date, household, evidence, ...(state !== undefined && { state }) };
        const answer = unwrap(assessCase(definition, given));
        const { payable, held, forfeited, arrears, effects } = answer;
        const steps = effects.map(({ step, member }) => (member === undefined ? step : `${step} ${member}`));
        const found = { gives: [payable, held, forfeited, arrears].map(cents), steps };
        const { held: kept = 0, lost = 0, late = 0, steps: wanted = [] } = told;
        const right = { gives: [told.payable, kept, lost, late], steps: wanted };
        // Comparing the case too shows it where they differ, and takes most of the time where they do not.
        if (JSON.stringify(found) !== JSON.stringify(right))
          expect({ ...found, i, month, given }).toEqual({ ...right, i, month, given });
        state = JSON.parse(JSON.stringify(answer.state));
        month = later(month, FREQUENCY_MONTHS[definition.frequency]);
      }
    }
  });
}
