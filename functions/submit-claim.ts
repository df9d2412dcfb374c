import { z } from 'zod';
import { CLAIM_STATES, ClaimSubmissionSchema } from '../domain/records/claim.ts';
import { IdSchema } from '../domain/records/contract-value.ts';
import { submitClaim } from './support/claims/submit.ts';
import { step } from './support/handler.ts';

const Input = z.object({
  provider: IdSchema,
  person: z.string().min(1),
  /** Names the request, so that a repeat of it meets its own claim. */
  requestKey: z.string().min(1),
  submission: ClaimSubmissionSchema,
});
const Output = z.object({ programme: IdSchema, claim: IdSchema, state: z.enum(CLAIM_STATES) });

/** Takes a claim in for an institute (support/claims/submit.ts says what is refused) and starts its workflow. */
export const handler = step('SubmitClaim', { input: Input, output: Output }, async (input, { ports }) => {
  const record = await submitClaim(ports, input);
  return { programme: record.programme, claim: record.id, state: record.state };
});
