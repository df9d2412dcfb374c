import { z } from 'zod';
import { DocumentSchema } from '../../domain/records/claim.ts';
import { IdSchema } from '../../domain/records/contract-value.ts';
import { contractInForce } from '../support/claims/contracts.ts';
import { refuseNotUploaded, verifierDocumentRef } from '../support/claims/documents.ts';
import { claimOf } from '../support/claims/record.ts';
import type { Principal } from '../support/http/identity.ts';
import { PageQuery, pageOf } from '../support/http/page.ts';
import { type Context, route } from '../support/http/route.ts';
import { SaidRefusal } from '../support/http/said.ts';
import { Sha256, UploadView, uploadOf } from '../support/http/uploads.ts';
import {
  REASON_MAX,
  REVERSAL_STATES,
  reportReversal,
  reversalOf,
  reversalsPage,
} from '../support/reversals/register.ts';
import { ReversalView, reversalView } from '../support/reversals/view.ts';
import { ProviderContract } from './institute-scope.ts';

const audience = 'verifiers';
/** Who finds out that a paid result is false; a verifier not of the institute that they belong to. */
const roles = { verifier: 'other_provider', administrator: 'any' } as const;
/** And who decides and audits it. */
const readers = { ...roles, approver: 'any', auditor: 'any' } as const;
const OneClaim = ProviderContract.extend({ claim: IdSchema });
const path = '/providers/{provider}/contracts/{contract}/claims/{claim}/reversal';
const Programme = z.strictObject({ programme: IdSchema });

/** The claim of a path, with the programme that it belongs to. Refused: none there (NOT_FOUND). */
async function refOf({ ports }: Context, { provider, contract, claim }: z.output<typeof OneClaim>) {
  const { programme } = await contractInForce(ports, contract);
  const ref = { programme, provider, claim };
  if ((await claimOf(ports, ref)).contract === contract) return ref;
  throw new SaidRefusal('NOT_FOUND', { es: 'no existe ese reclamo', en: 'there is no such claim' });
}

const requestUpload = route(
  {
    id: 'requestReversalUpload',
    audience,
    method: 'POST',
    path: `${path}/documents`,
    summary: {
      es: 'Declara un documento de una anulación y obtiene dónde subirlo',
      en: 'Declares a document of a reversal and gets where to upload it',
    },
    roles,
    params: OneClaim,
    body: DocumentSchema,
    status: 201,
    response: UploadView,
    refusals: ['UNKNOWN_CONTRACT'],
  },
  async ({ params, body }, context) => {
    const { programme, claim } = await refOf(context, params);
    return { body: await uploadOf(context.ports, verifierDocumentRef(programme, claim, body.sha256), body) };
  },
);

const report = route(
  {
    id: 'reportReversal',
    audience,
    method: 'POST',
    path,
    summary: {
      es: 'Informa que un reclamo ya liquidado es falso',
      en: 'Reports that a claim that was settled is false',
    },
    roles,
    params: OneClaim,
    body: z.strictObject({
      reason: z.string().trim().min(1).max(REASON_MAX),
      documents: z.array(Sha256).max(20).default([]),
    }),
    status: 201,
    response: ReversalView,
    idempotent: true,
    refusals: ['UNKNOWN_CONTRACT', 'WRONG_STAGE', 'CONFLICT'],
  },
  async ({ params, body, principal, language }, context) => {
    const { ports } = context;
    const ref = await refOf(context, params);
    await refuseNotUploaded(ports, ref, body.documents);
    const { subject: person, provider: institute } = principal;
    const record = await reportReversal(ports, { ...ref, ...body, person, institute });
    return { body: await reversalView(ports, record, language) };
  },
);

/** A verifier never meets the claims of an institute that they belong to; whoever else reads them all. */
const hidden = (role: string, { provider }: Principal, of: { readonly provider: string }): boolean =>
  role === 'verifier' && provider === of.provider;

const list = route(
  {
    id: 'listReversals',
    audience,
    method: 'GET',
    path: '/programmes/{programme}/reversals',
    summary: {
      es: 'Anulaciones de reclamos de un programa, por reclamo',
      en: 'Reversals of a programme’s claims, by claim',
    },
    roles: readers,
    params: Programme,
    query: PageQuery.extend({ state: z.enum(REVERSAL_STATES).optional() }),
    status: 200,
    response: pageOf(ReversalView),
    refusals: [],
  },
  async ({ params, query, principal, role, language }, { ports }) => {
    const { items, ...next } = await reversalsPage(ports, params.programme, query);
    const visible = items.filter((item) => !hidden(role, principal, item));
    return {
      body: { items: await Promise.all(visible.map((each) => reversalView(ports, each, language))), ...next },
    };
  },
);

const get = route(
  {
    id: 'getReversal',
    audience,
    method: 'GET',
    path: '/programmes/{programme}/reversals/{claim}',
    summary: {
      es: 'La anulación de un reclamo y su decisión',
      en: 'The reversal of a claim and its decision',
    },
    roles: readers,
    params: Programme.extend({ claim: IdSchema }),
    status: 200,
    response: ReversalView,
    refusals: [],
  },
  async ({ params: { programme, claim }, principal, role, language }, { ports }) => {
    const record = await reversalOf(ports, programme, claim);
    if (hidden(role, principal, record))
      throw new SaidRefusal('NOT_FOUND', {
        es: `nadie informó que ${claim} sea falso`,
        en: `nobody reported that ${claim} is false`,
      });
    return { body: await reversalView(ports, record, language) };
  },
);

/** Routes by which a paid result is reported false, and followed. */
export const reversalRoutes = [requestUpload, report, list, get];
