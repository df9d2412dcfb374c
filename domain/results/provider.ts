import { z } from 'zod';
import { Account } from '../payments/payable.ts';
import { CaseParticipantSchema } from '../records/claim-case.ts';

/** How the institutes of a cycle are paid, by institute id: from the programme's register, never from a claim. */
export const ProviderRegister = z.record(
  z.string().min(1),
  z.strictObject({
    name: z.string().min(1).max(140),
    document: z.string().min(1).max(35).optional(),
    account: Account,
    town: z.string().min(1).max(70),
    country: z.string().regex(/^[A-Z]{2}$/),
    territory: z.string().default(''),
  }),
);
export type ProviderRegister = z.infer<typeof ProviderRegister>;

/** A participant of one contract and institute with the verified facts that a settlement may use. */
export const VerifiedClaim = z.strictObject({
  contract: z.string().min(1),
  provider: z.string().min(1),
  participant: CaseParticipantSchema,
});
export type VerifiedClaim = z.infer<typeof VerifiedClaim>;
