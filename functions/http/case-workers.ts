import { z } from 'zod';
import { IdSchema } from '../../domain/records/contract-value.ts';
import { type CorrectionCase, CorrectionSchema } from '../../domain/records/correction.ts';
import { checkCorrection } from '../support/corrections/check.ts';
import {
  CORRECTION_STATES,
  correctionOf,
  correctionsPage,
  submitCorrection,
} from '../support/corrections/register.ts';
import { CorrectionView, correctionView } from '../support/corrections/view.ts';
import { historyPage } from '../support/history.ts';
import { HistoryView, historyView } from '../support/history-view.ts';
import { httpHandler } from '../support/http/api.ts';
import { encodeCursor, monthOfCursor, PageQuery, pageOf } from '../support/http/page.ts';
import { route } from '../support/http/route.ts';
import { SaidRefusal } from '../support/http/said.ts';

const audience = 'case-workers';
const Programme = z.strictObject({ programme: IdSchema });
/** Those who see a household's case: who files it, who decides it, who audits it. */
const readers = { case_worker: 'any', approver: 'any', auditor: 'any' } as const;
/** The administrator opens the cycle that applies them. */
const listReaders = { ...readers, administrator: 'any' } as const;
const path = '/programmes/{programme}/corrections';

const submit = route(
  {
    id: 'submitCorrection',
    audience,
    method: 'POST',
    path,
    summary: {
      es: 'Presenta una corrección de ciclos cerrados de un hogar',
      en: 'Submits a correction of a household’s closed cycles',
    },
    roles: { case_worker: 'any' },
    params: Programme,
    body: CorrectionSchema,
    maxBytes: 256 * 1024,
    status: 201,
    response: CorrectionView,
    idempotent: true,
    refusals: ['CYCLE_NOT_FOUND'],
  },
  async ({ params, body, principal, language }, { ports }) => {
    if (body.programme !== params.programme)
      throw new SaidRefusal('BAD_INPUT', {
        es: 'la corrección es de otro programa que la ruta',
        en: 'the correction is of another programme than the path',
      });
    const asked = body as unknown as CorrectionCase;
    await checkCorrection(ports, asked);
    return { body: correctionView(await submitCorrection(ports, asked, principal.subject), language) };
  },
);

const list = route(
  {
    id: 'listCorrections',
    audience,
    method: 'GET',
    path,
    summary: {
      es: 'Correcciones de un programa, por identificador',
      en: 'Corrections of a programme, by id',
    },
    roles: listReaders,
    params: Programme,
    query: PageQuery.extend({ state: z.enum(CORRECTION_STATES).optional() }),
    status: 200,
    response: pageOf(CorrectionView),
    refusals: [],
  },
  async ({ params, query, language }, { ports }) => {
    const { items, ...next } = await correctionsPage(ports, params.programme, query);
    return { body: { items: items.map((record) => correctionView(record, language)), ...next } };
  },
);

const get = route(
  {
    id: 'getCorrection',
    audience,
    method: 'GET',
    path: `${path}/{correction}`,
    summary: { es: 'Una corrección y su decisión', en: 'One correction and its decision' },
    roles: listReaders,
    params: Programme.extend({ correction: IdSchema }),
    status: 200,
    response: CorrectionView,
    refusals: [],
  },
  async ({ params: { programme, correction }, language }, { ports }) => ({
    body: correctionView(await correctionOf(ports, programme, correction), language),
  }),
);

/** Each cycle is read from the records that it left, so a page looks at few. */
const HistoryQuery = PageQuery.extend({ limit: z.coerce.number().int().min(1).max(12).default(6) });

const history = route(
  {
    id: 'getHouseholdHistory',
    audience,
    method: 'GET',
    path: '/programmes/{programme}/households/{household}/history',
    summary: {
      es: 'Ciclos cerrados de un hogar, del más nuevo al más viejo',
      en: 'Closed cycles of a household, newest first',
    },
    roles: readers,
    params: Programme.extend({ household: z.string().min(1).max(300) }),
    query: HistoryQuery,
    status: 200,
    response: pageOf(HistoryView),
    refusals: ['CYCLE_NOT_FOUND'],
  },
  async ({ params: { programme, household }, query: { limit, cursor } }, { ports }) => {
    const before = cursor === undefined ? undefined : monthOfCursor(cursor);
    const { items, next } = await historyPage(ports, programme, household, { limit, before });
    return { body: { items: items.map(historyView), ...(next && { next: encodeCursor(next) }) } };
  },
);

export const routes = [submit, list, get, history];
/** Case workers: corrections of closed cycles, and what each cycle decided for a household. They decide nothing. */
export const handler = httpHandler(routes);
