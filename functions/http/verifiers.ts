import { z } from 'zod';
import type { Item, Ports } from '../../adapters/ports.ts';
import { DocumentSchema, RegistrationSchema } from '../../domain/records/claim.ts';
import { DaySchema, IdSchema } from '../../domain/records/contract-value.ts';
import { handler as recordVerification } from '../record-verification.ts';
import { contractInForce } from '../support/claims/contracts.ts';
import { documentRef, refuseNotUploaded, verifierDocumentRef } from '../support/claims/documents.ts';
import { queuePk } from '../support/claims/keys.ts';
import { registrationOf } from '../support/claims/people.ts';
import { claimOf } from '../support/claims/record.ts';
import { ClaimView, claimView } from '../support/claims/view.ts';
import { httpHandler } from '../support/http/api.ts';
import type { Principal } from '../support/http/identity.ts';
import { PageQuery, pageOf } from '../support/http/page.ts';
import { route } from '../support/http/route.ts';
import { SaidRefusal } from '../support/http/said.ts';
import { currentUploads, Sha256, UploadView, uploadOf } from '../support/http/uploads.ts';
import { reversalRoutes } from './reversals.ts';

const audience = 'verifiers';
/** A verifier never meets the claims of an institute that they belong to. */
const roles = { verifier: 'other_provider' } as const;
const Programme = z.strictObject({ programme: IdSchema });
const ProgrammeClaim = Programme.extend({ claim: IdSchema });

const Queued = z.strictObject({
  claim: IdSchema,
  contract: IdSchema,
  provider: IdSchema,
  milestone: IdSchema,
  submittedOn: DaySchema,
  since: z.string(),
});

const mine = (item: Item, principal: Principal): boolean =>
  item.provider === principal.provider || item.submittedBy === principal.subject;

/** A claim of the queue that this person may look at; for any other the queue has no such claim. */
async function queued(ports: Ports, programme: string, claim: string, principal: Principal): Promise<Item> {
  const item = await ports.control.get({ pk: queuePk(programme), sk: claim });
  if (item && !mine(item, principal)) return item;
  throw new SaidRefusal('NOT_FOUND', {
    es: 'ese reclamo no espera su verificación',
    en: 'that claim waits for no verification by you',
  });
}

const list = route(
  {
    id: 'listVerifications',
    audience,
    method: 'GET',
    path: '/programmes/{programme}/verifications',
    summary: { es: 'Reclamos que esperan verificación', en: 'Claims that wait for verification' },
    roles,
    params: Programme,
    query: PageQuery,
    status: 200,
    response: pageOf(Queued),
    refusals: [],
  },
  async ({ params, query, principal }, { ports }) => {
    const { items, next } = await ports.control.query(queuePk(params.programme), {
      limit: query.limit,
      ...(query.cursor !== undefined && { after: query.cursor }),
    });
    const others = items.filter((item) => !mine(item, principal));
    return {
      body: {
        items: others.map(({ sk, contract, provider, milestone, submittedOn, since }) => ({
          claim: sk,
          contract: String(contract),
          provider: String(provider),
          milestone: String(milestone),
          submittedOn: String(submittedOn),
          since: String(since),
        })),
        ...(next !== undefined && { next }),
      },
    };
  },
);

const get = route(
  {
    id: 'getVerification',
    audience,
    method: 'GET',
    path: '/programmes/{programme}/verifications/{claim}',
    summary: {
      es: 'Un reclamo por verificar: persona, hechos, controles y documentos',
      en: 'A claim to verify: person, facts, checks and documents',
    },
    roles,
    params: ProgrammeClaim,
    status: 200,
    response: z.strictObject({
      claim: ClaimView,
      person: RegistrationSchema.omit({ contract: true }),
      downloads: z.array(z.strictObject({ sha256: Sha256, url: z.string(), expiresAt: z.string() })),
    }),
    refusals: [],
  },
  async ({ params, principal, language }, { ports }) => {
    const { programme, claim } = params;
    const item = await queued(ports, programme, claim, principal);
    const record = await claimOf(ports, { programme, provider: String(item.provider), claim });
    const contract = await contractInForce(ports, record.contract);
    const registered = await registrationOf(ports, contract, record.provider, record.participant);
    const { contract: _contract, ...person } = registered ?? {
      contract: record.contract,
      id: record.participant,
    };
    const uploads = await currentUploads();
    const downloads = await Promise.all(
      record.documents.map(async ({ sha256 }) => {
        const ref = documentRef(programme, record.provider, sha256);
        const { url, expiresAt } = await uploads.get(ref, ports.clock.now());
        return { sha256, url, expiresAt };
      }),
    );
    return { body: { claim: claimView(record, language), person, downloads } };
  },
);

const requestUpload = route(
  {
    id: 'requestVerificationUpload',
    audience,
    method: 'POST',
    path: '/programmes/{programme}/verifications/{claim}/documents',
    summary: {
      es: 'Declara un documento de la verificación y obtiene dónde subirlo',
      en: 'Declares a document of the verification and gets where to upload it',
    },
    roles,
    params: ProgrammeClaim,
    body: DocumentSchema,
    status: 201,
    response: UploadView,
    refusals: [],
  },
  async ({ params, body, principal }, { ports }) => {
    const { programme, claim } = params;
    await queued(ports, programme, claim, principal);
    const ref = verifierDocumentRef(programme, claim, body.sha256);
    return { body: await uploadOf(ports, ref, body) };
  },
);

const Decision = z
  .strictObject({
    verdict: z.enum(['confirmed', 'rejected']),
    reasons: z.array(z.string().min(1).max(300)).max(10),
    documents: z.array(Sha256).max(20).default([]),
  })
  .refine(({ verdict, reasons }) => verdict === 'confirmed' || reasons.length > 0, {
    path: ['reasons'],
    message: 'un rechazo dice por qué / a rejection says why',
  });

const decide = route(
  {
    id: 'decideVerification',
    audience,
    method: 'POST',
    path: '/programmes/{programme}/verifications/{claim}/decision',
    summary: { es: 'Confirma o rechaza un reclamo', en: 'Confirms or rejects a claim' },
    roles,
    params: ProgrammeClaim,
    body: Decision,
    status: 200,
    response: z.strictObject({ claim: IdSchema, state: z.string() }),
    idempotent: true,
    refusals: ['WRONG_STAGE', 'CONFLICT'],
  },
  async ({ params, body, principal }, { ports }) => {
    const { programme, claim } = params;
    await refuseNotUploaded(ports, params, body.documents);
    const { subject, provider } = principal;
    const state = await recordVerification(
      { programme, claim, person: subject, ...(provider !== undefined && { provider }), ...body },
      {} as never,
    );
    return { body: state };
  },
);

export const routes = [list, get, requestUpload, decide, ...reversalRoutes];
/** Verifiers: the queue of claims and their decisions; paid results that are found false. */
export const handler = httpHandler(routes);
