import { z } from 'zod';
import type { Ports } from '../../../adapters/ports.ts';
import { Refused } from '../../../domain/kernel/result.ts';
import { IdSchema } from '../../../domain/records/contract-value.ts';
import { type ClaimRecord, claimOf } from './record.ts';

/** What every step of outcome-claim is told: keys only, never a person. */
export const ClaimStep = z.object({
  programme: IdSchema,
  provider: IdSchema,
  claim: IdSchema,
  revision: z.int().min(1),
});
export type ClaimStep = z.output<typeof ClaimStep>;

/** The claim of a step. Refuses an execution of an earlier revision: the institute has corrected the claim since. */
export async function stepClaim(ports: Ports, step: ClaimStep): Promise<ClaimRecord> {
  const record = await claimOf(ports, step);
  if (record.revision === step.revision) return record;
  throw new Refused({
    code: 'STATE_MOVED',
    message: `claim ${step.claim} is at revision ${record.revision}, not ${step.revision}`,
    next: 'nothing: the later revision has its own execution',
  });
}

/** The keys again, for the output of a step. */
export const stepOf = ({ programme, provider, claim, revision }: ClaimStep): ClaimStep => ({
  programme,
  provider,
  claim,
  revision,
});
