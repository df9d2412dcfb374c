import { z } from 'zod';
import type { Day } from '../../domain/kernel/period.ts';
import { monthOf } from '../../domain/kernel/period.ts';
import { IdSchema } from '../../domain/records/contract-value.ts';
import { handler as recordApproval } from '../record-approval.ts';
import { handler as sampleClaims } from '../sample-claims.ts';
import { putContract } from '../support/claims/contracts.ts';
import { sampleKey } from '../support/claims/keys.ts';
import { commitmentOf, commitSample } from '../support/claims/sampling.ts';
import { approvalKey } from '../support/cycle.ts';
import { httpHandler } from '../support/http/api.ts';
import { CycleView, cycleDetail, cyclesPage } from '../support/http/cycles.ts';
import { MonthText, PageQuery, pageOf } from '../support/http/page.ts';
import { route } from '../support/http/route.ts';
import { SaidRefusal } from '../support/http/said.ts';

const audience = 'administrators';
const Programme = z.strictObject({ programme: IdSchema });
const ProgrammePeriod = Programme.extend({ period: MonthText });
const readers = {
  administrator: 'any',
  approver: 'any',
  auditor: 'any',
  case_worker: 'any',
  bank_operator: 'any',
} as const;
const maker = { administrator: 'any' } as const;

const listCycles = route(
  {
    id: 'listCycles',
    audience,
    method: 'GET',
    path: '/programmes/{programme}/cycles',
    summary: {
      es: 'Ciclos de un programa, del más nuevo al más viejo',
      en: 'Cycles of a programme, newest first',
    },
    roles: readers,
    params: Programme,
    query: PageQuery,
    status: 200,
    response: pageOf(CycleView),
    refusals: [],
  },
  async ({ params, query }, { ports }) => ({ body: await cyclesPage(ports, params.programme, query) }),
);

const getCycle = route(
  {
    id: 'getCycle',
    audience,
    method: 'GET',
    path: '/programmes/{programme}/cycles/{period}',
    summary: { es: 'Un ciclo y sus etapas', en: 'One cycle and its stages' },
    roles: readers,
    params: ProgrammePeriod,
    status: 200,
    response: CycleView,
    refusals: ['CYCLE_NOT_FOUND'],
  },
  async ({ params }, { ports }) => ({ body: await cycleDetail(ports, params.programme, params.period) }),
);

const withdraw = route(
  {
    id: 'withdrawProposal',
    audience,
    method: 'POST',
    path: '/programmes/{programme}/cycles/{period}/withdrawal',
    summary: {
      es: 'Retira una propuesta sin decidir: solo quien la hizo',
      en: 'Withdraws an undecided proposal: only who made it',
    },
    roles: maker,
    params: ProgrammePeriod,
    body: z.strictObject({
      /** The hash of the proposal that the maker means. */
      manifestHash: z.string().regex(/^[0-9a-f]{64}$/),
      reason: z.string().min(1).max(500).optional(),
    }),
    status: 200,
    response: z.strictObject({ status: z.literal('REFUSED') }),
    idempotent: true,
    refusals: ['CYCLE_NOT_FOUND', 'STALE_MANIFEST', 'WRONG_STAGE', 'CONFLICT'],
  },
  async ({ params, body, principal }, { ports }) => {
    const person = principal.subject;
    const approval = await ports.control.get(approvalKey(params.programme, params.period));
    // The write has this condition too; here it is said in both languages.
    if (approval && approval.maker !== person)
      throw new SaidRefusal('NOT_ALLOWED', {
        es: 'solo quien hizo la propuesta puede retirarla; quien aprueba puede rechazarla',
        en: 'only who made the proposal can withdraw it; an approver can refuse it',
      });
    const { reason, manifestHash } = body;
    const words = reason === undefined ? {} : { reason };
    await recordApproval({ ...params, person, manifestHash, decision: 'withdraw', ...words }, {} as never);
    return { body: { status: 'REFUSED' as const } };
  },
);

