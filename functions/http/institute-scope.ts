import { z } from 'zod';
import { IdSchema } from '../../domain/records/contract-value.ts';
import { SaidRefusal } from '../support/http/said.ts';

export const audience = 'institutes';
export const own = { institute: 'own_provider' } as const;
export const mayRead = { ...own, auditor: 'any', administrator: 'any' } as const;
export const Provider = z.strictObject({ provider: IdSchema });
export const ProviderContract = Provider.extend({ contract: IdSchema });
/** A body may name its institute; it must be the token's own. */
export const named = { provider: IdSchema.optional() };

/** A claim on behalf of another institute is refused before anything is looked up. */
export function requireSame(provider: string, inBody: string | undefined): void {
  if (inBody === undefined || inBody === provider) return;
  throw new SaidRefusal(
    'NOT_ALLOWED',
    { es: 'un instituto solo presenta lo suyo', en: 'an institute submits its own only' },
    { at: 'provider' },
  );
}
