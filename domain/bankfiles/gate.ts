import type { Issue } from '../kernel/result.ts';
import type { FileRecord } from '../payments/bank-record.ts';
import type { StatementSummary } from '../payments/identities.ts';

/** What was taken in before. Keys of `messages` are `messageKey`. */
export type GateMemory = {
  readonly fileHashes: ReadonlySet<string>;
  readonly messages: ReadonlySet<string>;
  /** The latest statement of each account. */
  readonly lastStatements: ReadonlyMap<string, StatementSummary>;
};
export type GateAnswer = {
  /**
   * `accept`: use it, and put the issues before a person. `duplicate`: the same bytes again, nothing to do.
   * `hold`: nothing of it is used until the bank explains.
   */
  readonly verdict: 'accept' | 'duplicate' | 'hold';
  readonly issues: readonly Issue[];
};

/** A file says less or more than it declares, or its message came before with other content. */
const HOLDING = new Set(['AM18', 'AM19', 'AM10', 'DU01', 'AMOUNT_FORMAT']);

/** What makes a message the same one for the bank, whatever its bytes. */
export const messageKey = (file: FileRecord): string | undefined =>
  file.messageId === undefined
    ? undefined
    : [file.message, file.messageId, file.createdAt ?? ''].join('\u001f');

/**
 * Decides what happens to an inbound file before any of it counts: count (AM18, AM19) and sum (AM10) must be
 * as declared, the message must be new (DU01), statements should follow each other (STATEMENT_GAP) and foot
 * (NOT_FOOTING). Gaps and footing do not hold a file: 5 of 12 real statements do not foot. Source: bank.md.
 */
export function gate(
  file: FileRecord,
  fileHash: string,
  statements: readonly StatementSummary[],
  memory: GateMemory,
): GateAnswer {
  if (memory.fileHashes.has(fileHash))
    return {
      verdict: 'duplicate',
      issues: [{ code: 'DU01', path: 'GrpHdr/MsgId', message: 'the same file was taken in before' }],
    };
  const issues = [...file.issues];
  const key = messageKey(file);
  if (key !== undefined && memory.messages.has(key))
    issues.push({
      code: 'DU01',
      path: 'GrpHdr/MsgId',
      message: `message ${file.messageId} came before with other content`,
    });
  const last = new Map(memory.lastStatements);
  for (const statement of statements) {
    const before = last.get(statement.account);
    last.set(statement.account, statement);
    if (before) issues.push(...gaps(before, statement));
    const off = statement.openingMinor + statement.entriesMinor - statement.closingMinor;
    if (off !== 0 && !issues.some((issue) => issue.code === 'NOT_FOOTING'))
      issues.push({ code: 'NOT_FOOTING', path: statement.id, message: `differs by ${off} minor units` });
  }
  return { verdict: issues.some((issue) => HOLDING.has(issue.code)) ? 'hold' : 'accept', issues };
}

function gaps(before: StatementSummary, statement: StatementSummary): Issue[] {
  const issues: Issue[] = [];
  const expected = Number(before.sequence) + 1;
  const sequence = Number(statement.sequence);
  // A new year may start again at 1.
  if (Number.isInteger(expected) && Number.isInteger(sequence) && sequence !== expected && sequence !== 1)
    issues.push({
      code: 'STATEMENT_GAP',
      path: statement.id,
      message: `statement ${sequence} follows statement ${before.sequence}`,
    });
  if (statement.openingMinor !== before.closingMinor)
    issues.push({
      code: 'STATEMENT_GAP',
      path: statement.id,
      message: `opens with ${statement.openingMinor}, the one before closed with ${before.closingMinor} minor units`,
    });
  return issues;
}
