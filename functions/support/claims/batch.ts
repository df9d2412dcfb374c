import type { Ports } from '../../../adapters/ports.ts';
import { Bug } from '../../../domain/kernel/assert.ts';
import { sha256 } from '../../../domain/kernel/hash.ts';
import { type Issue, Refused } from '../../../domain/kernel/result.ts';
import { fieldText } from '../http/field-texts.ts';
import type { Language } from '../http/said.ts';
import { SaidRefusal } from '../http/said.ts';
import { contractInForce, requireHolder } from './contracts.ts';
import { type CsvClaim, readClaimsCsv } from './csv.ts';
import { registerParticipant, registrationOf } from './people.ts';
import type { ClaimRecord } from './record.ts';
import { submitClaim } from './submit.ts';

/** Rows of one request: what API Gateway's 30 seconds hold with room to spare. */
export const BATCH_ROWS_MAX = 1_000;

export type BatchRequest = {
  readonly provider: string;
  readonly contract: string;
  readonly text: string;
  readonly person: string;
  readonly requestKey: string;
  readonly language: Language;
  readonly file?: string;
  readonly rowsMax?: number;
};
export type BatchResult = {
  readonly rows: number;
  readonly accepted: readonly { line: number; claim: string; participant: string; milestone: string }[];
  readonly issues: readonly Issue[];
};

/**
 * Takes in a CSV of claims: each good claim goes in, each bad one is listed with its line, code and reason. People who
 * are not registered yet are registered from their row. The same file again gives the same claims and no new one.
 */
export async function submitBatch(ports: Ports, request: BatchRequest): Promise<BatchResult> {
  const contract = await contractInForce(ports, request.contract);
  requireHolder(contract, request.provider);
  const { file = 'claims.csv', rowsMax = BATCH_ROWS_MAX, language } = request;
  const read = await readClaimsCsv(request.text, contract.definition, request.provider, { file, language });
  if (read.rows > rowsMax)
    throw new SaidRefusal('SHARD_TOO_LARGE', {
      es: `el archivo tiene ${read.rows} filas; el máximo es ${rowsMax}`,
      en: `the file has ${read.rows} rows; at most ${rowsMax} are taken`,
    });
  const issues: Issue[] = [...read.issues];
  const accepted: BatchResult['accepted'][number][] = [];
  for (const claim of read.claims) {
    try {
      const record = await submitRow(ports, request, claim);
      const { id, participant, milestone } = record;
      accepted.push({ line: claim.line, claim: id, participant, milestone });
    } catch (error) {
      if (!(error instanceof Refused) || error instanceof Bug) throw error;
      issues.push(...issuesOf(error, claim.line, file, request.language));
    }
  }
  issues.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  const told = issues.map((issue) => ({ ...issue, message: fieldText(issue.message, language) }));
  return { rows: read.rows, accepted, issues: told };
}

async function submitRow(ports: Ports, request: BatchRequest, claim: CsvClaim): Promise<ClaimRecord> {
  const { provider, person } = request;
  const { submission, registration } = claim;
  const contract = await contractInForce(ports, submission.contract);
  if (!(await registrationOf(ports, contract, provider, submission.participant)))
    await registerParticipant(ports, { provider, person: registration, by: person });
  // One key per claim of the file, so that a file sent again meets its own claims.
  const requestKey = sha256(`${request.requestKey}|${submission.participant}|${submission.milestone}`);
  return submitClaim(ports, { provider, person, submission, requestKey });
}

function issuesOf(error: Refused, line: number, file: string, language: Language): Issue[] {
  const { code, message, at } = error.refusal;
  const said = error instanceof SaidRefusal ? error : undefined;
  if (said && said.errors.length > 0)
    return said.errors.map((item) => ({
      code: item.code ?? code,
      path: item.path,
      message: item.message,
      file,
      line,
    }));
  return [
    { code, message: said?.said[language] ?? message, file, line, ...(at !== undefined && { path: at }) },
  ];
}
