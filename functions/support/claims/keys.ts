import type { Key } from '../../../adapters/ports.ts';

/**
 * Control rows of the provider stream. Ids of programmes, contracts, providers, milestones and claims have no `#`
 * (IdSchema), so no id can reach into another partition; a person's own id only ever ends a sort key.
 */
export const providerPk = (programme: string, provider: string): string => `P#${programme}#PR#${provider}`;
export const claimKey = (programme: string, provider: string, claim: string): Key => ({
  pk: providerPk(programme, provider),
  sk: `CL#${claim}`,
});
export const participantPrefix = (contract: string): string => `PT#${contract}#`;
export const participantKey = (programme: string, provider: string, contract: string, id: string): Key => ({
  pk: providerPk(programme, provider),
  sk: `${participantPrefix(contract)}${id}`,
});

/** Who took a milestone of a person: one claim, for ever, whoever the institute is. */
export const takenKey = (programme: string, personToken: string, milestone: string): Key => ({
  pk: `U#${programme}#${personToken}#${milestone}`,
  sk: 'U',
});
export const documentUsePk = (programme: string, sha256: string): string => `U#${programme}#DOC#${sha256}`;
export const jobUsePk = (programme: string, jobToken: string): string => `U#${programme}#JOB#${jobToken}`;

export const contractsPk = 'CONTRACTS';
export const providersPk = (programme: string): string => `P#${programme}#PROVIDERS`;
/** People who submitted or verified claims: none of them may approve their payment. */
export const takenPartPk = (programme: string): string => `P#${programme}#CLAIMS#PEOPLE`;

/** Claims that wait for a verifier, and what verifiers decided. */
export const queuePk = (programme: string): string => `P#${programme}#VQ`;
export const decidedPk = (programme: string): string => `P#${programme}#VD`;
/** What a verifier rejected, by revision: it stays when the institute corrects the claim. */
export const rejectedKey = (programme: string, claim: string, revision: number): Key => ({
  pk: decidedPk(programme),
  sk: `${claim}#${revision}`,
});
/** Claims of a period from which the sample is drawn. */
export const framePk = (programme: string, period: string): string => `P#${programme}#FRAME#${period}`;
export const samplesPk = (programme: string): string => `P#${programme}#SAMPLES`;
export const sampleKey = (programme: string, period: string): Key => ({
  pk: samplesPk(programme),
  sk: period,
});
