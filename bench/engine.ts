import { readFileSync } from 'node:fs';
import { type Month, month } from '../domain/kernel/period.ts';
import { seeded } from '../domain/kernel/random.ts';
import { unwrap } from '../domain/kernel/result.ts';
import type { EvidenceRow, Household, Member } from '../domain/records/household.ts';
import { parseProgramme } from '../domain/records/programme.ts';
import { compileProgramme } from '../domain/transfers/compile.ts';
import { verifyCompliance } from '../domain/transfers/compliance.ts';
import { calculateTransfers, type HouseholdState } from '../domain/transfers/entitlement.ts';

/**
 * Microseconds for one household in one period on one core: verdicts, amounts, ladders and the next state.
 * `node bench/engine.ts [households] [periods]`. Households are drawn once and kept, so that the figure is the
 * engine's and not the reader's. Time is this thread's processor time, so that neighbours do not count.
 */
type Shape = {
  readonly programme: string;
  readonly path: string;
  readonly first: Month;
  readonly household: (id: string, random: () => number) => Household;
  readonly evidence: (household: Household, at: Month, random: () => number) => EvidenceRow[];
};

const people = (id: string, random: () => number): Member[] =>
  Array.from({ length: 2 + Math.floor(random() * 4) }, (_, i) => ({
    id: `${id}-${i}`,
    birthDate:
      `${i < 2 ? 1980 + Math.floor(random() * 20) : 2008 + Math.floor(random() * 17)}-0${1 + Math.floor(random() * 9)}-15` as Member['birthDate'] &
        string,
    sex: random() < 0.5 ? 'F' : 'M',
    attributes: {},
  }));

const percent = (random: () => number): number => (random() < 0.9 ? 80 + Math.floor(random() * 20) : 50);

const SHAPES: readonly Shape[] = [
  {
    programme: 'juntos',
    path: 'pe/juntos',
    first: month('2025-01'),
    household: (id, random) => ({
      id,
      territory: '150101',
      attributes: { sisfoh: 'poor' },
      members: people(id, random),
    }),
    evidence: (household, at, random) =>
      household.members.slice(2).flatMap((member) => [
        { subject: member.id, kind: 'school_attendance', period: at, value: random() < 0.93 },
        { subject: member.id, kind: 'health_controls', period: at, value: random() < 0.95 },
      ]),
  },
  {
    programme: 'bolsa-familia-2023',
    path: 'br/bolsa-familia-2023',
    first: month('2025-06'),
    household: (id, random) => ({
      id,
      territory: '3550308',
      attributes: { income_per_capita: `${Math.floor(random() * 240)}.00`, already_receiving: true },
      members: people(id, random),
    }),
    evidence: (household, at, random) =>
      household.members.slice(2).flatMap((member) => [
        { subject: member.id, kind: 'attendance_pct', period: at, value: percent(random) },
        { subject: member.id, kind: 'health_checks', period: at, value: random() < 0.95 },
      ]),
  },
];

const NEXT: { readonly [programme: string]: number } = { juntos: 2, 'bolsa-familia-2023': 1 };
const later = (first: Month, months: number): Month => {
  const index = Number(first.slice(0, 4)) * 12 + Number(first.slice(5)) - 1 + months;
  return month(`${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`);
};

function measure(shape: Shape, count: number, periods: number): void {
  const random = seeded(7);
  const json = readFileSync(new URL(`../programmes/${shape.path}/definition.json`, import.meta.url), 'utf8');
  const definition = unwrap(parseProgramme(JSON.parse(json)));
  const households = Array.from({ length: count }, (_, i) => shape.household(`H${i}`, random));
  const states: (HouseholdState | undefined)[] = new Array(count).fill(undefined);
  const times: number[] = [];
  let payable = 0;
  for (let period = 0; period < periods; period++) {
    const at = later(shape.first, period * NEXT[shape.programme]!);
    const programme = unwrap(compileProgramme(definition, at));
    const evidence = households.map((household) => shape.evidence(household, at, random));
    const start = process.threadCpuUsage();
    for (let i = 0; i < count; i++) {
      const verdicts = verifyCompliance(programme, households[i]!, evidence[i]!, [], states[i]);
      const result = calculateTransfers(programme, households[i]!, verdicts, states[i]);
      states[i] = result.state;
      payable += result.payableMinor;
    }
    const { user, system } = process.threadCpuUsage(start);
    times.push((user + system) / count);
  }
  const figures = times.map((time) => time.toFixed(2)).join(' ');
  const median = [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
  process.stdout.write(
    `${shape.programme}: median ${median.toFixed(2)} us of one core a household-period (${count} households; by period ${figures}; payable ${payable})\n`,
  );
}

const [count = '100000', periods = '6'] = process.argv.slice(2);
for (const shape of SHAPES) measure(shape, Number(count), Number(periods));
