import { z } from 'zod';
import type { Month } from '../../domain/kernel/period.ts';
import { IdSchema } from '../../domain/records/contract-value.ts';
import type { Changes } from '../../domain/transfers/changes.ts';
import { type Proposal, proposalKey } from '../cross-check.ts';
import { handler as recordApproval } from '../record-approval.ts';
import { decideCorrection } from '../support/corrections/register.ts';
import { CorrectionView, correctionView } from '../support/corrections/view.ts';
import { approvalKey, cycleRecord } from '../support/cycle.ts';
import { httpHandler } from '../support/http/api.ts';
import { MonthText } from '../support/http/page.ts';
import { route } from '../support/http/route.ts';
import { SaidRefusal } from '../support/http/said.ts';
import { readJson } from '../support/jsonl.ts';
import { decideReversal } from '../support/reversals/register.ts';
import { ReversalView, reversalView } from '../support/reversals/view.ts';

const audience = 'approvers';
const ProgrammePeriod = z.strictObject({ programme: IdSchema, period: MonthText });
const path = '/programmes/{programme}/cycles/{period}';
const Hash = z.string().regex(/^[0-9a-f]{64}$/);

const ProposalView = z.strictObject({
  programme: z.string(),
  period: MonthText,
  status: z.enum(['PENDING', 'APPROVED', 'REFUSED']),
  manifestHash: Hash,
  maker: z.string(),
  proposedAt: z.string(),
  /** How many checkers must approve, and who has. */
  required: z.int(),
  checkers: z.array(z.string()),
  payables: z.int(),
  payableMinor: z.int(),
  anomalies: z.record(z.string(), z.int()),
  /** Control totals, as the manifest hash binds them. */
  totals: z.looseObject({}),
  /** Leakage and coverage in hundredths of a per cent, with the counts that they come from. */
  targeting: z.record(z.string(), z.int()).optional(),
  /**
   * Against the last closed cycle, where there is one; money in minor units. Proposals made before they were counted
   * have no money of who came and went, nor amounts up and down.
   */
  changes: z
    .strictObject({
      since: MonthText,
      in: z.int(),
      inMinor: z.int().optional(),
      out: z.int(),
      outMinor: z.int().optional(),
      changed: z.int(),
      up: z.int().optional(),
      upMinor: z.int().optional(),
      down: z.int().optional(),
      downMinor: z.int().optional(),
      beforeMinor: z.int(),
      nowMinor: z.int(),
      differenceMinor: z.int(),
      territories: z.record(
        z.string(),
        z.strictObject({ in: z.int(), out: z.int(), differenceMinor: z.int() }),
      ),
    })
    .optional(),
});

const Decision = z.strictObject({
  decision: z.enum(['approve', 'refuse']),
  reason: z.string().min(1).max(500).optional(),
});
const reasoned = ({ decision, reason }: z.output<typeof Decision>) =>
  decision === 'approve' || reason !== undefined;
const MISSING = { path: ['reason'], message: 'un rechazo dice por qué / a refusal says why' };

const getProposal = route(
  {
    id: 'getProposal',
    audience,
    method: 'GET',
    path: `${path}/proposal`,
    summary: {
      es: 'La propuesta de un ciclo: totales de control, anomalías, hash',
      en: 'The proposal of a cycle: control totals, anomalies, hash',
    },
    roles: { approver: 'any', administrator: 'any', auditor: 'any' },
    params: ProgrammePeriod,
    status: 200,
    response: ProposalView,
    refusals: ['CYCLE_NOT_FOUND'],
  },
  async ({ params }, { ports }) => {
    const { programme, period } = params;
    const cycle = await cycleRecord(ports, programme, period);
    const approval = await ports.control.get(approvalKey(programme, period));
    if (!approval)
      throw new SaidRefusal('NOT_FOUND', {
        es: 'el ciclo todavía no tiene propuesta',
        en: 'the cycle has no proposal yet',
      });
    const proposal = await readJson<Proposal>(ports.objects, proposalKey({ prefix: String(cycle.prefix) }));
    const checkers = [approval.checker1, approval.checker2].filter((person) => typeof person === 'string');
    return {
      body: {
        programme,
        period,
        status: approval.status as 'PENDING',
        manifestHash: String(approval.manifestHash),
        maker: String(approval.maker),
        proposedAt: String(approval.proposedAt),
        required: Number(approval.required),
        checkers,
        payables: Number(approval.payables),
        payableMinor: Number(approval.payableMinor),
        anomalies: { ...proposal.anomalies },
        totals: { ...proposal.totals },
        ...(proposal.targeting && { targeting: { ...proposal.targeting } }),
        ...(proposal.changes && { changes: proposal.changes as Changes & { since: Month } }),
      },
    };
  },
);

