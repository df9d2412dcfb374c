import { z } from 'zod';
import { NUMBER_KINDS, type NumberKind } from '../kernel/check-digits.ts';
import { CaseEventSchema, PersonId } from './claim-case.ts';
import { DaySchema, IdSchema } from './contract-value.ts';

export const DOCUMENT_TYPES = ['application/pdf', 'image/jpeg', 'image/png', 'text/csv'] as const;
export const MAX_DOCUMENT_BYTES = 20_000_000;
/** A document as its institute declares it before the upload; the upload must have this hash, size and type. */
export const DocumentSchema = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'sha256 in lower-case hex'),
  bytes: z.int().min(1).max(MAX_DOCUMENT_BYTES),
  type: z.enum(DOCUMENT_TYPES),
  name: z.string().min(1).max(200),
});
export type Document = z.infer<typeof DocumentSchema>;

const ScalarSchema = z.union([z.string().max(500), z.number(), z.boolean()]);

/** A participant as an institute registers them. */
export const RegistrationSchema = z.strictObject({
  contract: IdSchema,
  id: PersonId,
  /** A national number with check digits, where the country has one. */
  number: z
    .strictObject({
      kind: z.enum(NUMBER_KINDS as [NumberKind, ...NumberKind[]]),
      value: z.string().min(1).max(40),
    })
    .optional(),
  birthDate: DaySchema.optional(),
  attributes: z.record(IdSchema, ScalarSchema).optional(),
});
export type Registration = z.infer<typeof RegistrationSchema>;

/** One outcome that an institute asserts: who, which milestone, the facts and the documents. */
export const ClaimSubmissionSchema = z.strictObject({
  contract: IdSchema,
  participant: PersonId,
  milestone: IdSchema,
  events: z.array(CaseEventSchema).min(1).max(200),
  documents: z.array(DocumentSchema).max(20),
});
export type ClaimSubmission = z.infer<typeof ClaimSubmissionSchema>;

export const CLAIM_STATES = [
  'received',
  'documents_missing',
  'checking',
  'awaiting_verifier',
  'verified',
  'refused',
  'withdrawn',
  'payable',
  'paid',
  'reversed',
] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

/** A claim as it is kept: never deleted, because its participant and milestone stay taken. */
export const ClaimSchema = z.strictObject({
  ...ClaimSubmissionSchema.shape,
  id: IdSchema,
  provider: IdSchema,
  submittedBy: z.string().min(1),
  submittedOn: DaySchema,
  state: z.enum(CLAIM_STATES),
});
export type Claim = z.infer<typeof ClaimSchema>;
