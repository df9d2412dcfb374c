import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import { month } from '../../domain/kernel/period.ts';
import { unwrap } from '../../domain/kernel/result.ts';
import { parseProgramme } from '../../domain/records/programme.ts';
import type { Proposal } from '../../functions/cross-check.ts';
import { cycleKey } from '../../functions/support/cycle.ts';
import { cycleDetail } from '../../functions/support/http/cycles.ts';
import { type CycleRequest, runCycle } from '../../local/cycle.ts';
import { juntosCycle, newDir, SAMPLE, testSession } from './harness.ts';

// JUNTOS with a registry in which every kind of anomaly occurs once or twice, and a definition that asks for all.

const KINDS = [
  'person_in_two_households',
  'account_in_several_households',
  'incompatible_programme',
  'recertification_due',
  'unverified_share',
] as const;
type Limits = { readonly [kind: string]: number };

const label = { es: 'a', en: 'a' };
let roster: string;
let asking: (limits?: Limits) => Promise<CycleRequest>;

beforeAll(async () => {
  roster = newDir();
  const text = (name: string) => readFileSync(join(SAMPLE, name), 'utf8').trimEnd();
  const [header, ...rows] = text('households.csv').split('\n');
  const extra: Record<string, string> = {
    H001: 'true,2021-12',
    H002: ',2023-09',
    H004: 'true,',
    H009: 'true,2001-01',
  };
  const households = rows.map((row) => {
    const id = row.slice(0, 4);
    // H002 is paid into the account of H001; H009 is not poor, so nothing of it is anybody's business.
    const own = id === 'H002' ? row.replace('01800000040100027401', '01800000040100013700') : row;
    return `${own},${extra[id] ?? ','}`;
  });
  mkdirSync(roster, { recursive: true });
  writeFileSync(
    join(roster, 'households.csv'),
    `${[`${header},other,certified`, ...households].join('\n')}\n`,
  );
  const again = text('members.csv').split('\n').slice(1, 3);
  // M0102 in another household; M0103 again in its own: a repeated row and no second household.
  const members = [again[1]!.replace('H001', 'H005'), text('members.csv').split('\n')[3]!];
  writeFileSync(join(roster, 'members.csv'), `${[text('members.csv'), ...members].join('\n')}\n`);

  const base = await juntosCycle();
  const original = base.source as Record<string, Record<string, unknown>>;
  const cite = Object.keys(original.citations!)[0]!;
  asking = async (limits = {}) => {
    const source = {
      ...original,
      attributes: {
        ...original.attributes,
        other: { of: 'household', type: 'boolean', label },
        certified: { of: 'household', type: 'month', label },
      },
      parameters: {
        ...original.parameters,
        renew: { label, unit: 'months', values: [{ from: '2020-01', value: 24, cite }] },
      },
      stay: { recertifyMonths: 'renew', certified: 'certified', cite },
      incompatibilities: [{ programme: 'pe/other', label, effect: 'report', attribute: 'other', cite }],
      anomalies: [...KINDS, 'amount_change'].map((kind) => ({
        kind,
        ...(kind === 'amount_change' && { tolerate: 10 }),
        ...(limits[kind] !== undefined && { stopAbovePct: limits[kind] }),
      })),
    };
    return juntosCycle({ source, definition: unwrap(parseProgramme(source)), rosterDir: roster });
  };
});

const proposalOf = (dir: string, period: string): Proposal => {
  const folder = join(dir, 'bulk/cycles/juntos', period);
  return JSON.parse(readFileSync(join(folder, readdirSync(folder)[0]!, 'proposal.json'), 'utf8'));
};
const listed = (dir: string, path: string): Record<string, string>[] =>
  parse(readFileSync(join(dir, 'reports/juntos/2025-09', path), 'utf8'), { columns: true, bom: true });

