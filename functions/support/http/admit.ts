import type { Principal, Role } from './identity.ts';
import type { Route, Scope } from './route.ts';
import { SaidRefusal } from './said.ts';

/**
 * The role by which a principal may use a route on a provider's path; the widest one that they have. Refused: no such
 * role, or another institute's path. The answer is the same whether that institute exists or not.
 */
export function admit(route: Route, principal: Principal, provider: string | undefined): Role {
  const held = principal.roles.filter((role) => route.roles[role] !== undefined);
  if (held.length === 0)
    throw new SaidRefusal('NOT_ALLOWED', {
      es: `esta ruta es para: ${Object.keys(route.roles).join(', ')}`,
      en: `this route is for: ${Object.keys(route.roles).join(', ')}`,
    });
  const role = held
    .filter((candidate) => reaches(route.roles[candidate]!, principal, provider))
    .sort((a, b) => width(route.roles[b]!) - width(route.roles[a]!))[0];
  if (role) return role;
  throw new SaidRefusal('NOT_ALLOWED', {
    es: 'el token no alcanza a ese instituto',
    en: 'the token does not reach that institute',
  });
}

const width = (scope: Scope): number => ['own_provider', 'other_provider', 'any'].indexOf(scope);

function reaches(scope: Scope, principal: Principal, provider: string | undefined): boolean {
  if (scope === 'any') return true;
  if (scope === 'other_provider') return provider === undefined || provider !== principal.provider;
  return principal.provider !== undefined && provider === principal.provider;
}
