import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { month } from '../../domain/kernel/period.ts';
import type { CorrectionCase } from '../../domain/records/correction.ts';
import { decideCorrection, submitCorrection } from '../../functions/support/corrections/register.ts';
import { historyOf } from '../../functions/support/history.ts';
import { historyEntry } from '../../functions/support/history-view.ts';
import { runCycle } from '../../local/cycle.ts';
import { juntosCycle, newDir, testSession } from './harness.ts';

// In the sample's first cycle the bank sends back the 200.00 of H001 and rejects the 280.00 of H002. Afterwards it
// turns out that H001 was not poor then, and that H002's daughter was not in upper secondary (80.00).

const dir = newDir();
let session: Awaited<ReturnType<typeof testSession>>;
type Change = Pick<CorrectionCase, 'registry'>['registry'][number];
async function correct(id: string, household: string, change: Omit<Change, 'from'>) {
  const asked = { id, programme: 'juntos', household, reason: 'registry_change', because: 'visita' } as const;
  const correction = {
    ...asked,
    evidence: [],
    exemptions: [],
    registry: [{ from: month('2025-09'), ...change }],
  };
  await submitCorrection(session.ports, correction, 'gestora');
  await decideCorrection(session.ports, {
    programme: 'juntos',
    id,
    person: 'coordinador',
    decision: 'approve',
  });
}
const run = async (period: string) =>
  void (await runCycle(session, await juntosCycle({ period: month(period) })));
const ordered = (period: string, household: string) =>
  (
    parse(readFileSync(join(dir, `reports/juntos/${period}/payment-list.csv`), 'utf8'), {
      columns: true,
      bom: true,
    }) as Record<string, string>[]
  )
    .filter(({ payee_id }) => payee_id === household)
    .map(({ purpose, amount }) => `${purpose} ${amount}`);

beforeAll(async () => {
  session = await testSession(dir);
  await run('2025-09');
  await correct('W-1', 'H001', { attributes: { sisfoh: 'non_poor' } });
  await correct('W-2', 'H002', { members: [{ id: 'M0202', attributes: { upper_secondary: false } }] });
  await run('2025-11');
});
afterAll(() => session.close());

test('what was not due and came back is not ordered again, nor taken off what is due now', async () => {
  expect(ordered('2025-09', 'H001')).toEqual(['transfer 200.00']);
  expect(ordered('2025-11', 'H001')).toEqual(['transfer 200.00']);
  const [, second] = await historyOf(session.ports, 'juntos', 'H001');
  expect(historyEntry(second!, 'es').recovered).toBe('0.00');
  expect(historyEntry(second!, 'es').events.join()).toContain('no llegó y no se vuelve a ordenar: W-1');
});

test('of what came back only the part that was due is ordered again', () => {
  expect(ordered('2025-09', 'H002')).toEqual(['transfer 280.00']);
  expect(ordered('2025-11', 'H002')).toEqual(['transfer 280.00', 'reissue:2025-09:2 200.00']);
});

test('a later correction of the household does not ask for the same money again', async () => {
  await correct('W-3', 'H001', { territory: 'Qochapata Baja' });
  await run('2026-01');
  const third = (await historyOf(session.ports, 'juntos', 'H001')).at(-1)!;
  expect(third.result.recoveries).toEqual([]);
  expect(third.cancelled).toBeUndefined();
});
