import type { Ports } from '../../../adapters/ports.ts';
import type { CaseEvent, VerificationResult } from '../../../domain/records/claim-case.ts';
import { type DrawnSample, drawnSamples, frameOf } from './draw.ts';
import type { ClaimRecord } from './record.ts';
import type { Verdict, Verdicts } from './verdicts.ts';

type Stratum = VerificationResult['strata'][number];
/** A drawn sample, with the revision of each of its claims that was drawn. */
export type Drawn = { readonly sample: DrawnSample; readonly revisions: ReadonlyMap<string, number> };

/** The part of a stratum that is one contract's, once every claim drawn of it is decided. */
export type DecidedStratum = {
  readonly contract: string;
  readonly provider: string;
  readonly stratum: Stratum;
  readonly rejected: readonly { record: ClaimRecord; events: readonly CaseEvent[]; reason?: string }[];
};
/** What the samples say: strata to be judged, and verified claims whose stratum is not decided yet. */
export type SampleFindings = {
  readonly decided: readonly DecidedStratum[];
  /** Claim id -> its stratum. */
  readonly waiting: ReadonlyMap<string, string>;
};

/** Every drawn sample of a programme. */
export async function samplesOf(ports: Ports, programme: string): Promise<Drawn[]> {
  const drawn: Drawn[] = [];
  for await (const sample of drawnSamples(ports, programme)) {
    const revisions = new Map<string, number>();
    for await (const row of frameOf(ports, programme, sample.period))
      revisions.set(row.sk, Number(row.revision));
    drawn.push({ sample, revisions });
  }
  return drawn;
}

const outcomeOf = ({ participant, milestone }: ClaimRecord): string => `${participant}|${milestone}`;
/** Settled without having been decided: an extension drew it after it was paid, and nobody waits for it. */
const SETTLED = ['payable', 'paid', 'reversed'];

/**
 * Reads the samples for the claims at hand. A stratum waits whole while one claim drawn of it is undecided, and is left
 * out once nothing of it is left to pay. Its verdicts are those on the claims as they were drawn: a rejected claim that
 * was corrected before the cycle still counts as wrong, else institutes would correct what was found and keep the rest.
 */
export function findingsOf(
  drawn: readonly Drawn[],
  records: ReadonlyMap<string, ClaimRecord>,
  verdicts: Verdicts,
): SampleFindings {
  const decided: DecidedStratum[] = [];
  const waiting = new Map<string, string>();
  for (const { sample, revisions } of drawn)
    for (const { id, claims, sampled } of sample.strata)
      for (const part of byContract(claims.flatMap((claim) => records.get(claim) ?? []))) {
        const name = `${sample.period}:${id}`;
        const looked = part
          .filter((record) => sampled.includes(record.id))
          .map((record) => ({ record, verdict: verdicts(record, revisions.get(record.id) ?? 1) }));
        const verified = part.filter(({ state }) => state === 'verified');
        if (looked.some(({ record, verdict }) => !verdict && !SETTLED.includes(record.state)))
          for (const record of verified) waiting.set(record.id, name);
        else if (verified.length > 0) decided.push(decidedStratum(name, part, looked));
      }
  return { decided, waiting };
}

function byContract(records: readonly ClaimRecord[]): ClaimRecord[][] {
  const parts = new Map<string, ClaimRecord[]>();
  for (const record of records) parts.set(record.contract, [...(parts.get(record.contract) ?? []), record]);
  return [...parts.keys()].sort().map((contract) => parts.get(contract)!);
}

function decidedStratum(
  id: string,
  part: readonly ClaimRecord[],
  looked: readonly { record: ClaimRecord; verdict: Verdict | undefined }[],
): DecidedStratum {
  const { contract, provider } = part[0]!;
  const sampled = looked.flatMap(({ record: { participant, milestone }, verdict: found }) =>
    found
      ? [{ participant, milestone, verdict: found.verdict, ...(found.reason && { reason: found.reason }) }]
      : [],
  );
  sampled.sort((a, b) => (`${a.participant}|${a.milestone}` < `${b.participant}|${b.milestone}` ? -1 : 1));
  const rejected = looked.flatMap(({ record, verdict }) =>
    verdict?.verdict === 'rejected'
      ? [
          {
            record,
            events: verdict.events ?? record.events,
            ...(verdict.reason && { reason: verdict.reason }),
          },
        ]
      : [],
  );
  return {
    contract,
    provider,
    stratum: { id, claims: part.map(outcomeOf).sort(), sampled },
    rejected,
  };
}
