import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { sha256 } from '../../domain/kernel/hash.ts';
import { Refused, unwrap } from '../../domain/kernel/result.ts';
import { IdSchema } from '../../domain/records/contract-value.ts';
import { type BatchResult, submitBatch } from '../../functions/support/claims/batch.ts';
import { contractInForce } from '../../functions/support/claims/contracts.ts';
import { documentRef } from '../../functions/support/claims/documents.ts';
import { framePk } from '../../functions/support/claims/keys.ts';
import { claimsPage } from '../../functions/support/claims/list.ts';
import { verifiedClaims } from '../../functions/support/claims/outcomes.ts';
import { type ClaimRecord, claimOf } from '../../functions/support/claims/record.ts';
import { claimStateText } from '../../functions/support/claims/state-words.ts';
import { claimView } from '../../functions/support/claims/view.ts';
import { sampleWaits } from '../../functions/support/claims/waiting.ts';
import { fieldText } from '../../functions/support/http/field-texts.ts';
import { splitRecord } from '../../functions/support/intake/csv.ts';
import { portsOf } from '../../local/functions.ts';
import { parseArgs, required } from '../args.ts';
import { cyclesFolder } from '../cycles-folder.ts';
import type { Io } from '../io.ts';
import { usageOf } from '../usage.ts';
import { contractSource, type Folder, inForce, openFolder } from './claims-folder.ts';
import { claimsReverse, REVERSE_VERBS } from './claims-reverse.ts';
import { claimsVerify, VERIFY_VERBS } from './claims-verify.ts';

const USAGE = usageOf('claims');
const FLAGS = {
  contract: 'text',
  provider: 'text',
  out: 'text',
  person: 'text',
  date: 'text',
  json: 'switch',
} as const;

/**
 * `cumple claims submit FILE.csv` takes in a CSV of outcome claims for an institute (columns: docs/guides/http-api.md;
 * a column `document` names a file beside the CSV, which is taken in with its hash) and runs their automatic checks.
 * `cumple claims list` shows them; `cumple claims export` prints the verified ones of every institute, one per line, as
 * `cycle run --claims` takes them. The verbs of verification are in claims-verify.ts, those of reversal in
 * claims-reverse.ts. Exit 0 all taken in, 1 some rows were not, 2 bad usage or a file that is not in order.
 */
export async function claims(args: string[], io: Io): Promise<number> {
  if (VERIFY_VERBS.includes(args[0] ?? '')) return claimsVerify(args, io);
  if (REVERSE_VERBS.includes(args[0] ?? '')) return claimsReverse(args, io);
  const { flags, rest } = parseArgs(args, FLAGS, USAGE);
  const [verb, file, ...more] = rest;
  if (
    more.length > 0 ||
    !['submit', 'list', 'export'].includes(verb ?? '') ||
    (verb === 'submit') !== (file !== undefined)
  )
    throw new Refused({
      code: 'BAD_USAGE',
      message: `say submit FILE.csv, list, export, ${[...VERIFY_VERBS, ...REVERSE_VERBS].join(', ')}`,
      next: `usage: ${USAGE}`,
    });
  const request: Request = {
    contract: required(flags.contract, 'contract', USAGE),
    provider: verb === 'export' ? '' : idOf(required(flags.provider, 'provider', USAGE)),
    // The first claims may open a folder; a list of them cannot.
    dir: (verb === 'submit' ? resolve : cyclesFolder)(io.cwd, required(flags.out, 'out', USAGE)),
    person: flags.person ?? 'demo.instituto',
    now: flags.date === undefined ? undefined : `${flags.date}T12:00:00Z`,
    json: flags.json,
  };
  if (file !== undefined) return submit(request, resolve(io.cwd, file), io);
  return verb === 'list' ? list(request, io) : exportVerified(request, io);
}

type Request = {
  readonly contract: string;
  readonly provider: string;
  readonly dir: string;
  readonly person: string;
  readonly now: string | undefined;
  readonly json: boolean;
};

function idOf(text: string): string {
  if (IdSchema.safeParse(text).success) return text;
  throw new Refused({ code: 'BAD_USAGE', message: `not an id: ${text}`, next: `usage: ${USAGE}` });
}

async function submit(request: Request, path: string, io: Io): Promise<number> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Refused({
      code: 'BAD_INPUT',
      message: `cannot read ${path}`,
      at: path,
      next: 'check the path',
    });
  });
  const { dir, now } = request;
  const session = await openFolder({ dir, ...(now !== undefined && { now }) });
  try {
    const contract = await inForce(session.ports, request, io);
    const withDocuments = await takeDocuments(
      session,
      text,
      dirname(path),
      contract.programme,
      request.provider,
    );
    const result = await submitBatch(session.ports, {
      ...request,
      contract: contract.definition.id,
      text: withDocuments,
      requestKey: `cli|${sha256(text)}`,
      language: 'en',
      file: basename(path),
      rowsMax: 100_000,
    });
    const records = await checked(session, contract.programme, request.provider, result);
    show(result, records, request.json, io);
    return result.issues.length === 0 ? 0 : 1;
  } finally {
    await session.close();
  }
}

const TYPES: { readonly [extension: string]: string } = {
  '.pdf': 'application/pdf',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.csv': 'text/csv',
};

/**
 * Replaces a `document` column by the declaration of each file, and takes the file in. Only for a CSV that has the
 * column; its rows must not hold line breaks inside quotes, which file names never do.
 */
