import { z } from 'zod';
import type { Ports } from '../adapters/ports.ts';
import type { ManifestFile } from '../domain/audit/manifest.ts';
import { shardName } from '../domain/kernel/shards.ts';
import type { ReconciledLine } from '../domain/payments/reconciled-line.ts';
import { IdSchema } from '../domain/records/contract-value.ts';
import type { ProviderRegister } from '../domain/results/provider.ts';
import { statePrefix } from './carry-state.ts';
import { frozenContracts } from './support/contracts.ts';
import {
  bulk,
  CycleRef,
  type FrozenInputs,
  frozenInputs,
  frozenProgramme,
  ReportSet,
  reconciledKey,
} from './support/cycle.ts';
import { step } from './support/handler.ts';
import { type CarriedInstitute, disbursementRecords, instituteLane } from './support/institute-lane.ts';
import { parseLines, readBytes, readJson, writeOnce } from './support/jsonl.ts';
import { publisher } from './support/publisher.ts';
import { providerLinesCsv, providerStatementCsv } from './support/reports/provider-csv.ts';
import { providerStatementHtml } from './support/reports/provider-html.ts';
import { type ProviderStatement, providerStatement } from './support/reports/provider-statement.ts';
import { statementFolder, statementKey, statementListKey } from './support/statements.ts';

const Input = z.object({ cycle: CycleRef.loose(), reports: ReportSet });
const Output = z.object({ statements: z.number().int() });

/**
 * Publishes the statement of every institute of a closed cycle, each in a folder of its own with nothing of another's
 * in it: what was claimed, verified, refused and settled, what the bank did, and the totals since its contracts began.
 */
export const handler = step(
  'PublishStatements',
  { input: Input, output: Output },
  async ({ cycle, reports }, { ports }) => {
    const inputs = await frozenInputs(ports, cycle);
    const files: ManifestFile[] = [];
    let statements = 0;
    for await (const statement of statementsOf(ports, cycle, inputs, reports)) {
      files.push(...(await publish(ports, cycle, statement)));
      statements += 1;
    }
    await writeOnce(ports.objects, bulk(statementListKey(cycle, reports)), JSON.stringify(files));
    return { statements };
  },
);

async function* statementsOf(
  ports: Ports,
  cycle: CycleRef,
  inputs: FrozenInputs,
  reports: ReportSet,
): AsyncGenerator<ProviderStatement> {
  if (inputs.contracts.length === 0) return;
  const lane = instituteLane(inputs);
  const { definition } = await frozenProgramme(ports, inputs);
  const contracts = await frozenContracts(ports, inputs);
  const register = inputs.providersKey
    ? await readJson<ProviderRegister>(ports.objects, bulk(inputs.providersKey))
    : {};
  const lines = await linesByProvider(ports, reconciledKey(cycle, reports, 'lines', lane));
  const carried = await carriedBy(ports, `${statePrefix(cycle, reports)}/${shardName(lane)}.jsonl`);
  for await (const record of disbursementRecords(ports, cycle, inputs))
    yield providerStatement({
      programme: { id: definition.id, name: definition.name },
      period: inputs.period,
      currency: inputs.currency,
      providerName: register[record.household]?.name,
      contracts,
      record,
      carried: carried.get(record.household)!,
      lines: lines.get(record.household) ?? [],
    });
}

async function linesByProvider(ports: Ports, key: string): Promise<Map<string, ReconciledLine[]>> {
  const lines = new Map<string, ReconciledLine[]>();
  for (const line of parseLines<ReconciledLine>(await readBytes(ports.objects, bulk(key)))) {
    const known = lines.get(line.payeeId);
    if (known) known.push(line);
    else lines.set(line.payeeId, [line]);
  }
  return lines;
}

async function carriedBy(ports: Ports, key: string): Promise<Map<string, CarriedInstitute>> {
  const carried = parseLines<CarriedInstitute>(await readBytes(ports.objects, bulk(key)));
  return new Map([...carried].map((state) => [state.household, state]));
}

/** Writes the files of one statement, then notes it where its institute looks for it. */
async function publish(
  ports: Ports,
  cycle: CycleRef,
  statement: ProviderStatement,
): Promise<readonly ManifestFile[]> {
  const { programme, period } = cycle;
  const folder = `${programme}/${period}/${statementFolder(statement.provider)}`;
  const out = publisher(ports.objects, folder);
  await out.bytes('statement.html', providerStatementHtml(statement));
  await out.stream('statement.csv', providerStatementCsv(statement));
  await out.stream('statement-lines.csv', providerLinesCsv(statement));
  const files = out.files();
  // An id that is none cannot be in a token, so nobody could ask for its statement.
  if (IdSchema.safeParse(statement.provider).success)
    await ports.control.write([
      {
        put: {
          ...statementKey(statement.provider, programme, period),
          programme,
          period,
          files: files.map(({ path, bytes }) => ({ name: path.split('/').at(-1)!, bytes })),
        },
      },
    ]);
  return files;
}
