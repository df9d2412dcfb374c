import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { listContracts, loadCase } from '../../cli/commands/contract-files.ts';
import { seeded } from '../../domain/kernel/random.ts';
import { settleContract } from '../../domain/results/disbursement.ts';
import { settlementRefusalView, settlementView } from '../../domain/results/settlement-view.ts';

const CASES = listContracts().flatMap(({ path }) => {
  const folder = path.replace('contract.json', 'examples');
  return readdirSync(folder).map(
    (name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')).case as unknown,
  );
});
const JUNK: readonly unknown[] = [
  ...[null, '', 0, -1, 1.5, 1e21, true, [], {}, [null], { a: 1 }, 'x', ' ', 'constructor', '__proto__'],
  ...['2013-02-30', '0001-01-01', '9999-12-31', '-5', '1e5', '999999999999999', '100'],
];
const NAMES = ['foo', 'constructor', 'end', 'provider', 'document', 'claims'];

type Place = readonly [holder: Record<string, unknown>, key: string];
function places(value: unknown): Place[] {
  if (value === null || typeof value !== 'object') return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key): Place[] => [[holder, key], ...places(holder[key])]);
}

/** One example with one or two places deleted, replaced, repeated or added to. */
function spoiled(random: () => number): unknown {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const given = structuredClone(pick(CASES));
  for (let times = random() < 0.3 ? 2 : 1; times > 0; times--) {
    const [holder, key] = pick(places(given));
    const how = random();
    if (how < 0.2) delete holder[key];
    else if (how < 0.8) holder[key] = structuredClone(pick(JUNK));
    else if (Array.isArray(holder)) holder.push(structuredClone(holder[Number(key)]));
    else holder[pick(NAMES)] = structuredClone(pick(JUNK));
  }
  return given;
}

it('a spoiled case is settled or refused with its reason, never a crash; settled again it pays no outcome twice', () => {
  const random = seeded(11);
  const seen = { settled: 0, refused: 0 };
  for (let i = 0; i < 800; i++) {
    const given = spoiled(random);
    const text = JSON.stringify(given).slice(0, 600);
    const loaded = loadCase(given, '/', 'case');
    if (!loaded.ok) {
      expect(loaded.error.message.length, text).toBeGreaterThan(10);
      seen.refused += 1;
      continue;
    }
    const { contract, input } = loaded.value;
    const result = settleContract(contract, input);
    if (!result.ok) {
      expect(settlementRefusalView(result.error).refusal.message, text).not.toBe('');
      seen.refused += 1;
      continue;
    }
    seen.settled += 1;
    const { state } = JSON.parse(JSON.stringify(settlementView(contract, result.value)));
    const again = settleContract(contract, { ...input, state });
    if (!again.ok) continue;
    expect(
      again.value.lines.filter(({ kind, amountMinor }) => kind === 'outcome' && amountMinor > 0),
      text,
    ).toEqual([]);
  }
  expect(seen.settled).toBeGreaterThan(50);
  expect(seen.refused).toBeGreaterThan(200);
});
