import { z } from 'zod';
import { cursorOf } from '../../adapters/control-rules.ts';
import type { Ports } from '../../adapters/ports.ts';
import { DocumentSchema, RegistrationSchema } from '../../domain/records/claim.ts';
import { DaySchema, IdSchema, LabelSchema } from '../../domain/records/contract-value.ts';
import {
  type ContractInForce,
  contractInForce,
  holds,
  inForce,
  requireHolder,
} from '../support/claims/contracts.ts';
import { documentRef } from '../support/claims/documents.ts';
import { contractsPk, participantPrefix, providerPk } from '../support/claims/keys.ts';
import { rowsOf } from '../support/claims/list.ts';
import { personOf, registerParticipant } from '../support/claims/people.ts';
import { httpHandler } from '../support/http/api.ts';
import { PageQuery, pageOf } from '../support/http/page.ts';
import { route } from '../support/http/route.ts';
import { UploadView, uploadOf } from '../support/http/uploads.ts';
import { claimRoutes } from './institute-claims.ts';
import { audience, mayRead, named, own, Provider, ProviderContract, requireSame } from './institute-scope.ts';
import { statementRoutes } from './institute-statements.ts';

const ContractSummary = z.strictObject({
  id: IdSchema,
  version: IdSchema,
  name: LabelSchema,
  country: z.string(),
  currency: z.string(),
  from: DaySchema.optional(),
  until: DaySchema.optional(),
  claimsUntil: DaySchema.optional(),
  milestones: z.array(z.strictObject({ id: IdSchema, label: LabelSchema })),
  events: z.record(IdSchema, z.array(IdSchema)),
  attributes: z.array(IdSchema),
});

/**
 * A page of the contracts that an institute holds. Pages are cut from its own: a cursor of the whole list would name a
 * contract of somebody else.
 */
async function heldContracts(
  ports: Ports,
  provider: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ held: ContractInForce[]; next?: string }> {
  const held: ContractInForce[] = [];
  for await (const item of rowsOf(ports, contractsPk, '', cursor)) {
    const contract = await inForce(ports, item);
    if (!holds(contract, provider)) continue;
    if (held.length === limit) return { held, next: cursorOf(held.at(-1)!.definition.id) };
    held.push(contract);
  }
  return { held };
}

const listContracts = route(
  {
    id: 'listContracts',
    audience,
    method: 'GET',
    path: '/providers/{provider}/contracts',
    summary: { es: 'Contratos del instituto', en: 'Contracts of the institute' },
    roles: mayRead,
    params: Provider,
    query: PageQuery,
    status: 200,
    response: pageOf(ContractSummary),
    refusals: [],
  },
  async ({ params, query }, { ports }) => {
    const { held, next } = await heldContracts(ports, params.provider, query);
    return {
      body: {
        items: held.map(({ definition: { id, version, name, country, currency, dates, ...rest } }) => ({
          id,
          version,
          name,
          country,
          currency,
          ...(dates.from && { from: dates.from }),
          ...(dates.until && { until: dates.until }),
          ...(dates.claimsUntil && { claimsUntil: dates.claimsUntil }),
          milestones: rest.milestones.flatMap(({ id, label, level }) =>
            level === 'contract' ? [] : [{ id, label }],
          ),
          events: Object.fromEntries(
            Object.entries(rest.events).map(([kind, { fields }]) => [kind, Object.keys(fields)]),
          ),
          attributes: Object.keys(rest.attributes),
        })),
        ...(next !== undefined && { next }),
      },
    };
  },
);

const registerPerson = route(
  {
    id: 'registerParticipant',
    audience,
    method: 'POST',
    path: '/providers/{provider}/contracts/{contract}/participants',
    summary: { es: 'Registra una persona participante', en: 'Registers a participant' },
    roles: own,
    params: ProviderContract,
    body: RegistrationSchema.omit({ contract: true }).extend(named),
    status: 201,
    response: z.strictObject({ id: z.string(), contract: IdSchema, created: z.boolean() }),
    idempotent: true,
    refusals: ['UNKNOWN_CONTRACT', 'CONFLICT'],
  },
  async ({ params, body, principal }, { ports }) => {
    const { provider: inBody, ...person } = body;
    requireSame(params.provider, inBody);
    const { created } = await registerParticipant(ports, {
      provider: params.provider,
      person: { ...person, contract: params.contract },
      by: principal.subject,
    });
    return { status: created ? 201 : 200, body: { id: body.id, contract: params.contract, created } };
  },
);

const ParticipantView = RegistrationSchema.omit({ contract: true });
const listPeople = route(
  {
    id: 'listParticipants',
    audience,
    method: 'GET',
    path: '/providers/{provider}/contracts/{contract}/participants',
    summary: { es: 'Personas registradas por el instituto', en: 'Participants registered by the institute' },
    roles: own,
    params: ProviderContract,
    query: PageQuery,
    status: 200,
    response: pageOf(ParticipantView),
    refusals: ['UNKNOWN_CONTRACT'],
  },
  async ({ params, query }, { ports }) => {
    const contract = await contractInForce(ports, params.contract);
    requireHolder(contract, params.provider);
    const { items, next } = await ports.control.query(providerPk(contract.programme, params.provider), {
      prefix: participantPrefix(params.contract),
      limit: query.limit,
      ...(query.cursor !== undefined && { after: query.cursor }),
    });
    const people = items.map((item) => {
      const { contract: _contract, ...person } = personOf(item);
      return person;
    });
    return { body: { items: people, ...(next !== undefined && { next }) } };
  },
);

const requestUpload = route(
  {
    id: 'requestUpload',
    audience,
    method: 'POST',
    path: '/providers/{provider}/contracts/{contract}/documents',
    summary: {
      es: 'Declara un documento y obtiene dónde subirlo',
      en: 'Declares a document and gets where to upload it',
    },
    roles: own,
    params: ProviderContract,
    body: DocumentSchema,
    status: 201,
    response: UploadView,
    refusals: ['UNKNOWN_CONTRACT'],
  },
  async ({ params, body }, { ports }) => {
    const contract = await contractInForce(ports, params.contract);
    requireHolder(contract, params.provider);
    const ref = documentRef(contract.programme, params.provider, body.sha256);
    return { body: await uploadOf(ports, ref, body) };
  },
);

export const routes = [
  listContracts,
  registerPerson,
  listPeople,
  requestUpload,
  ...claimRoutes,
  ...statementRoutes,
];
/** Training institutes: their contracts, participants, documents, claims and statements. */
export const handler = httpHandler(routes);
