import { z } from 'zod';
import { IdSchema } from '../../domain/records/contract-value.ts';
import { MonthText, PageQuery, pageOf } from '../support/http/page.ts';
import { reportFile } from '../support/http/report-file.ts';
import { route } from '../support/http/route.ts';
import { STATEMENT_FILES, statementFolder, statementsPk } from '../support/statements.ts';
import { audience, mayRead, Provider } from './institute-scope.ts';

const Listed = z.strictObject({
  programme: IdSchema,
  period: MonthText,
  files: z.array(z.strictObject({ name: z.enum(STATEMENT_FILES), bytes: z.int() })),
});

const list = route(
  {
    id: 'listStatements',
    audience,
    method: 'GET',
    path: '/providers/{provider}/statements',
    summary: {
      es: 'Estados de cuenta del instituto, del más nuevo al más viejo',
      en: 'Statements of the institute, newest first',
    },
    roles: mayRead,
    params: Provider,
    query: PageQuery,
    status: 200,
    response: pageOf(Listed),
    refusals: [],
  },
  async ({ params, query }, { ports }) => {
    const { items, next } = await ports.control.query(statementsPk(params.provider), {
      limit: query.limit,
      newestFirst: true,
      ...(query.cursor !== undefined && { after: query.cursor }),
    });
    const statements = items.map(({ programme, period, files }) => ({ programme, period, files }));
    return { body: { items: statements as z.input<typeof Listed>[], ...(next !== undefined && { next }) } };
  },
);

const download = route(
  {
    id: 'downloadStatement',
    audience,
    method: 'GET',
    path: '/providers/{provider}/statements/{programme}/{period}/{name}',
    summary: { es: 'Descarga un estado de cuenta', en: 'Downloads a statement' },
    roles: mayRead,
    params: Provider.extend({ programme: IdSchema, period: MonthText, name: z.enum(STATEMENT_FILES) }),
    status: 200,
    response: 'file' as const,
    refusals: [],
  },
  async ({ params: { provider, programme, period, name } }, { ports }) =>
    reportFile(ports, `${programme}/${period}/${statementFolder(provider)}/${name}`, name),
);

/** Routes by which institutes read what each cycle settled and paid of theirs. */
export const statementRoutes = [list, download];
