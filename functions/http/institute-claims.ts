import { z } from 'zod';
import { ClaimSubmissionSchema } from '../../domain/records/claim.ts';
import { IdSchema } from '../../domain/records/contract-value.ts';
import { BATCH_ROWS_MAX, submitBatch } from '../support/claims/batch.ts';
import { contractInForce, requireHolder } from '../support/claims/contracts.ts';
import { claimsPage } from '../support/claims/list.ts';
import { claimOf } from '../support/claims/record.ts';
import { correctClaim, recheckClaim, submitClaim, withdrawClaim } from '../support/claims/submit.ts';
import { ClaimSummary, ClaimView, claimSummary, claimView } from '../support/claims/view.ts';
import { sampleWaits } from '../support/claims/waiting.ts';
import { PageQuery, pageOf } from '../support/http/page.ts';
import { route } from '../support/http/route.ts';
import { SaidRefusal } from '../support/http/said.ts';
import { audience, mayRead, named, own, ProviderContract, requireSame } from './institute-scope.ts';

const ProviderClaim = ProviderContract.extend({ claim: IdSchema });

/**
 * The claim of a path, if it belongs to the path's contract and institute. An institute that does not hold the contract
 * is answered as if there were none, unless it has claims of a time when it did.
 */
async function refOf(
  ports: Parameters<typeof contractInForce>[0],
  { provider, contract, claim }: z.output<typeof ProviderClaim>,
) {
  const found = await contractInForce(ports, contract);
  const ref = { programme: found.programme, provider, claim };
  const record = await claimOf(ports, ref).catch((error: unknown) => {
    requireHolder(found, provider);
    throw error;
  });
  if (record.contract === contract) return { ref, record };
  requireHolder(found, provider);
  throw new SaidRefusal('NOT_FOUND', { es: 'no existe ese reclamo', en: 'there is no such claim' });
}

const claimsPath = '/providers/{provider}/contracts/{contract}/claims';
const submit = route(
  {
    id: 'submitClaim',
    audience,
    method: 'POST',
    path: claimsPath,
    summary: { es: 'Presenta un reclamo de resultado', en: 'Submits an outcome claim' },
    roles: own,
    params: ProviderContract,
    body: ClaimSubmissionSchema.omit({ contract: true }).extend(named),
    maxBytes: 256 * 1024,
    status: 201,
    response: ClaimView,
    idempotent: true,
    refusals: ['UNKNOWN_CONTRACT', 'DUPLICATE_CLAIM'],
  },
  async ({ params, body, principal, idempotencyKey, language }, { ports }) => {
    const { provider: inBody, ...submission } = body;
    requireSame(params.provider, inBody);
    const record = await submitClaim(ports, {
      provider: params.provider,
      person: principal.subject,
      submission: { ...submission, contract: params.contract },
      requestKey: `${principal.subject}|${idempotencyKey}`,
    });
    return {
      body: claimView(record, language),
      headers: { location: `/providers/${params.provider}/contracts/${params.contract}/claims/${record.id}` },
    };
  },
);

const Issue = z.strictObject({
  line: z.int().optional(),
  code: z.string(),
  path: z.string().optional(),
  message: z.string(),
});
const submitCsv = route(
  {
    id: 'submitClaimsCsv',
    audience,
    method: 'POST',
    path: `${claimsPath}/csv`,
    summary: { es: 'Presenta reclamos en un CSV', en: 'Submits claims as a CSV' },
    roles: own,
    params: ProviderContract,
    body: z.string().min(1),
    bodyType: 'text/csv',
    maxBytes: 1024 * 1024,
    status: 200,
    response: z.strictObject({
      rows: z.int(),
      accepted: z.array(
        z.strictObject({ line: z.int(), claim: IdSchema, participant: z.string(), milestone: IdSchema }),
      ),
      issues: z.array(Issue).max(BATCH_ROWS_MAX * 50),
    }),
    idempotent: true,
    refusals: ['UNKNOWN_CONTRACT', 'FILE_HEADER', 'FILE_EMPTY', 'FILE_TRUNCATED', 'SHARD_TOO_LARGE'],
  },
  async ({ params, body, principal, idempotencyKey, language }, { ports }) => {
    const { rows, accepted, issues } = await submitBatch(ports, {
      provider: params.provider,
      contract: params.contract,
      text: body,
      person: principal.subject,
      requestKey: `${principal.subject}|${idempotencyKey}`,
      language,
    });
    // The answer is kept under the key: it must fit a control record (400 KB).
    const shown = issues.slice(0, BATCH_ROWS_MAX).map(({ file: _file, message, ...issue }) => ({
      ...issue,
      message: message.slice(0, 160),
    }));
    return { body: { rows, accepted: [...accepted], issues: shown } };
  },
);

