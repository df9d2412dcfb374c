import { Refused } from '../../domain/kernel/result.ts';
import type { Io } from '../io.ts';
import { usageOf } from '../usage.ts';
import { bankDeliver } from './bank-deliver.ts';
import { bankRead } from './bank-read.ts';
import { bankWrite } from './bank-write.ts';

const usage = usageOf('bank');

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
