import { z } from 'zod';

/** Who pays and from where: the programme's account at its paying bank. */
export const Payer = z.strictObject({
  name: z.string().min(1).max(140),
  account: z.strictObject({ scheme: z.enum(['iban', 'cci', 'other']), number: z.string().min(1).max(34) }),
  /** A BIC, or the bank's number in its national clearing system. */
  bankCode: z.string().min(1).max(35),
  town: z.string().min(1).max(35),
  country: z.string().regex(/^[A-Z]{2}$/),
});
export type Payer = z.infer<typeof Payer>;
