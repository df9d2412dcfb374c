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

/** Profiles that ship; a programme may bring its own as JSON of the same shape. */
export const PROFILES: Readonly<Record<string, BankProfile>> = {
  'iso-default': DEFAULT_PROFILE,
  'iso-utf8': BankProfile.parse({ name: 'iso-utf8', charset: 'utf8' }),
  'iso-latin1': BankProfile.parse({ name: 'iso-latin1', charset: 'latin1' }),
  /** For banks whose MT940 gives back 16 characters of a reference. */
  'mt940-16': BankProfile.parse({ name: 'mt940-16', endToEndIdLength: 16 }),
};
