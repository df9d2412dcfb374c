import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { isDay } from '../../domain/kernel/period.ts';
import { Refused } from '../../domain/kernel/result.ts';
import { detailText } from '../../functions/support/reports/detail-texts.ts';
import type { Receipt, ReportStatus } from '../../functions/support/reports-received.ts';
import { type BankFile, deliver } from '../../local/deliver.ts';
import { parseArgs, required } from '../args.ts';
import { cyclesFolder } from '../cycles-folder.ts';
import type { ExitCode, Io } from '../io.ts';
import { usageOf } from '../usage.ts';

const usage = usageOf('bank deliver');

const FLAGS = { programme: 'text', out: 'text', date: 'text', json: 'switch' } as const;

/**
 * Delivers status reports and statements of the bank to a programme, whenever they come. What is in time goes to the
 * cycle that waits for its bank; what comes late is kept for the next one. Says how each file was received, a line
 * each; a file that came before gets its first answer again. Exit 0, 1 where a file is held, 2 where one is refused.
 */
export async function bankDeliver(args: string[], io: Io): Promise<ExitCode> {
  const { flags, rest } = parseArgs(args, FLAGS, usage);
  const badUsage = (message: string) => new Refused({ code: 'BAD_USAGE', message, next: `usage: ${usage}` });
  if (rest.length === 0) throw badUsage('bank deliver takes at least one file');
  const programme = required(flags.programme, 'programme', usage);
  if (programme.includes('/')) throw badUsage(`${programme} is not the id of a programme`);
  const dir = cyclesFolder(io.cwd, required(flags.out, 'out', usage));
  if (flags.date !== undefined && !isDay(flags.date)) throw badUsage('--date must be YYYY-MM-DD');
  const files: BankFile[] = [];
  // All files are found before any is delivered.
  for (const file of rest)
    files.push({ name: basename(file), bytes: await bytesOf(resolve(io.cwd, file), file) });
  const now = flags.date === undefined ? {} : { now: `${flags.date}T12:00:00Z` };
  const receipts = await deliver({ dir, ...now }, programme, files);
  for (const receipt of receipts)
    io.stdout.write(`${flags.json ? JSON.stringify(jsonOf(receipt)) : textOf(receipt)}\n`);
  const has = (status: ReportStatus) => receipts.some((receipt) => receipt.status === status);
  return has('REFUSED') ? 2 : has('HELD') ? 1 : 0;
}

async function bytesOf(path: string, shown: string): Promise<Uint8Array> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new Refused({
      code: 'BAD_INPUT',
      message: error.code === 'ENOENT' ? 'there is no such file' : `the file cannot be read (${error.code})`,
      at: shown,
      next: 'check the path; nothing was delivered',
    });
  });
}

/** `ordinal` is the report's number among those of its cycle; `keptFor` names closed cycles that the next one hears of. */
const jsonOf = ({ name, programme, period, status, ordinal, keptFor, why }: Receipt) => ({
  file: name,
  programme,
  period,
  status: status.toLowerCase(),
  ...(status === 'ACCEPTED' && { ordinal }),
  keptFor,
  ...(why !== undefined && { why }),
});

function textOf({ name, period, status, ordinal, keptFor, why }: Receipt): string {
  const kept = keptFor.join(', ');
  const also =
    kept &&
    `; lo que dice de ${kept} queda para el ciclo siguiente / what it says of ${kept} is kept for the next cycle`;
  const said = detailText(why?.replace(/^\w+: /, ''));
  const reason = said?.es === said?.en ? why : `${said?.es} / ${said?.en}`;
  const words: Readonly<Record<ReportStatus, string>> = {
    ACCEPTED: `recibido, informe ${ordinal} del ciclo ${period} / received, report ${ordinal} of cycle ${period}${also}`,
    LATE: `llegó después de la ventana de ${period}; queda para el ciclo siguiente / it came after the window of ${period}; kept for the next cycle`,
    HELD: `apartado hasta que el banco aclare / held until the bank explains: ${why}`,
    REFUSED: `rechazado, no se tomó nada de él / refused, nothing was taken from it: ${reason}`,
  };
  return `${name}: ${words[status]}`;
}
