import { resolve } from 'node:path';
import { AUDIT_CHECKS, type AuditCheck, type Difference } from '../../domain/audit/difference.ts';
import { isMonth, type Month } from '../../domain/kernel/period.ts';
import { Refused } from '../../domain/kernel/result.ts';
import { cycleKey } from '../../functions/support/cycle.ts';
import { type Bundle, openBundle, periodsIn, placeOf, programmesIn } from '../../local/audit/bundle.ts';
import { auditCycle, type CycleAudit } from '../../local/audit/cycle.ts';
import { parseArgs } from '../args.ts';
import { type Io, say } from '../io.ts';
import { usageOf } from '../usage.ts';

const USAGE = usageOf('audit verify');
const FLAGS = { programme: 'text', period: 'text', json: 'switch' } as const;

/** Differences of one check that a person is shown; `--json` has more. */
const SHOWN = 10;
const WORDS: Readonly<Record<Difference['what'], { readonly es: string; readonly en: string }>> = {
  missing: { es: 'falta', en: 'missing' },
  added: { es: 'de más', en: 'added' },
  changed: { es: 'distinto', en: 'differs' },
  unrepeatable: { es: 'no se puede repetir', en: 'cannot be repeated' },
};

/**
 * `cumple audit verify` checks closed cycles from their folder alone, without network, key or a write: DIR is the
 * `--out` folder of the cycles, a copy of it, or the bundle of one cycle in it (`DIR/reports/ID/YYYY-MM`). Exit 0 all
 * equal; 1 something differs; 2 bad usage, no such cycle, or a folder that cannot be read.
 */
export async function auditVerify(args: string[], io: Io): Promise<number> {
  try {
    return await verify(args, io);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    say(error.refusal, io);
    return 2;
  }
}

async function verify(args: string[], io: Io): Promise<number> {
  const { flags, rest } = parseArgs(args, FLAGS, USAGE);
  const [path, ...more] = rest;
  if (path === undefined || more.length > 0) throw badUsage('name one folder');
  if (flags.period !== undefined && !isMonth(flags.period))
    throw badUsage(`--period must be a month such as 2026-01, not "${flags.period}"`);
  const place = await placeOf(resolve(io.cwd, path));
  const bundle = await openBundle(place.dir);
  try {
    const programme = flags.programme ?? place.programme ?? (await onlyProgramme(bundle));
    const period = (flags.period as Month | undefined) ?? place.period;
    let differs = false;
    for (const each of await closedPeriods(bundle, programme, period)) {
      const audit = await auditCycle(bundle, programme, each, progressOf(io, programme, each));
      io.stdout.write(flags.json ? `${JSON.stringify(audit)}\n` : textOf(audit));
      differs ||= audit.checks.some(({ differences }) => differences > 0);
    }
    return differs ? 1 : 0;
  } finally {
    await bundle.close();
  }
}

const badUsage = (message: string) => new Refused({ code: 'BAD_USAGE', message, next: `usage: ${USAGE}` });

async function onlyProgramme({ dir }: Bundle): Promise<string> {
  const [programme, ...others] = await programmesIn(dir);
  if (programme !== undefined && others.length === 0) return programme;
  if (programme === undefined)
    throw new Refused({
      code: 'CYCLE_NOT_FOUND',
      message: `there is no cycle in ${dir}`,
      at: dir,
      next: 'name the --out folder of `cycle run`, or a whole copy of it',
    });
  throw badUsage(`--programme is missing; the folder has ${[programme, ...others].join(', ')}`);
}

/** The period that is asked for, or every one that is closed or whose reports are there. */
async function closedPeriods(
  bundle: Bundle,
  programme: string,
  wanted: Month | undefined,
): Promise<readonly Month[]> {
  const known = await periodsIn(bundle.dir, programme);
  const found: Month[] = [];
  for (const period of wanted ? [wanted] : known)
    if (await isOver(bundle, programme, period)) found.push(period);
  if (found.length > 0) return found;
  throw new Refused({
    code: 'CYCLE_NOT_FOUND',
    message: wanted
      ? `programme ${programme} has no closed cycle ${wanted} in ${bundle.dir}`
      : `programme ${programme} has no closed cycle in ${bundle.dir}`,
    at: bundle.dir,
    next:
      known.length > 0
        ? `it has ${known.join(', ')}; a cycle is audited once it is closed`
        : 'check the id of the programme and the folder',
  });
}

async function isOver({ control, objects }: Bundle, programme: string, period: Month): Promise<boolean> {
  const record = await control.get(cycleKey(programme, period));
  if (record?.status === 'CLOSED') return true;
  const manifest = { bucket: 'reports', key: `${programme}/${period}/manifest.json` } as const;
  return (await objects.get(manifest)) !== undefined;
}

const progressOf = (io: Io, programme: string, period: Month) => (check: AuditCheck) =>
  void io.stderr.write(`  ${programme} ${period}  ${AUDIT_CHECKS[check].es} / ${AUDIT_CHECKS[check].en}\n`);

function textOf(audit: CycleAudit): string {
  const lines = [`${audit.programme} ${audit.period}`];
  for (const { name, checked, differences } of audit.checks) {
    const { es, en } = AUDIT_CHECKS[name];
    lines.push(
      `  ${differences === 0 ? '✓' : '✗'} ${String(checked).padStart(8)}  ${es}`,
      `${''.padEnd(13)}${en}`,
    );
    if (differences === 0) continue;
    lines.push(`${''.padEnd(13)}${differences} diferencias / differences`);
    const theirs = audit.differences.filter(({ check }) => check === name);
    for (const difference of theirs.slice(0, SHOWN)) lines.push(...toldOf(difference));
    if (differences > SHOWN && theirs.length > 0) lines.push(`${''.padEnd(15)}…`);
  }
  const money = Object.entries(audit.identities).map(([name, difference]) => `${name} ${difference}`);
  if (money.length > 0) lines.push(`  identidades / identities  ${money.join(', ')}`);
  lines.push(
    `  raíz / root  ${audit.root ?? '-'}`,
    '  Los identificadores de pago y la hora de cada archivo se toman de lo guardado: calcularlos exige la clave.',
    '  Payment ids and the time of each file are taken as stored: working them out needs the key.',
    verdictOf(audit),
    '',
  );
  return `${lines.join('\n')}\n`;
}

function toldOf({ path, what, subject, field, stored, recomputed, message }: Difference): string[] {
  const where = [path, subject, field].filter((part) => part !== undefined && part !== '').join('  ');
  const indent = ''.padEnd(15);
  return [
    `${indent}${WORDS[what].es} / ${WORDS[what].en}: ${where}`,
    ...(stored === undefined ? [] : [`${indent}  guardado / stored        ${stored}`]),
    ...(recomputed === undefined ? [] : [`${indent}  recalculado / recomputed ${recomputed}`]),
    ...(message === undefined ? [] : [`${indent}  ${message}`]),
  ];
}

function verdictOf({ checks }: CycleAudit): string {
  const found = checks.filter(({ differences }) => differences > 0);
  if (found.length === 0) return '  Todo igual / All equal';
  const counts = found.map(({ name, differences }) => `${name} ${differences}`).join(', ');
  return `  Hay diferencias / Something differs: ${counts}`;
}
