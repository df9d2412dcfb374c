import { z } from 'zod';
import { IdSchema } from '../../domain/records/contract-value.ts';
import { httpHandler } from '../support/http/api.ts';
import { decodeCursor, encodeCursor, MonthText, PageQuery, pageOf } from '../support/http/page.ts';
import { reportFile } from '../support/http/report-file.ts';
import { route } from '../support/http/route.ts';
import { SaidRefusal } from '../support/http/said.ts';

const audience = 'auditors';
const roles = { auditor: 'any', administrator: 'any' } as const;
const Programme = z.strictObject({ programme: IdSchema });

const list = route(
  {
    id: 'listReports',
    audience,
    method: 'GET',
    path: '/programmes/{programme}/reports',
    summary: { es: 'Reportes publicados de un programa', en: 'Published reports of a programme' },
    roles,
    params: Programme,
    query: PageQuery.extend({ period: MonthText.optional() }),
    status: 200,
    response: pageOf(z.strictObject({ period: z.string(), name: z.string(), bytes: z.int() })),
    refusals: [],
  },
  async ({ params, query }, { ports }) => {
    const folder = `${params.programme}/`;
    const after = query.cursor === undefined ? '' : decodeCursor(query.cursor);
    if (after !== '' && !after.startsWith(folder))
      throw new SaidRefusal('BAD_INPUT', {
        es: 'ese cursor no es de esta lista',
        en: 'not a page cursor of this list',
      });
    const items: { period: string; name: string; bytes: number }[] = [];
    const prefix = query.period === undefined ? folder : `${folder}${query.period}/`;
    let last = '';
    for await (const { key, bytes } of ports.objects.list('reports', prefix)) {
      if (key <= after) continue;
      if (items.length === query.limit) return { body: { items, next: encodeCursor(last) } };
      const [, period = '', ...name] = key.split('/');
      items.push({ period, name: name.join('/'), bytes });
      last = key;
    }
    return { body: { items } };
  },
);

const download = route(
  {
    id: 'downloadReport',
    audience,
    method: 'GET',
    path: '/programmes/{programme}/reports/{period}/{name+}',
    summary: { es: 'Descarga un reporte', en: 'Downloads a report' },
    roles,
    params: Programme.extend({
      period: MonthText,
      name: z.string().regex(/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/),
    }),
    status: 200,
    response: 'file' as const,
    refusals: [],
  },
  async ({ params: { programme, period, name } }, { ports }) =>
    reportFile(ports, `${programme}/${period}/${name}`, name),
);

export const routes = [list, download];
/** Auditors: published reports; they read and never write. */
export const handler = httpHandler(routes);
