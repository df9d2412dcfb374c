import { openApi } from '../support/http/openapi.ts';
import type { Route } from '../support/http/route.ts';
import { routes as administrators } from './administrators.ts';
import { routes as approvers } from './approvers.ts';
import { routes as auditors } from './auditors.ts';
import { routes as caseWorkers } from './case-workers.ts';
import { routes as institutes } from './institutes.ts';
import { routes as verifiers } from './verifiers.ts';

/** Every route of the API, by audience. */
export const allRoutes: readonly Route[] = [
  ...institutes,
  ...verifiers,
  ...caseWorkers,
  ...administrators,
  ...approvers,
  ...auditors,
];

/** The API's description; `openapi.json` beside this file is its text, and a test holds the two together. */
export const openApiDocument = () =>
  openApi(allRoutes, {
    title: 'Cumple',
    version: '1.0.0',
    description:
      'Pagos sociales por resultados: institutos, verificación, aprobación, auditoría.\n\nResults-based social payments: institutes, verification, approval, audit.',
  });