async function takeDocuments(
  session: Folder,
  text: string,
  folder: string,
  programme: string,
  provider: string,
): Promise<string> {
  const [header = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const delimiter = header.includes(';') ? ';' : ',';
  const column = header.split(delimiter).findIndex((name) => name.trim() === 'document');
  if (column < 0) return text;
  const names = ['document_sha256', 'document_bytes', 'document_type', 'document_name'];
  const out = [replaceCell(header, delimiter, column, names)];
  for (const [i, line] of lines.entries()) {
    if (line === '') continue;
    const name = splitRecord(line, delimiter)?.[column]?.trim() ?? '';
    const declared =
      name === ''
        ? ['', '', '', '']
        : await takeFile(session, resolve(folder, name), { programme, provider, line: i + 2 });
    out.push(replaceCell(line, delimiter, column, declared));
  }
  return `${out.join('\n')}\n`;
}

function replaceCell(line: string, delimiter: string, column: number, cells: readonly string[]): string {
  const quote = (cell: string) => (/["\r\n,;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const all = splitRecord(line, delimiter);
  // A row that cannot be split stays as it is: the reader of claims reports it with its line.
  if (!all || column >= all.length) return line;
  return [...all.slice(0, column), ...cells, ...all.slice(column + 1)].map(quote).join(delimiter);
}

async function takeFile(
  session: Folder,
  path: string,
  { programme, provider, line }: { programme: string; provider: string; line: number },
): Promise<string[]> {
  const bytes = await readFile(path).catch(() => {
    throw new Refused({
      code: 'BAD_INPUT',
      message: `line ${line}: there is no file ${path}`,
      at: path,
      next: 'correct the column "document", or put the file beside the CSV; nothing was submitted',
    });
  });
  const hash = sha256(bytes);
  await session.ports.objects.putIfAbsent(documentRef(programme, provider, hash), bytes);
  return [hash, String(bytes.length), TYPES[extname(path).toLowerCase()] ?? '', basename(path)];
}

const TURN_MS = 5;
const MOVING_TURNS = 1_000;

/** Whether a claim is still on its way to where it waits for a person, or to its end. */
async function moving(session: Folder, record: ClaimRecord): Promise<boolean> {
  if (record.state !== 'checking') return record.state === 'received';
  const period = record.submittedOn.slice(0, 7);
  const framed = await session.ports.control.get({ pk: framePk(record.programme, period), sk: record.id });
  return framed === undefined;
}

/** The claims once their automatic checks are done; at most a few seconds each, because nothing here waits for people. */
async function checked(
  session: Folder,
  programme: string,
  provider: string,
  result: BatchResult,
): Promise<ClaimRecord[]> {
  const records: ClaimRecord[] = [];
  for (const { claim } of result.accepted) {
    const read = () => claimOf(session.ports, { programme, provider, claim });
    let record = await read();
    for (let turns = 0; turns < MOVING_TURNS && (await moving(session, record)); turns++) {
      await new Promise((done) => setTimeout(done, TURN_MS));
      record = await read();
    }
    records.push(record);
  }
  return records;
}

function show(result: BatchResult, records: readonly ClaimRecord[], json: boolean, io: Io): void {
  for (const { line, code, path, message } of result.issues) {
    const es = fieldText(message, 'es');
    const said = es === message ? message : `${es} / ${message}`;
    io.stderr.write(`  línea / line ${line}: ${code}${path ? ` (${path})` : ''}: ${said}\n`);
  }
  if (json) {
    const claims = records.map((record) => claimView(record, 'es'));
    const issues = result.issues.map(({ file: _file, ...issue }) => issue);
    io.stdout.write(`${JSON.stringify({ rows: result.rows, claims, issues })}\n`);
    return;
  }
  io.stdout.write(
    `${result.rows} filas / rows: ${result.accepted.length} reclamos / claims, ${result.issues.length} observaciones / issues\n`,
  );
  for (const record of records) io.stdout.write(lineOf(record));
}

function lineOf(record: ClaimRecord, awaited?: string): string {
  const { id, participant, milestone, state, decision } = record;
  const { es, en } = claimStateText(record, awaited);
  const reasons = decision?.reasons.length ? ` (${decision.reasons.join(', ')})` : '';
  return `  ${id}  ${participant.padEnd(16)} ${milestone.padEnd(20)} ${state}${reasons}: ${es} / ${en}\n`;
}

/** Lists without the runtime, so that it also works beside a running `cumple start`. */
async function list(request: Request, io: Io): Promise<number> {
  const ports = portsOf({ dir: request.dir });
  try {
    const { definition } = unwrap(contractSource(request.contract, io.cwd));
    const { programme } = await contractInForce(ports, definition.id);
    const awaitedBy = sampleWaits(ports, programme);
    let cursor: string | undefined;
    do {
      const page = await claimsPage(ports, programme, request.provider, { limit: 100, cursor });
      for (const record of page.items) {
        const awaited = await awaitedBy(record);
        const json = () => `${JSON.stringify(claimView(record, 'es', awaited))}\n`;
        io.stdout.write(request.json ? json() : lineOf(record, awaited));
      }
      cursor = page.next;
    } while (cursor !== undefined);
    return 0;
  } finally {
    ports.close();
  }
}

/** The verified claims of a contract, one line per institute and participant. */
async function exportVerified(request: Request, io: Io): Promise<number> {
  const ports = portsOf({ dir: request.dir });
  try {
    const { definition } = unwrap(contractSource(request.contract, io.cwd));
    const { programme } = await contractInForce(ports, definition.id);
    for (const claim of await verifiedClaims(ports, programme, [definition.id]))
      io.stdout.write(`${JSON.stringify(claim)}\n`);
    return 0;
  } finally {
    ports.close();
  }
}
