import { sha256 } from '../kernel/hash.ts';
import { formatAmount, type Minor } from '../kernel/money.ts';
import { ok, type Result, refuse } from '../kernel/result.ts';
import type { Instruction } from '../payments/instruction.ts';
import { sameDecimal } from './decimal.ts';
import { lossyMappings, type Pain001Request, pain001Totals, writePain001 } from './pain001.ts';
import { DEFAULT_PROFILE } from './profile.ts';
import { bankReader } from './read.ts';

/** A payment file that was written, read again and found whole. */
export type ReleasedFile = {
  readonly messageId: string;
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly count: number;
  readonly sumMinor: Minor;
  readonly sum: string;
  /** Sum of the last nine digits of the creditors' accounts: shows a changed account to whoever adds them up. */
  readonly accountHashTotal: string;
  /** Names and towns that the bank's characters could not carry. */
  readonly lossy: number;
};

/**
 * Writes one pain.001.001.09 and proves it by a second code path before anybody gets it: the bytes are read
 * again, and count and sum must be what the instructions add up to. Refused: a file over the profile's size or
 * number of payments, or one that reads back differently.
 */
export function releasePain001(
  request: Pain001Request,
  instructions: readonly Instruction[],
): Result<ReleasedFile> {
  const profile = request.profile ?? DEFAULT_PROFILE;
  if (instructions.length > profile.maxPayments)
    return refuse(
      'BAD_INPUT',
      `the bank takes ${profile.maxPayments} payments a file, not ${instructions.length}`,
    );
  const encoding = profile.charset === 'latin1' ? 'latin1' : 'utf8';
  const chunks: Buffer[] = [];
  for (const text of writePain001(request, instructions)) chunks.push(Buffer.from(text, encoding));
  const bytes = Buffer.concat(chunks);
  if (bytes.length > profile.maxBytes)
    return refuse('BAD_INPUT', `the bank takes ${profile.maxBytes} bytes a file, this has ${bytes.length}`);
  const totals = pain001Totals(request, instructions);
  const reader = bankReader(() => {});
  reader.write(bytes);
  const read = reader.end();
  if (!read.ok) return read;
  const sum = formatAmount(totals.sumMinor, totals.currency);
  const { counted, issues } = read.value;
  if (issues.length > 0 || counted.count !== instructions.length || !sameDecimal(counted.sum, sum))
    return refuse(
      'BANK_FILE_REFUSED',
      `${request.messageId} reads back as ${counted.count} payments of ${counted.sum}`,
    );
  let lossy = 0;
  for (const _ of lossyMappings(instructions, profile)) lossy += 1;
  return ok({
    messageId: request.messageId,
    bytes,
    sha256: sha256(bytes),
    count: totals.count,
    sumMinor: totals.sumMinor,
    sum,
    accountHashTotal: accountHashTotal(instructions),
    lossy,
  });
}

/** Order does not matter, letters do not count; cash payees count by nothing. */
export function accountHashTotal(instructions: Iterable<Instruction>): string {
  let total = 0n;
  for (const { account } of instructions)
    if (account) total += BigInt(account.number.replace(/\D/g, '').slice(-9) || '0');
  return String(total);
}
