import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { instructionsOfList, PaymentListFile } from '../../domain/bankfiles/list-file.ts';
import { lossyMappings } from '../../domain/bankfiles/pain001.ts';
import { type BankProfile, DEFAULT_PROFILE, PROFILES } from '../../domain/bankfiles/profile.ts';
import { type ReleasedFile, releasePain001 } from '../../domain/bankfiles/release.ts';
import { canonicalJson } from '../../domain/kernel/hash.ts';
import { Refused, unwrap } from '../../domain/kernel/result.ts';
import { parseArgs, required } from '../args.ts';
import type { Io } from '../io.ts';
import { usageOf } from '../usage.ts';

const usage = usageOf('bank write');
const FLAGS = { format: 'text', profile: 'text', out: 'text', json: 'switch' } as const;
const FORMAT = 'pain.001.001.09';

/**
 * Writes a payment list as payment files of at most the profile's size, each under a temporary name first,
 * read again before it gets its own, and a manifest beside them. Nothing gets its name when one is refused.
 */
export async function bankWrite(args: string[], io: Io): Promise<number> {
  const { flags, rest } = parseArgs(args, FLAGS, usage);
  const wrong = (message: string) => new Refused({ code: 'BAD_USAGE', message, next: `usage: ${usage}` });
  const [path, ...more] = rest;
  if (path === undefined || more.length > 0) throw wrong('bank write takes one list');
  const format = required(flags.format, 'format', usage);
  if (format !== FORMAT) throw wrong(`only ${FORMAT} is written, not ${format}`);
  const out = resolve(io.cwd, required(flags.out, 'out', usage));
  const list = readList(resolve(io.cwd, path), path);
  const profile = profileOf(flags.profile, list.profile, wrong);
  const { request, instructions } = unwrap(instructionsOfList(list));
  const long = instructions.find((item) => item.endToEndId.length > profile.endToEndIdLength);
  if (long)
    throw new Refused({
      code: 'BAD_INPUT',
      message: `profile ${profile.name} returns ${profile.endToEndIdLength} characters of an EndToEndId, ${long.endToEndId} is longer`,
      at: path,
    });
  const parts = Math.ceil(instructions.length / profile.maxPayments);
  const released: ReleasedFile[] = [];
  for (let part = 0; part < parts; part++) {
    const messageId = parts === 1 ? list.messageId : `${list.messageId.slice(0, 30)}-${part + 1}`;
    const slice = instructions.slice(part * profile.maxPayments, (part + 1) * profile.maxPayments);
    const paymentInfoIds = { account: `${messageId.slice(0, 33)}-A`, cash: `${messageId.slice(0, 33)}-C` };
    released.push(unwrap(releasePain001({ ...request, messageId, paymentInfoIds, profile }, slice)));
  }
  const mappings = [...lossyMappings(instructions, profile)];
  const manifest = { format, profile: profile.name, files: released.map(entryOf), transliterated: mappings };
  mkdirSync(out, { recursive: true });
  for (const file of released) writeFileSync(join(out, `${nameOf(file)}.part`), file.bytes);
  for (const file of released) renameSync(join(out, `${nameOf(file)}.part`), join(out, nameOf(file)));
  writeFileSync(join(out, 'manifest.json'), `${canonicalJson(manifest)}\n`);
  const answer = { ...manifest, transliterated: mappings.length, out };
  if (flags.json) io.stdout.write(`${JSON.stringify(answer)}\n`);
  else
    for (const file of manifest.files)
      io.stdout.write(`${file.file}  ${file.count} × ${list.currency} ${file.sum}  sha256 ${file.sha256}\n`);
  return 0;
}

const nameOf = (file: ReleasedFile): string => `${file.messageId.replace(/[^A-Za-z0-9.-]/g, '_')}.xml`;
const entryOf = (file: ReleasedFile) => ({
  file: nameOf(file),
  messageId: file.messageId,
  bytes: file.bytes.length,
  sha256: file.sha256,
  count: file.count,
  sum: file.sum,
  accountHashTotal: file.accountHashTotal,
});

function readList(path: string, shown: string): PaymentListFile {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const message = missing ? 'there is no such file' : `not JSON: ${(error as Error).message}`;
    throw new Refused({ code: 'BAD_INPUT', message, at: shown });
  }
  const parsed = PaymentListFile.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Refused({
    code: 'BAD_INPUT',
    message: issue!.message,
    at: `${shown}: ${issue!.path.join('.') || '(top)'}`,
  });
}

function profileOf(
  name: string | undefined,
  own: BankProfile | undefined,
  wrong: (message: string) => Refused,
): BankProfile {
  if (name === undefined) return own ?? DEFAULT_PROFILE;
  const profile = PROFILES[name];
  if (!profile) throw wrong(`there is no profile ${name}; there are ${Object.keys(PROFILES).join(', ')}`);
  return profile;
}
