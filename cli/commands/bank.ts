import { Refused } from '../../domain/kernel/result.ts';
import type { Io } from '../io.ts';
import { bankDeliver, usage as deliverUsage } from './bank-deliver.ts';
import { bankRead, usage as readUsage } from './bank-read.ts';
import { bankWrite, usage as writeUsage } from './bank-write.ts';

export const usage = `${readUsage} | ${writeUsage} | ${deliverUsage}`;

/** The bank's files as records, a payment list as the bank's file, and what the bank sends to a programme. */
export async function bank(args: string[], io: Io): Promise<number> {
  const [verb, ...rest] = args;
  if (verb === 'read') return bankRead(rest, io);
  if (verb === 'write') return bankWrite(rest, io);
  if (verb === 'deliver') return bankDeliver(rest, io);
  throw new Refused({
    code: 'BAD_USAGE',
    message: `bank knows read, write and deliver, not "${verb ?? ''}"`,
    next: `usage: ${usage}`,
  });
}
