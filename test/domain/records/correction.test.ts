import { describe, expect, it } from 'vitest';
import { type Month, month } from '../../../domain/kernel/period.ts';
import { unwrap } from '../../../domain/kernel/result.ts';
import {
  correctedEvidence,
  correctedHousehold,
  parseCorrection,
} from '../../../domain/records/correction.ts';
import type { EvidenceRow } from '../../../domain/records/household.ts';
import { home, person } from '../transfers/support.ts';

const base = { id: 'A-1', programme: 'juntos', household: 'H1', because: 'exp. 12' };
const row = (subject: string, kind: string, period: string, value: boolean): EvidenceRow => ({
  subject,
  kind,
  period: period as Month,
  value,
});
const change = (registry: unknown[]) => [
  unwrap(parseCorrection({ ...base, reason: 'registry_change', registry })),
];

describe('a correction', () => {
  it.each([
    ['nothing to correct', { reason: 'justification' }, 'brings evidence, exemptions or registry'],
    ['a reason of its own', { reason: 'because', registry: [{ from: '2025-09' }] }, 'reason'],
    [
      'a month that is none',
      { reason: 'registry_change', registry: [{ from: '2025-13' }] },
      'registry[0].from',
    ],
    [
      'a field that nobody reads',
      { reason: 'registry_change', registry: [{ from: '2025-09', to: '2025-11' }] },
      'to',
    ],
  ])('is refused with %s', (_name, parts, says) => {
    const result = parseCorrection({ ...base, ...parts });
    expect(result).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } });
    expect(JSON.stringify(result)).toContain(says);
  });

  it('replaces rows of the same subject, kind and month, and no other; the last decided wins', () => {
    const rows = [row('C1', 'attends', '2025-09', false), row('C2', 'attends', '2025-09', false)];
    const known = correctedEvidence(rows, [
      { evidence: [row('C1', 'attends', '2025-09', true), row('C1', 'attends', '2025-10', true)] },
      { evidence: [row('C1', 'attends', '2025-10', false)] },
    ]);
    expect(known.map(({ subject, period, value }) => [subject, period, value])).toEqual([
      ['C1', '2025-09', true],
      ['C2', '2025-09', false],
      ['C1', '2025-10', false],
    ]);
    expect(rows[0]!.value).toBe(false);
  });

  it('changes the registry from its month on: facts, members who join, members who were never there', () => {
    const household = home([person('C1', '2014-05-01'), person('C2', '2016-05-01')], {
      sisfoh: 'poor',
      kept: 1,
    });
    const corrections = change([
      {
        from: '2025-11',
        attributes: { sisfoh: 'non_poor' },
        members: [
          { id: 'C1', birthDate: '2013-05-01' },
          { id: 'C2', left: true },
          { id: 'C3', birthDate: '2020-01-01' },
        ],
      },
    ]);
    expect(correctedHousehold(household, corrections, month('2025-09'))).toEqual(household);
    const corrected = correctedHousehold(household, corrections, month('2025-11'));
    expect(corrected.attributes).toEqual({ sisfoh: 'non_poor', kept: 1 });
    expect(corrected.members.map(({ id, birthDate }) => [id, birthDate])).toEqual([
      ['C1', '2013-05-01'],
      ['C3', '2020-01-01'],
    ]);
  });
});
