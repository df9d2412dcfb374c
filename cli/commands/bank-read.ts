import { once } from 'node:events';
import { closeSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { type BankReader, bankReader } from '../../domain/bankfiles/read.ts';
import { Refused, type Result, unwrap } from '../../domain/kernel/result.ts';
import type { FileRecord, ItemRecord } from '../../domain/payments/bank-record.ts';
import { parseArgs } from '../args.ts';
import { type Io, say } from '../io.ts';
import { usageOf } from '../usage.ts';

const usage = usageOf('bank read');

/** Text that goes out at a time. */
const BATCH = 64 * 1024;

/**
 * Prints a bank file as JSON lines: the file record, then its items in file order. Reads the file twice, so
 * that a truncated or malformed one prints nothing (exit 2, with file, line and reason) and memory stays
 * bounded by its largest entry.
 */
export async function bankRead(args: string[], io: Io): Promise<number> {
  const { rest } = parseArgs(args, { json: 'switch' }, usage);
  const [file, ...more] = rest;
  if (file === undefined || more.length > 0)
    throw new Refused({ code: 'BAD_USAGE', message: 'bank read takes one file', next: `usage: ${usage}` });
  const handle = open(resolve(io.cwd, file), file);
  try {
    const first = await readThrough(handle, () => {});
    if (!first.ok) {
      const { at, ...refusal } = first.error;
      return say({ ...refusal, at: at ? `${file}, ${at}` : file }, io);
    }
    let text = `${JSON.stringify(first.value)}\n`;
    const second = await readThrough(
      handle,
      (record) => {
        text += `${JSON.stringify(record)}\n`;
      },
      async () => {
        if (text.length < BATCH) return;
        await send(io.stdout, text);
        text = '';
      },
    );
    unwrap(second);
    await send(io.stdout, text);
    return 0;
  } finally {
    closeSync(handle);
  }
}

function open(path: string, shown: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new Refused({
      code: 'BAD_INPUT',
      message: code === 'ENOENT' ? 'there is no such file' : `the file cannot be read (${code})`,
      at: shown,
      next: 'check the path',
    });
  }
}

async function readThrough(
  handle: number,
  emit: (record: ItemRecord) => void,
  between: () => Promise<void> = async () => {},
): Promise<Result<FileRecord>> {
  const reader: BankReader = bankReader(emit);
  const buffer = Buffer.alloc(BATCH);
  let position = 0;
  for (;;) {
    let size: number;
    try {
      size = readSync(handle, buffer, 0, buffer.length, position);
    } catch (error) {
      throw new Refused({
        code: 'BAD_INPUT',
        message: `the file cannot be read (${(error as Error).message})`,
      });
    }
    if (size === 0 || !reader.write(buffer.subarray(0, size))) return reader.end();
    position += size;
    await between();
  }
}

/** Writes and waits while the reader of our output is slower than we are. */
async function send(stream: Writable, text: string): Promise<void> {
  if (text !== '' && !stream.write(text)) await once(stream, 'drain');
}