describe('every kind that the definition asks for', () => {
  let dir: string;
  beforeAll(async () => {
    dir = newDir();
    const session = await testSession(dir);
    await runCycle(session, await asking());
    await runCycle(session, { ...(await asking()), period: month('2025-11') });
    await session.close();
  });

  test('is counted before the approver', () => {
    expect(proposalOf(dir, '2025-09').anomalies).toEqual({
      PAYEE_HELD: 2,
      PERSON_IN_TWO_HOUSEHOLDS: 1,
      SHARED_ACCOUNT: 2,
      INCOMPATIBLE_PROGRAMME: 2,
      RECERTIFICATION_DUE: 1,
      UNVERIFIED_SHARE: 1,
    });
  });

  test('is listed with words in both languages', () => {
    const found = listed(dir, 'exceptions.csv').filter(
      ({ stage }) => stage === 'CrossCheck' || stage === 'roster',
    );
    expect(found.map(({ code, subject, detail_es }) => `${code} ${subject} ${detail_es}`).sort()).toEqual([
      'ACCOUNT_CHECK_DIGIT H008 ',
      expect.stringMatching(/^DUPLICATE_MEMBER .* M0102 figura también en el hogar H001/),
      expect.stringMatching(/^DUPLICATE_MEMBER .* M0103 figura dos veces/),
      'INCOMPATIBLE_PROGRAMME H001 también cobra de pe/other',
      'INCOMPATIBLE_PROGRAMME H004 también cobra de pe/other',
      'PAY_POINT_MISSING H010 ',
      'RECERTIFICATION_DUE H001 certificado 2021-12',
      'SHARED_ACCOUNT H001 una cuenta recibe las transferencias de 2 hogares: H001, H002',
      'UNKNOWN_HOUSEHOLD  no hay un hogar H999 en el archivo de hogares',
      expect.stringMatching(/^UNVERIFIED_SHARE school 1 de \d+ verificaciones sin evidencia$/),
    ]);
    for (const row of found) {
      expect(row.message_es).not.toBe(row.code);
      expect(row.message_es).not.toBe(row.message_en);
    }
  });

  test('the first cycle compares with nothing; the second says who came, who went and how much', () => {
    expect(proposalOf(dir, '2025-09').changes).toBeUndefined();
    const { totals, changes, anomalies } = proposalOf(dir, '2025-11');
    const before = proposalOf(dir, '2025-09').totals.payables.totalMinor;
    expect(changes).toMatchObject({
      since: '2025-09',
      beforeMinor: before,
      nowMinor: totals.payables.totalMinor,
      differenceMinor: totals.payables.totalMinor - before,
    });
    // Every household that went has lost all of its amount, which is more than 10 %.
    expect(changes!.out).toBeGreaterThan(0);
    expect(anomalies.AMOUNT_CHANGE).toBe(changes!.out + changes!.changed);
  });

  test('targeting: nobody is paid whom the rule does not mean; of those whom it means two are held', () => {
    const { targeting, totals } = proposalOf(dir, '2025-09');
    expect(targeting).toMatchObject({ paidNotEligible: 0, leakageBasisPoints: 0, meetRule: 15 });
    expect(targeting!.meetRulePaid).toBe(totals.payables.count);
    expect(targeting!.coverageBasisPoints).toBe(Math.round((totals.payables.count * 10_000) / 15));
  });
});

describe('above its limit a kind stops the cycle, and the list to correct is published', () => {
  test.each`
    kind                               | found | of    | limit
    ${'person_in_two_households'}      | ${1}  | ${16} | ${6}
    ${'account_in_several_households'} | ${2}  | ${15} | ${13}
    ${'incompatible_programme'}        | ${2}  | ${15} | ${13}
    ${'recertification_due'}           | ${1}  | ${15} | ${6}
    ${'unverified_share'}              | ${1}  | ${23} | ${4}
  `('$kind: $found of $of is above $limit %', async ({ kind, found, of, limit }) => {
    const dir = newDir();
    const session = await testSession(dir);
    const among = kind === 'unverified_share' ? 'checks' : 'households';
    const message = `${kind}: ${found} found among ${of} ${among}, limit ${limit} %`;
    await expect(runCycle(session, await asking({ [kind]: limit }))).rejects.toMatchObject({
      name: 'ANOMALY_LIMIT',
      message,
      refusal: { next: expect.stringContaining('failed/') },
    });
    const cycle = { programme: 'juntos', period: month('2025-09') };
    expect(await session.ports.control.get(cycleKey(cycle.programme, cycle.period))).toMatchObject({
      status: 'FAILED',
      failedAfter: 'FROZEN',
    });
    const { failure } = await cycleDetail(session.ports, cycle.programme, cycle.period);
    expect(failure).toMatchObject({ error: 'ANOMALY_LIMIT', after: 'FROZEN', cause: message });
    const rows = listed(dir, failure!.exceptions!);
    expect(rows.find(({ code }) => code === 'ANOMALY_LIMIT')).toMatchObject({
      detail_en: message,
      detail_es: expect.stringMatching(new RegExp(`\\(${kind}\\): ${found} de ${of} .*límite ${limit} %`)),
      next_es: expect.stringContaining('Corrija los insumos'),
    });
    expect(rows.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['DUPLICATE_MEMBER', 'SHARED_ACCOUNT']),
    );

    // The same inputs stop again; at the limit, or with the cause corrected, the period is paid.
    await expect(runCycle(session, await asking({ [kind]: limit }))).rejects.toThrow(message);
    await expect(runCycle(session, await asking({ [kind]: limit + 1 }))).resolves.toBeDefined();
    await session.close();
  });
});
