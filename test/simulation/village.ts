import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addMonths, month } from '../../domain/kernel/period.ts';
import { cciOf } from '../../local/generate/draw.ts';
import { cumple } from '../cli/cumple.ts';

/** The two months of a period of JUNTOS. */
export const monthsOf = (period: string): readonly string[] => [period, addMonths(month(period), 1)];

/**
 * Writes a roster of poor JUNTOS households, a mother and a child at school each, and the school's evidence of the
 * period's months: `said` answers what it says of a household's child, null for nothing. The accounts go by the order
 * in `people`, so that a household that is away keeps its own. Answers the folder.
 */
export function writeVillage(
  dir: string,
  period: string,
  people: readonly string[],
  {
    here = () => true,
    said = () => true,
  }: { here?: (id: string) => boolean; said?: (id: string) => boolean | null } = {},
): string {
  mkdirSync(dir, { recursive: true });
  const file = (name: string, header: string, rows: readonly string[]) =>
    writeFileSync(join(dir, name), `${[header, ...rows].join('\n')}\n`);
  const ids = people.filter(here);
  file(
    'households.csv',
    'household_id,territory,sisfoh,payee_name,payee_document,payee_member_id,payee_channel,payee_account,payee_pay_point',
    ids.map((id) => `${id},Aldea,poor,Madre de ${id},,,account,${cciOf(people.indexOf(id) + 1, false)},`),
  );
  file(
    'members.csv',
    'household_id,member_id,birth_date,sex,grade,relationship',
    ids.flatMap((id) => [`${id},${id}-M,1988-02-03,F,,mother`, `${id},${id}-C,2014-05-06,M,5,son`]),
  );
  file(
    'evidence.csv',
    'subject,kind,period,value,source',
    ids.flatMap((id) =>
      said(id) === null ? [] : monthsOf(period).map((at) => `${id}-C,school_attendance,${at},${said(id)},IE`),
    ),
  );
  return dir;
}

/** What an auditor finds in each closed cycle of a folder: exit code, and period with differences. */
export async function audited(
  out: string,
): Promise<[code: number, [period: string, differences: unknown[]][]]> {
  const { code, stdout } = await cumple('audit', 'verify', out, '--programme', 'juntos', '--json');
  const cycles = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { period: string; differences: unknown[] });
  return [code, cycles.map(({ period, differences }) => [period, differences])];
}