const decide = route(
  {
    id: 'decideProposal',
    audience,
    method: 'POST',
    path: `${path}/decisions`,
    summary: {
      es: 'Aprueba o rechaza la propuesta de un ciclo',
      en: 'Approves or refuses a cycle’s proposal',
    },
    roles: { approver: 'any' },
    params: ProgrammePeriod,
    /** With the hash of the proposal that the approver was shown. */
    body: Decision.extend({ manifestHash: Hash }).refine(reasoned, MISSING),
    status: 200,
    response: z.strictObject({
      status: z.enum(['PENDING', 'APPROVED', 'REFUSED']),
      checkers: z.array(z.string()),
    }),
    idempotent: true,
    refusals: [
      'CYCLE_NOT_FOUND',
      'SELF_APPROVAL',
      'SAME_CHECKER',
      'STALE_MANIFEST',
      'WRONG_STAGE',
      'CONFLICT',
    ],
  },
  async ({ params, body, principal }) => {
    const { reason, ...decision } = body;
    const input = {
      ...params,
      ...decision,
      person: principal.subject,
      ...(reason !== undefined && { reason }),
    };
    return { body: await recordApproval(input, {} as never) };
  },
);

const decideOne = route(
  {
    id: 'decideCorrection',
    audience,
    method: 'POST',
    path: '/programmes/{programme}/corrections/{correction}/decision',
    summary: {
      es: 'Aprueba o rechaza una corrección que presentó otra persona',
      en: 'Approves or refuses a correction that somebody else submitted',
    },
    roles: { approver: 'any' },
    params: z.strictObject({ programme: IdSchema, correction: IdSchema }),
    body: Decision.refine(reasoned, MISSING),
    status: 200,
    response: CorrectionView,
    idempotent: true,
    refusals: ['SELF_APPROVAL', 'WRONG_STAGE'],
  },
  async ({ params, body: { decision, reason }, principal, language }, { ports }) => {
    const record = await decideCorrection(ports, {
      programme: params.programme,
      id: params.correction,
      person: principal.subject,
      decision,
      ...(reason !== undefined && { why: reason }),
    });
    return { body: correctionView(record, language) };
  },
);

const decideReversalOf = route(
  {
    id: 'decideReversal',
    audience,
    method: 'POST',
    path: '/programmes/{programme}/reversals/{claim}/decision',
    summary: {
      es: 'Aprueba o rechaza anular un reclamo pagado que otra persona informó falso',
      en: 'Approves or refuses to take back a paid claim that somebody else reported false',
    },
    roles: { approver: 'any' },
    params: z.strictObject({ programme: IdSchema, claim: IdSchema }),
    body: Decision.refine(reasoned, MISSING),
    status: 200,
    response: ReversalView,
    idempotent: true,
    refusals: ['SELF_APPROVAL', 'WRONG_STAGE'],
  },
  async ({ params, body: { decision, reason }, principal, language }, { ports }) => {
    const record = await decideReversal(ports, {
      ...params,
      person: principal.subject,
      institute: principal.provider,
      decision,
      ...(reason !== undefined && { why: reason }),
    });
    return { body: await reversalView(ports, record, language) };
  },
);

export const routes = [getProposal, decide, decideOne, decideReversalOf];
/** Approvers: the proposal of a cycle and their decision on its hash; corrections of closed cycles; reversals. */
export const handler = httpHandler(routes);
