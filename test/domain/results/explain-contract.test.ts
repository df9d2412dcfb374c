import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseContract } from '../../../domain/records/contract-check.ts';
import { explainContract } from '../../../domain/results/explain-contract.ts';

const root = new URL('../../../programmes/', import.meta.url);
const shipped = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('contract.json'))
  .sort();

describe('every sentence of a shipped contract names its sources', () => {
  it.each(shipped)('%s', (path) => {
    const parsed = parseContract(JSON.parse(readFileSync(new URL(path, root), 'utf8')));
    if (!parsed.ok) throw new Error(path);
    const contract = parsed.value;
    const sections = explainContract(contract);
    const ruled = sections.filter(({ title }) => ['Milestones and prices', 'Rules'].includes(title.en));
    const lines = ruled.flatMap((section) => section.lines);
    expect(lines.length).toBeGreaterThanOrEqual(contract.milestones.length);
    for (const line of lines)
      for (const text of [line.es, line.en]) {
        const cites = /\[([\w, ]+)\]$/.exec(text)?.[1]?.split(', ') ?? [];
        expect(cites, text).not.toEqual([]);
        for (const cite of cites) expect(Object.keys(contract.sources), text).toContain(cite);
      }
    const targets = lines.filter((line) => line.en.startsWith('Target '));
    expect(targets).toHaveLength(contract.targets?.length ?? 0);
  });
});
