import { z } from 'zod';

/**
 * What differs between banks, as data: never hard-code a bank. Limits are those the bank publishes; the
 * default is the strictest reading that every ISO 20022 bank accepts.
 */
export const BankProfile = z.strictObject({
  name: z.string(),
  /** Names: `swift` transliterates to the SWIFT Latin subset, `latin1` and `utf8` keep accents. */
  charset: z.enum(['swift', 'latin1', 'utf8']).default('swift'),
  maxPayments: z.int().positive().default(25_000),
  maxBytes: z.int().positive().default(45_000_000),
  /** Longest EndToEndId that comes back on statements: 35, or 16 through MT940 `:61:`. */
  endToEndIdLength: z.int().min(16).max(35).default(35),
  chargeBearer: z.enum(['DEBT', 'SHAR', 'SLEV']).default('DEBT'),
  batchBooking: z.boolean().default(true),
  categoryPurpose: z
    .strictObject({ household: z.string(), provider: z.string() })
    .default({ household: 'SSBE', provider: 'GOVT' }),
  purpose: z
    .strictObject({ household: z.string(), provider: z.string() })
    .default({ household: 'BENE', provider: 'SCVE' }),
  /** Return reasons by which this bank says that cash was not picked up (ISO has no code for it). */
  unclaimedReasons: z.array(z.string()).default(['NOAS']),
  /** Whether cash counts as paid only when the bank reports the pick-up (CPUC). */
  cashNeedsPickup: z.boolean().default(true),
});
export type BankProfile = z.infer<typeof BankProfile>;

export const DEFAULT_PROFILE: BankProfile = BankProfile.parse({ name: 'iso-default' });
