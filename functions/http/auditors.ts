import { z } from 'zod';
import type { ObjectRef, Ports } from '../../adapters/ports.ts';
import { IdSchema } from '../../domain/records/contract-value.ts';

import { httpHandler } from '../support/http/api.ts';
import { decodeCursor, encodeCursor, MonthText, PageQuery, pageOf } from '../support/http/page.ts';
import { route } from '../support/http/route.ts';
import { SaidRefusal } from '../support/http/said.ts';
import { currentUploads } from '../support/http/uploads.ts';

const audience = 'auditors';
const roles = { auditor: 'any', administrator: 'any' } as const;
const Programme = z.strictObject({ programme: IdSchema });
/** What one Lambda answer carries (6 MB, in base64); larger files are fetched from the store itself. */
const INLINE_BYTES_MAX = 4_000_000;

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
  async ({ params }, { ports }) => {
    const ref = { bucket: 'reports', key: `${params.programme}/${params.period}/${params.name}` } as const;
    const bytes = await sizeOf(ports, ref);
    const found = bytes === undefined || bytes > INLINE_BYTES_MAX ? undefined : await ports.objects.get(ref);
    if (found) return { bytes: found, type: typeOf(params.name), name: params.name };
    if (bytes === undefined)
      throw new SaidRefusal('NOT_FOUND', { es: 'no existe ese reporte', en: 'there is no such report' });
    const { url } = await (await currentUploads()).get(ref, ports.clock.now());
    return { location: url };
  },
);

async function sizeOf(ports: Ports, { bucket, key }: ObjectRef): Promise<number | undefined> {
  for await (const object of ports.objects.list(bucket, key)) if (object.key === key) return object.bytes;
  return undefined;
}

const TYPES: { readonly [extension: string]: string } = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
  html: 'text/html; charset=utf-8',
  xml: 'application/xml',
};
const typeOf = (name: string): string => TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';

export const routes = [list, download];
/** Auditors: published reports; they read and never write. */
export const handler = httpHandler(routes);
