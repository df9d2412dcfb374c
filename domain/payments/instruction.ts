import { z } from 'zod';
import { monthField, payableFields } from './payable.ts';

/**
 * One order to the bank: a payable with its identifiers. Amounts are minor units, greater than 0; EndToEndId
 * is at most 35 characters of the SWIFT Latin subset; the UETR is a lower-case UUIDv4, one per attempt.
 */
export const Instruction = z.strictObject({
  endToEndId: z.string().regex(/^[A-Za-z0-9/\-?:().,'+]{1,35}$/),
  uetr: z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
  programme: z.string().min(1),
  cycle: monthField,
  /** 1 for the first order, n+1 for a reissue after a rejection or a return. */
  attempt: z.int().positive(),
  ...payableFields,
});
export type Instruction = z.infer<typeof Instruction>;
