import { z } from 'zod';
import { missingDocuments } from './support/claims/documents.ts';
import { claimKey } from './support/claims/keys.ts';
import { moveClaim } from './support/claims/record.ts';
import { ClaimStep, stepClaim, stepOf } from './support/claims/step.ts';
import { step } from './support/handler.ts';

const Output = ClaimStep.extend({ complete: z.boolean(), missing: z.int() });

/**
 * Validates that every document of a claim was uploaded as it was declared, by hashing its bytes. A claim with
 * documents missing waits for its institute; a withdrawn one ends.
 */
export const handler = step(
  'ValidateClaim',
  { input: ClaimStep, output: Output },
  async (input, { ports }) => {
    const record = await stepClaim(ports, input);
    const ended = { ...stepOf(input), complete: false, missing: 0 };
    if (record.state === 'withdrawn') return ended;
    // Run again after a later step: the documents were complete.
    if (record.state !== 'received' && record.state !== 'documents_missing')
      return { ...ended, complete: true };
    const missing = await missingDocuments(ports, record.programme, record.provider, record.documents);
    if (missing.length === 0) {
      await moveClaim(ports, record, {
        event: 'documents_complete',
        actor: 'system',
        to: 'checking',
        set: { missing },
      });
      return { ...ended, complete: true };
    }
    if (record.state === 'received')
      await moveClaim(ports, record, {
        event: 'documents_requested',
        actor: 'system',
        to: 'documents_missing',
        set: { missing },
      });
    else
      await ports.control.write([
        {
          update: claimKey(record.programme, record.provider, record.id),
          set: { missing },
          condition: { field: 'state', is: '=', value: 'documents_missing' },
        },
      ]);
    return { ...ended, missing: missing.length };
  },
);
