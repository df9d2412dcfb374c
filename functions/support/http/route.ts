import type { z } from 'zod';
import type { Ports } from '../../../adapters/ports.ts';
import type { RefusalCode } from '../../../domain/kernel/result.ts';
import type { Principal, Role } from './identity.ts';
import type { Language, Said } from './said.ts';

export const AUDIENCES = [
  'institutes',
  'verifiers',
  'case-workers',
  'administrators',
  'approvers',
  'auditors',
] as const;
export type Audience = (typeof AUDIENCES)[number];

/**
 * What a role may reach: `any` everything under the path; `own_provider` only where `{provider}` is the token's own;
 * `other_provider` whatever is not of the institute that the person belongs to (verifiers).
 */
export type Scope = 'any' | 'own_provider' | 'other_provider';

export type Request<P, Q, B> = {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly principal: Principal;
  readonly language: Language;
  /** The caller's key, where the route asks for one. */
  readonly idempotencyKey: string | undefined;
  /** The role that let the request in. */
  readonly role: Role;
};
export type Context = { readonly ports: Ports };
export type Reply<R> = {
  readonly body: R;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
};
/** Bytes of a file, or where to fetch them. */
export type FileReply =
  | { readonly bytes: Uint8Array; readonly type: string; readonly name: string }
  | { readonly location: string };

type Shape = z.ZodObject;
type Empty = z.ZodObject<Record<never, never>>;
export type RouteSpec<
  P extends Shape = Shape,
  Q extends Shape = Shape,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> = {
  /** The operation's name, unique over the API. */
  readonly id: string;
  readonly audience: Audience;
  readonly method: 'GET' | 'POST' | 'PUT';
  /** `/providers/{provider}/claims`; a last `{name+}` takes the rest of the path. */
  readonly path: string;
  readonly summary: Said;
  readonly roles: Readonly<Partial<Record<Role, Scope>>>;
  readonly params: P;
  readonly query?: Q;
  readonly body?: B;
  /** JSON unless said otherwise. */
  readonly bodyType?: 'application/json' | 'text/csv';
  readonly maxBytes?: number;
  readonly status: 200 | 201 | 202;
  /** `file`: bytes instead of JSON. */
  readonly response: R | 'file';
  /** The caller must send an `Idempotency-Key`. */
  readonly idempotent?: boolean;
  /** Refusals that belong to this route, beside those of every request. */
  readonly refusals: readonly RefusalCode[];
};
export type Route = RouteSpec & {
  readonly run: (
    request: Request<never, never, never>,
    context: Context,
  ) => Promise<Reply<unknown> | FileReply>;
};

/** A route with its handler; schemas give the types of params, query, body and response. */
export function route<
  P extends Shape,
  R extends z.ZodType,
  Q extends Shape = Empty,
  B extends z.ZodType = z.ZodUndefined,
>(
  spec: RouteSpec<P, Q, B, R>,
  run: (
    request: Request<z.output<P>, z.output<Q>, z.output<B>>,
    context: Context,
  ) => Promise<Reply<z.input<R>> | FileReply>,
): Route {
  return { ...spec, run } as unknown as Route;
}

type Segment = { readonly name?: string; readonly rest?: boolean; readonly text: string };
const segmentsOf = (path: string): Segment[] =>
  path
    .slice(1)
    .split('/')
    .map((text) => {
      const match = /^\{(\w+)(\+?)\}$/.exec(text);
      return match ? { name: match[1]!, rest: match[2] === '+', text } : { text };
    });

/** The parameters that `path` gives a route's template; undefined where it does not fit. */
export function matchPath(template: string, path: string): Record<string, string> | undefined {
  const wanted = segmentsOf(template);
  const given = path.slice(1).split('/');
  const params: Record<string, string> = {};
  for (const [i, segment] of wanted.entries()) {
    const text = given[i];
    if (text === undefined || text === '') return undefined;
    if (segment.rest) {
      const rest = given.slice(i).map(decode);
      if (rest.includes(undefined)) return undefined;
      params[segment.name!] = rest.join('/');
      return params;
    }
    const value = decode(text);
    if (value === undefined) return undefined;
    if (segment.name) params[segment.name] = value;
    else if (segment.text !== value) return undefined;
  }
  return given.length === wanted.length ? params : undefined;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