const putInForce = route(
  {
    id: 'putContract',
    audience,
    method: 'PUT',
    path: '/contracts/{contract}',
    summary: { es: 'Pone en vigor un contrato', en: 'Puts a contract in force' },
    roles: maker,
    params: z.strictObject({ contract: IdSchema }),
    query: z.strictObject({ programme: IdSchema.optional() }),
    body: z.looseObject({ id: IdSchema }),
    maxBytes: 1024 * 1024,
    status: 200,
    response: z.strictObject({ contract: IdSchema, programme: IdSchema, hash: z.string() }),
    refusals: ['INVALID_DEFINITION', 'INPUTS_DIFFER'],
  },
  async ({ params, query, body, principal }, { ports }) => {
    if (body.id !== params.contract)
      throw new SaidRefusal('BAD_INPUT', {
        es: 'el contrato tiene otro identificador que la ruta',
        en: 'the contract has another id than the path',
      });
    const { programme, hash } = await putContract(ports, body, principal.subject, query.programme);
    return { body: { contract: params.contract, programme, hash } };
  },
);

const Share = z.int().min(0).max(100_000);
const Rule = z.strictObject({
  confidenceBp: Share,
  marginBp: Share.min(1),
  expectedBp: Share.max(10_000).optional(),
  bufferBp: Share.min(10_000).optional(),
});
const SampleView = z.strictObject({
  period: MonthText,
  status: z.enum(['COMMITTED', 'DRAWING', 'DRAWN']),
  commitment: z.string(),
  committedAt: z.string(),
  committedBy: z.string(),
  rule: Rule,
  population: z.int().optional(),
  size: z.int().optional(),
  rounds: z.int().optional(),
  seed: z.string().optional(),
  salt: z.string().optional(),
});
const samplePath = '/programmes/{programme}/samples/{period}';

const commit = route(
  {
    id: 'commitSample',
    audience,
    method: 'PUT',
    path: samplePath,
    summary: {
      es: 'Publica el compromiso de la semilla y la regla de la muestra de un período',
      en: 'Publishes the commitment to seed and rule of a period’s sample',
    },
    roles: maker,
    params: ProgrammePeriod,
    body: Rule,
    status: 200,
    response: SampleView,
    refusals: ['INPUTS_DIFFER', 'PERIOD_NOT_PAYABLE'],
  },
  async ({ params, body, principal }, { ports }) => {
    const today = ports.clock.now().slice(0, 10) as Day;
    if (params.period < monthOf(today))
      throw new SaidRefusal('PERIOD_NOT_PAYABLE', {
        es: 'el período ya pasó: sus reclamos se conocen',
        en: 'the period is over: its claims are known',
      });
    const { expectedBp, bufferBp, ...rule } = body;
    return {
      body: await commitSample(
        ports,
        params.programme,
        params.period,
        {
          ...rule,
          ...(expectedBp !== undefined && { expectedBp }),
          ...(bufferBp !== undefined && { bufferBp }),
        },
        principal.subject,
      ),
    };
  },
);

const getSample = route(
  {
    id: 'getSample',
    audience,
    method: 'GET',
    path: samplePath,
    summary: { es: 'La muestra de un período', en: 'The sample of a period' },
    // Institutes too: a commitment that they cannot see commits nobody.
    roles: { ...readers, verifier: 'any', institute: 'any' },
    params: ProgrammePeriod,
    status: 200,
    response: SampleView,
    refusals: [],
  },
  async ({ params }, { ports }) => {
    const item = await ports.control.get(sampleKey(params.programme, params.period));
    if (item) return { body: commitmentOf(item) };
    throw new SaidRefusal('NOT_FOUND', {
      es: 'no hay compromiso de muestra para ese período',
      en: 'no sample was committed for that period',
    });
  },
);

const draw = route(
  {
    id: 'drawSample',
    audience,
    method: 'POST',
    path: `${samplePath}/draws`,
    summary: {
      es: 'Sortea la muestra de un período, o la amplía',
      en: 'Draws the sample of a period, or extends it',
    },
    roles: maker,
    params: ProgrammePeriod,
    body: z.strictObject({ extendBy: z.int().min(0).max(10_000).default(0) }),
    status: 200,
    response: z.strictObject({
      programme: IdSchema,
      period: MonthText,
      round: z.int(),
      population: z.int(),
      size: z.int(),
      commitment: z.string(),
      seed: z.string(),
      salt: z.string(),
    }),
    idempotent: true,
    refusals: ['WRONG_STAGE'],
  },
  async ({ params, body }) => ({ body: await sampleClaims({ ...params, ...body }, {} as never) }),
);

export const routes = [listCycles, getCycle, withdraw, putInForce, commit, getSample, draw];
/** Programme administrators: cycles with their stages, their own proposals, contracts in force, samples. */
export const handler = httpHandler(routes);
