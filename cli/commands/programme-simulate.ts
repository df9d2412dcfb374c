import { resolve } from 'node:path';
import { isMonth } from '../../domain/kernel/period.ts';
import { unwrap } from '../../domain/kernel/result.ts';
import { type Mapping, mappingOf, parseMapping } from '../../domain/records/mapping.ts';
import type { ProgrammeDefinition } from '../../domain/records/programme.ts';
import { compileProgramme } from '../../domain/transfers/compile.ts';
import { type Comparison, Simulation } from '../../domain/transfers/simulate.ts';
import { parseArgs, required } from '../args.ts';
import { type Io, say } from '../io.ts';
import { usageOf } from '../usage.ts';
import { listProgrammes, loadProgramme, readJsonFile } from './programme-files.ts';
import { readRoster } from './roster-reader.ts';

const USAGE = usageOf('programme simulate');

/** The mapping that was named, else the one that ships beside the current version, else our own columns. */
function mappingFor(definition: ProgrammeDefinition, path: string | undefined, cwd: string): Mapping {
  if (path !== undefined) return unwrap(parseMapping(unwrap(readJsonFile(resolve(cwd, path))), path));
  const shipped = listProgrammes().find(({ id }) => id === definition.id);
  const beside = shipped && readJsonFile(`${shipped.dir}/mapping.json`);
  return beside?.ok ? unwrap(parseMapping(beside.value)) : mappingOf(definition);
}

const line = (name: string, it: Comparison): string =>
  `${name}: ${it.current} -> ${it.proposed} (${it.difference}); retenido/held ${it.heldCurrent} -> ${it.heldProposed}; hogares/households ${it.households}, + ${it.gain}, - ${it.lose}, = ${it.same}, entran/enter ${it.enter}, salen/leave ${it.leave}\n`;

/** Runs a proposed version over a roster beside the current one: money and households by territory. */
export async function programmeSimulate(args: string[], io: Io): Promise<number> {
  const { flags, rest } = parseArgs(
    args,
    { period: 'text', roster: 'text', evidence: 'list', mapping: 'text', json: 'switch' },
    USAGE,
  );
  const [current, proposed, ...more] = rest;
  const period = required(flags.period, 'period', USAGE);
  if (!current || !proposed || more.length > 0 || !isMonth(period))
    return say({ code: 'BAD_USAGE', message: 'name two versions and a period', next: `usage: ${USAGE}` }, io);
  const before = unwrap(loadProgramme(current, io.cwd));
  const after = unwrap(loadProgramme(proposed, io.cwd));
  const simulation = new Simulation(
    unwrap(compileProgramme(before, period)),
    unwrap(compileProgramme(after, period)),
  );
  const roster = readRoster(
    resolve(io.cwd, required(flags.roster, 'roster', USAGE)),
    flags.evidence.map((path) => resolve(io.cwd, path)),
    mappingFor(before, flags.mapping, io.cwd),
  );
  for (const household of roster.households)
    simulation.add(
      household,
      roster.evidence.get(household.id) ?? [],
      roster.exemptions.get(household.id) ?? [],
    );
  const result = simulation.result();
  if (roster.rejected > 0) io.stderr.write(`filas no leídas / rows not read: ${roster.rejected}\n`);
  if (flags.json) {
    io.stdout.write(
      `${JSON.stringify({ period, currency: before.currency, rejected: roster.rejected, ...result }, null, 2)}\n`,
    );
    return 0;
  }
  io.stdout.write(
    `${before.id} · ${period} · ${before.currency} · a pagar, vigente -> propuesta / payable, current -> proposed\n`,
  );
  io.stdout.write(line('TOTAL', result.total));
  for (const { territory, comparison } of result.territories) io.stdout.write(line(territory, comparison));
  return 0;
}
