import { Refused } from '../../domain/kernel/result.ts';
import type { Io } from '../io.ts';
import { bankRead, usage as readUsage } from './bank-read.ts';
import { bankWrite, usage as writeUsage } from './bank-write.ts';

export const usage = `${readUsage} | ${writeUsage}`;

/** `bank read` and `bank write`: the bank's files as records, and a payment list as the bank's file. */
export async function bank(args: string[], io: Io): Promise<number> {
  const [verb, ...rest] = args;
  if (verb === 'read') return bankRead(rest, io);
  if (verb === 'write') return bankWrite(rest, io);
  throw new Refused({
    code: 'BAD_USAGE',
    message: `bank knows read and write, not "${verb ?? ''}"`,
    next: `usage: ${usage}`,
  });
}
