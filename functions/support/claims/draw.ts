import type { Item, Ports } from '../../../adapters/ports.ts';
import { canonicalJson } from '../../../domain/kernel/hash.ts';
import type { Month } from '../../../domain/kernel/period.ts';
import { Refused, unwrap } from '../../../domain/kernel/result.ts';
import { drawSample, openSeed, type Sample, type Sampleable } from '../../../domain/results/sampling.ts';
import { bulk } from '../cycle.ts';
import { readJson, writeOnce } from '../jsonl.ts';
import { framePk, sampleKey, samplesPk } from './keys.ts';
import { rowsOf } from './list.ts';
import { type Commitment, commitmentOf, seedOf } from './sampling.ts';

export type DrawnSample = Sample & {
  readonly programme: string;
  readonly period: Month;
  readonly round: number;
  readonly commitment: string;
  readonly seed: string;
  readonly salt: string;
};
const sampleRef = (programme: string, period: string, round: number) =>
  bulk(`samples/${programme}/${period}/${round}.json`);

/** Every claim of a period's frame, page by page. */
export async function* frameOf(ports: Ports, programme: string, period: Month): AsyncGenerator<Item> {
  yield* rowsOf(ports, framePk(programme, period));
}

/** The sample of a period as last drawn; undefined where none was. */
export async function drawnSample(
  ports: Ports,
  programme: string,
  period: Month,
): Promise<DrawnSample | undefined> {
  const item = await ports.control.get(sampleKey(programme, period));
  const rounds = item && commitmentOf(item).rounds;
  return rounds ? readJson<DrawnSample>(ports.objects, sampleRef(programme, period, rounds)) : undefined;
}

/** Every sample that was drawn in a programme, as last drawn, period by period. */
export async function* drawnSamples(ports: Ports, programme: string): AsyncGenerator<DrawnSample> {
  for await (const item of rowsOf(ports, samplesPk(programme))) {
    const sample = await drawnSample(ports, programme, commitmentOf(item).period);
    if (sample) yield sample;
  }
}

/**
 * Draws the sample of a period with the seed that was committed, and opens the seed. The frame closes first: a claim
 * that comes later belongs to a later period. Drawing again gives the same sample; `extendBy` draws that many more
 * with the same seed, keeping all that were drawn.
 */
export async function drawPeriod(
  ports: Ports,
  programme: string,
  period: Month,
  extendBy = 0,
): Promise<DrawnSample> {
  const key = sampleKey(programme, period);
  const item = await ports.control.get(key);
  if (!item) throw notCommitted(period);
  const committed = commitmentOf(item);
  const before = await drawnSample(ports, programme, period);
  if (before && extendBy === 0) return before;
  if (extendBy > 0 && !before)
    throw new Refused({
      code: 'WRONG_STAGE',
      message: `the sample of ${period} has not been drawn`,
      next: 'draw it before extending it',
    });
  if (committed.status === 'COMMITTED')
    await ports.control.write([
      {
        update: key,
        set: { status: 'DRAWING' },
        condition: { field: 'status', is: '=', value: 'COMMITTED' },
      },
    ]);
  const sample = await draw(ports, programme, period, committed, {
    round: (committed.rounds ?? 0) + 1,
    ...(before && { extension: { drawn: sizesOf(before), more: extendBy } }),
  });
  await ports.control.write([
    {
      update: key,
      set: {
        status: 'DRAWN',
        rounds: sample.round,
        size: sample.size,
        population: sample.strata.reduce((sum, stratum) => sum + stratum.claims.length, 0),
        seed: sample.seed,
        salt: sample.salt,
      },
    },
  ]);
  return sample;
}

const sizesOf = ({ strata }: Sample): Map<string, number> =>
  new Map(strata.map(({ id, size }) => [id, size]));

async function draw(
  ports: Ports,
  programme: string,
  period: Month,
  committed: Commitment,
  { round, extension }: { round: number; extension?: Parameters<typeof drawSample>[3] },
): Promise<DrawnSample> {
  const claims: Sampleable[] = [];
  for await (const item of frameOf(ports, programme, period))
    claims.push({
      id: item.sk,
      provider: String(item.provider),
      // Rows from before strata were of one contract have none.
      ...(typeof item.contract === 'string' && { contract: item.contract }),
      tier: String(item.tier),
      flagged: item.flagged === true,
    });
  const { seed, salt } = await seedOf(ports, programme, period);
  unwrap(openSeed(committed.commitment, seed, salt));
  const sample = unwrap(drawSample(claims, committed.rule, seed, extension));
  const drawn = { ...sample, programme, period, round, commitment: committed.commitment, seed, salt };
  await writeOnce(ports.objects, sampleRef(programme, period, round), canonicalJson(drawn));
  return drawn;
}

const notCommitted = (period: Month) =>
  new Refused({
    code: 'WRONG_STAGE',
    message: `no sample was committed for ${period}`,
    next: 'commit to a seed and a rule before the period’s claims are known',
  });
