import { z } from 'zod';
import type { Json } from '../adapters/ports.ts';
import { CHECK_CODES } from '../domain/results/check-texts.ts';
import { checkClaim } from '../domain/results/verification.ts';
import { checkPlan } from './support/claims/check-plan.ts';
import { indexFor } from './support/claims/claim-index.ts';
import { contractInForce } from './support/claims/contracts.ts';
import { evidenceOf } from './support/claims/evidence.ts';
import { claimKey } from './support/claims/keys.ts';
import { registrationOf } from './support/claims/people.ts';
import { unmoved } from './support/claims/record.ts';
import { ClaimStep, stepClaim, stepOf } from './support/claims/step.ts';
import { step } from './support/handler.ts';

const Output = ClaimStep.extend({
  /** `refuse`: a check failed. `verify`: no source could tell, so a person must look. `pass`: the sample decides. */
  decision: z.enum(['refuse', 'verify', 'pass']),
  flagged: z.boolean(),
  failed: z.array(z.enum(CHECK_CODES)),
});

/** Runs the automatic checks on a claim against independent evidence and all other claims, and keeps their outcome. */
export const handler = step(
  'CrossCheckClaim',
  { input: ClaimStep, output: Output },
  async (input, { ports }) => {
    const record = await stepClaim(ports, input);
    const contract = await contractInForce(ports, record.contract);
    const person = await registrationOf(ports, contract, record.provider, record.participant);
    const { currency } = contract.definition;
    const evidence = await evidenceOf(ports, record.programme, record.participant, currency);
    const plan = checkPlan(contract.definition);
    const index = await indexFor(ports, contract, record);
    const { results, decision, flagged } = checkClaim(record, person, evidence, plan, index);
    if (record.state === 'checking')
      await ports.control.write([
        {
          update: claimKey(record.programme, record.provider, record.id),
          set: { checks: results as unknown as Json, flagged },
          condition: unmoved(record),
        },
      ]);
    const failed = results.flatMap(({ code, outcome }) => (outcome === 'fail' ? [code] : []));
    // `hold` (a bad check digit) is refused with what to correct: a refused claim keeps its place and can be corrected.
    return { ...stepOf(input), decision: decision === 'hold' ? 'refuse' : decision, flagged, failed };
  },
);
