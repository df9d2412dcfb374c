import { z } from 'zod';
import { CLAIM_STATES } from '../domain/records/claim.ts';
import { IdSchema } from '../domain/records/contract-value.ts';
import { recordVerdict } from './support/claims/queue.ts';
import { step } from './support/handler.ts';

const Input = z.object({
  programme: IdSchema,
  claim: IdSchema,
  person: z.string().min(1),
  /** The institute that the verifier belongs to, if any. */
  provider: IdSchema.optional(),
  verdict: z.enum(['confirmed', 'rejected']),
  reasons: z.array(z.string().min(1).max(300)).max(10),
  documents: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(20),
});
const Output = z.object({ claim: IdSchema, state: z.enum(CLAIM_STATES) });

/** Records a verifier's decision (support/claims/queue.ts says who may not) and wakes the claim's workflow. */
export const handler = step(
  'RecordVerification',
  { input: Input, output: Output },
  async (input, { ports }) => {
    const { programme, claim, person, provider, verdict, reasons, documents } = input;
    const verifier = { id: person, ...(provider !== undefined && { provider }) };
    const { record, token } = await recordVerdict(ports, {
      programme,
      claim,
      verdict,
      reasons,
      documents,
      verifier,
    });
    if (token !== undefined) await ports.workflows.sendTaskSuccess(token, { verdict });
    return { claim, state: record.state };
  },
);
