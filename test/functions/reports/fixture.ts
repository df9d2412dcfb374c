import type { CycleReport, ExceptionRow } from '../../../functions/support/reports/cycle-report.ts';
import { exceptionRow } from '../../../functions/support/reports/exception-texts.ts';

const HASH = 'a3f1c2d4e5b60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90';

export const exceptions: readonly ExceptionRow[] = [
  exceptionRow({
    stage: 'ShuffleEvidence',
    code: 'EVIDENCE_UNKNOWN_SUBJECT',
    file: 'asistencia.csv',
    line: 17,
    subject: '70000017',
    message: 'evidence for 70000017, who is not in the frozen roster',
  }),
  exceptionRow({
    stage: 'CrossCheck',
    code: 'SHARED_ACCOUNT',
    subject: 'H-0042',
    message: 'one account receives the transfers of 2 households: H-0042, H-0077',
  }),
  exceptionRow({
    stage: 'Reconcile',
    code: 'AMOUNT_DIFF',
    subject: 'JUNT20260901ABCDEFGHIJKLMNOPQRST',
    amount: '-18.00',
    message: 'instructed 200.00, debited 182.00 in 1, returned 0.00 in 0',
  }),
];

/** A cycle in which every state occurs; its figures add up. */
export const sampleReport = (more: Partial<CycleReport> = {}): CycleReport => ({
  programme: {
    id: 'juntos',
    name: {
      es: 'Programa Nacional de Apoyo Directo a los Más Pobres «Juntos»',
      en: 'Juntos national programme',
    },
  },
  period: '2026-09',
  currency: 'PEN',
  generatedAt: '2026-10-05T12:00:00Z',
  households: { total: 1240, eligible: 1206, entitled: 1101, paid: 1043 },
  transfers: {
    entitled: '241200.00',
    payable: '220200.00',
    held: '9800.00',
    forfeited: '11200.00',
    arrears: '1400.00',
    lapsed: '600.00',
  },
  bridge: { arrears: '1400.00', reissued: '600.00', recovered: '200.00', payeeHeld: '400.00', payeesHeld: 2 },
  instructions: { count: 1101, total: '221600.00' },
  bank: {
    paid: { count: 1043, amount: '209800.00' },
    rejected: { count: 19, amount: '3800.00' },
    returned: { count: 12, amount: '2600.00' },
    unclaimed: { count: 15, amount: '3000.00' },
    pending: { count: 11, amount: '2200.00' },
    exception: { count: 1, amount: '200.00' },
  },
  identities: [
    { name: 'instructed', difference: '0.00' },
    { name: 'netDebits', difference: '0.00' },
    { name: 'balance', difference: '0.00' },
  ],
  complianceByCondition: [
    {
      condition: 'school_attendance',
      name: { es: 'Asistencia escolar', en: 'School attendance' },
      compliant: 1630,
      non_compliant: 88,
      exempt: 14,
      unverified: 41,
    },
    {
      condition: 'child_health',
      name: { es: 'Controles de crecimiento y desarrollo', en: 'Child growth check-ups' },
      compliant: 701,
      non_compliant: 36,
      exempt: 3,
      unverified: 22,
    },
    {
      condition: 'prenatal_care',
      name: { es: 'Controles prenatales', en: 'Prenatal check-ups' },
      compliant: 58,
      non_compliant: 0,
      exempt: 0,
      unverified: 2,
    },
  ],
  complianceByTerritory: Array.from({ length: 31 }, (_, i) => ({
    territory: `0801${String(i + 1).padStart(2, '0')} Distrito ${i + 1}`,
    households: 40,
    payable: '7148.39',
    compliant: 70 + (i % 7),
    non_compliant: (i * 5) % 9,
    exempt: i % 3 === 0 ? 1 : 0,
    unverified: i % 4,
  })),
  approvals: [
    { role: 'maker', person: 'rosa.quispe', at: '2026-09-28T09:12:00Z', manifestHash: HASH },
    { role: 'checker1', person: 'luis.mamani', at: '2026-09-29T10:01:00Z', manifestHash: HASH },
    { role: 'checker2', person: 'elena.huaman', at: '2026-09-29T15:40:00Z', manifestHash: HASH },
  ],
  anomalies: [
    {
      code: 'SHARED_ACCOUNT',
      count: 12,
      message: {
        es: 'Una misma cuenta cobra por varios hogares',
        en: 'One account receives for several households',
      },
      kind: 'account_in_several_households',
      of: 1206,
      among: 'households',
      sharePct: '1.00',
      limitPct: '2.5',
    },
    {
      code: 'UNVERIFIED_SHARE',
      count: 0,
      message: { es: 'Verificaciones sin evidencia', en: 'Checks without evidence' },
      kind: 'unverified_share',
      of: 2595,
      among: 'checks',
      sharePct: '0.00',
    },
  ],
  targeting: {
    paid: 1101,
    paidNotEligible: 4,
    leakagePct: '0.36',
    meetRule: 1206,
    meetRulePaid: 1097,
    coveragePct: '90.96',
  },
  changes: {
    since: '2026-07',
    before: '219800.00',
    entering: { count: 31, amount: '6200.00' },
    leaving: { count: 22, amount: '4400.00' },
    up: { count: 5, amount: '600.00' },
    down: { count: 3, amount: '580.00' },
    now: '221620.00',
    difference: '1820.00',
    territories: Array.from({ length: 12 }, (_, i) => ({
      territory: `0801${String(i + 1).padStart(2, '0')} Distrito ${i + 1}`,
      entering: i,
      leaving: 1,
      difference: `${(11 - i) * 100}.00`,
    })),
  },
  corrections: {
    applied: 9,
    households: 8,
    arrears: { count: 6, amount: '1200.00' },
    recoveries: { count: 2, amount: '350.00' },
    origins: [
      {
        origin: '2026-05',
        arrears: { count: 2, amount: '400.00' },
        recoveries: { count: 0, amount: '0.00' },
      },
      {
        origin: '2026-07',
        arrears: { count: 4, amount: '800.00' },
        recoveries: { count: 2, amount: '350.00' },
      },
    ],
  },
  exceptions,
  exceptionsTotal: exceptions.length,
  files: [
    { path: 'reports/juntos/2026-09/payment-list.csv', sha256: HASH, bytes: 281234 },
    { path: 'bank/outbox/juntos/2026-09/JUNT20260901-000-1.xml', sha256: HASH, bytes: 1031234 },
  ],
  root: HASH,
  ...more,
});
