import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './bundle.ts';
import { pascal } from './names.ts';

/** One line of the gateway's route table, with the function of the manifest that answers it. */
export type GatewayRoute = {
  readonly id: string;
  readonly method: string;
  /** As API Gateway writes it; a last `{name+}` takes the rest of the path. */
  readonly path: string;
  readonly functionName: string;
};

type Operation = {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly 'x-gateway-path'?: string;
};
type Contract = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

/**
 * Every route of the HTTP contract, functions/http/openapi.json, which is made from the route tables that the
 * handlers serve (docs/decisions/002-routes-from-the-contract.md). An operation's tag is its audience, and
 * `case-workers` is the function `HttpCaseWorkers`.
 */
export function gatewayRoutes(file = join(ROOT, 'functions/http/openapi.json')): GatewayRoute[] {
  const { paths } = JSON.parse(readFileSync(file, 'utf8')) as Contract;
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const [audience, ...others] = operation.tags;
      if (audience === undefined || others.length > 0)
        throw new Error(`${operation.operationId}: a route has one audience, not ${operation.tags.length}`);
      return {
        id: operation.operationId,
        method: method.toUpperCase(),
        path: operation['x-gateway-path'] ?? path,
        functionName: `Http${pascal(audience)}`,
      };
    }),
  );
}
