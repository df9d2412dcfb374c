import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadProgramme } from '../../../cli/commands/programme-files.ts';
import { month } from '../../../domain/kernel/period.ts';
import { unwrap } from '../../../domain/kernel/result.ts';
import type { EvidenceRow, Household, Member } from '../../../domain/records/household.ts';
import { compileProgramme } from '../../../domain/transfers/compile.ts';
import { fact, pay } from './support.ts';

const data = new URL('../../../../shared/data/progresa-1998/', import.meta.url);
const rows = (file: string): string[][] =>
  readFileSync(new URL(file, data), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(','));

const PRIMARY: Record<string, number> = { 3: 70, 4: 80, 5: 105, 6: 135 };
const SECONDARY: Record<string, [boys: number, girls: number]> = {
  7: [200, 210],
  8: [210, 235],
  9: [220, 255],
};
const grant = (grade: string, sex: string): number =>
  PRIMARY[grade] ?? SECONDARY[grade]?.[sex === 'F' ? 1 : 0] ?? 0;

describe('the PROGRESA evaluation sample of autumn 1998', () => {
  it.skipIf(!existsSync(data))(
    'pays what a calculation without the engine gives (skipped where the data is absent)',
    () => {
      const programme = unwrap(
        compileProgramme(unwrap(loadProgramme('progresa-1998', '.')), month('1998-11')),
      );
      const enrolled = new Map(rows('school-enrolment.csv').map(([id, , value]) => [id, value === '1']));
      const homes = new Map<
        string,
        { home: Household; members: Member[]; evidence: EvidenceRow[]; grants: [number, number, number] }
      >();
      for (const [id, territory, poverty, treatment] of rows('households.csv')) {
        const members: Member[] = [];
        const attributes = { poverty_class: poverty!, treatment: treatment! };
        homes.set(id!, {
          home: { id: id!, territory: territory!, attributes, members },
          members,
          evidence: [],
          grants: [0, 0, 0],
        });
      }
      for (const [household, id, sex, , grade] of rows('members.csv')) {
        const at = homes.get(household!)!;
        at.members.push({
          id: id!,
          attributes: {},
          ...(sex && { sex: sex as 'F' }),
          ...(grade && { grade: Number(grade) }),
        });
        const known = enrolled.get(id!);
        if (known !== undefined) at.evidence.push(fact(id!, 'enrolled', known, '1998-11'));
        at.grants[known === undefined ? 1 : known ? 0 : 2] += grant(grade ?? '', sex ?? '');
      }
      const expected = [0, 0, 0, 0];
      const engine = [0, 0, 0, 0];
      const add = (sums: number[], values: number[]) =>
        values.forEach((value, i) => {
          sums[i]! += value;
        });
      for (const { home, evidence, grants } of homes.values()) {
        const { eligible, payableMinor, heldMinor, forfeitedMinor } = pay(programme, home, evidence);
        add(engine, [Number(eligible), payableMinor / 100, heldMinor / 100, forfeitedMinor / 100]);
        if (home.attributes.poverty_class !== 'poor' || home.attributes.treatment !== 'programme') continue;
        const two = (sum: number) => 2 * Math.min(625, 100 + sum);
        const [yes, unknown, no] = grants;
        const paid = two(yes);
        const awaited = two(yes + unknown);
        add(expected, [1, paid, awaited - paid, two(yes + unknown + no) - awaited]);
      }
      expect(engine).toEqual(expected);
      expect(engine).toEqual([7926, 3_828_640, 3_790, 659_510]);
    },
  );
});
