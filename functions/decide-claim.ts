import { z } from 'zod';
import type { Json } from '../adapters/ports.ts';
import { CLAIM_STATES } from '../domain/records/claim.ts';
import { type ClaimDecision, moveClaim } from './support/claims/record.ts';
import { ClaimStep, stepClaim } from './support/claims/step.ts';
import { step } from './support/handler.ts';

const Input = ClaimStep.extend({
  decision: z.enum(['refuse', 'verify', 'pass']),
  failed: z.array(z.string()),
});
const Output = ClaimStep.extend({ state: z.enum(CLAIM_STATES) });

/**
 * Decides a claim that no verifier had to look at: refused by its checks, or verified. One that a verifier decided
 * is decided already.
 */
export const handler = step('DecideClaim', { input: Input, output: Output }, async (input, { ports }) => {
  const record = await stepClaim(ports, input);
  const refused = input.decision === 'refuse';
  const decision: ClaimDecision = {
    outcome: refused ? 'refused' : 'verified',
    by: refused ? 'checks' : 'sample',
    on: ports.clock.now().slice(0, 10),
    reasons: input.failed,
  };
  const decided =
    record.state === 'checking'
      ? await moveClaim(ports, record, {
          event: refused ? 'checks_failed' : 'checks_passed',
          actor: 'system',
          to: decision.outcome,
          set: { decision: decision as unknown as Json },
        })
      : record;
  const { programme, provider, claim, revision } = input;
  return { programme, provider, claim, revision, state: decided.state };
});