const list = route(
  {
    id: 'listClaims',
    audience,
    method: 'GET',
    path: claimsPath,
    summary: {
      es: 'Reclamos del instituto, del más nuevo al más viejo',
      en: 'Claims of the institute, newest first',
    },
    roles: mayRead,
    params: ProviderContract,
    query: PageQuery,
    status: 200,
    response: pageOf(ClaimSummary),
    refusals: ['UNKNOWN_CONTRACT'],
  },
  async ({ params, query, language }, { ports }) => {
    const contract = await contractInForce(ports, params.contract);
    const { items, next } = await claimsPage(ports, contract.programme, params.provider, query);
    const mine = items.filter((record) => record.contract === params.contract);
    if (mine.length === 0 && next === undefined) requireHolder(contract, params.provider);
    return {
      body: {
        items: mine.map((record) => claimSummary(record, language)),
        ...(next !== undefined && { next }),
      },
    };
  },
);

const get = route(
  {
    id: 'getClaim',
    audience,
    method: 'GET',
    path: `${claimsPath}/{claim}`,
    summary: {
      es: 'Un reclamo, con sus controles y su decisión',
      en: 'One claim, with its checks and its decision',
    },
    roles: mayRead,
    params: ProviderClaim,
    status: 200,
    response: ClaimView,
    refusals: ['UNKNOWN_CONTRACT'],
  },
  async ({ params, language }, { ports }) => {
    const { record } = await refOf(ports, params);
    return { body: claimView(record, language, await sampleWaits(ports, record.programme)(record)) };
  },
);

const correct = route(
  {
    id: 'correctClaim',
    audience,
    method: 'POST',
    path: `${claimsPath}/{claim}/corrections`,
    summary: {
      es: 'Corrige un reclamo rechazado o retirado',
      en: 'Corrects a claim that was refused or withdrawn',
    },
    roles: own,
    params: ProviderClaim,
    body: ClaimSubmissionSchema.pick({ events: true, documents: true }),
    maxBytes: 256 * 1024,
    status: 202,
    response: ClaimView,
    idempotent: true,
    refusals: ['UNKNOWN_CONTRACT', 'WRONG_STAGE', 'CONFLICT'],
  },
  async ({ params, body, principal, language }, { ports }) => {
    const { ref } = await refOf(ports, params);
    return { body: claimView(await correctClaim(ports, ref, body, principal.subject), language) };
  },
);

const recheck = route(
  {
    id: 'recheckClaim',
    audience,
    method: 'POST',
    path: `${claimsPath}/{claim}/checks`,
    summary: {
      es: 'Pide revisar de nuevo tras subir documentos',
      en: 'Asks for the checks again after uploading documents',
    },
    roles: own,
    params: ProviderClaim,
    status: 202,
    response: ClaimView,
    idempotent: true,
    refusals: ['UNKNOWN_CONTRACT', 'WRONG_STAGE'],
  },
  async ({ params, language }, { ports }) => {
    const { ref } = await refOf(ports, params);
    return { body: claimView(await recheckClaim(ports, ref), language) };
  },
);

const withdraw = route(
  {
    id: 'withdrawClaim',
    audience,
    method: 'POST',
    path: `${claimsPath}/{claim}/withdrawal`,
    summary: { es: 'Retira un reclamo aún no revisado', en: 'Withdraws a claim that is not checked yet' },
    roles: own,
    params: ProviderClaim,
    status: 200,
    response: ClaimView,
    idempotent: true,
    refusals: ['UNKNOWN_CONTRACT', 'WRONG_STAGE', 'CONFLICT'],
  },
  async ({ params, language }, { ports }) => {
    const { ref } = await refOf(ports, params);
    return { body: claimView(await withdrawClaim(ports, ref), language) };
  },
);

/** Routes by which institutes submit and follow their claims. */
export const claimRoutes = [submitCsv, submit, list, correct, recheck, withdraw, get];
