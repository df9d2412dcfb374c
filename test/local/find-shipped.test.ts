import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadContract } from '../../cli/commands/contract-files.ts';
import { loadProgramme } from '../../cli/commands/programme-files.ts';
import { unwrap } from '../../domain/kernel/result.ts';
import { findShipped, nearestIds } from '../../local/find-shipped.ts';
import { loadProgramme as loadForCycle } from '../../local/programmes.ts';

const dir = mkdtempSync(join(tmpdir(), 'cumple-find-'));
afterAll(() => rmSync(dir, { recursive: true }));

const list = [
  'juntos',
  'bolsa-familia-2011',
  'bolsa-familia-2023',
  'prospera-2016',
  'pati',
  'pati-insaforp',
].map((id) => ({ id, country: id === 'juntos' ? 'pe' : 'br' }));

describe('what a name means', () => {
  for (const [name, id] of [
    ['juntos', 'juntos'],
    ['JUNTOS', 'juntos'],
    [' Juntos ', 'juntos'],
    ['pe/juntos', 'juntos'],
    ['PE/Juntos/', 'juntos'],
    ['programmes/pe/juntos', 'juntos'],
    ['br/juntos', undefined],
    ['bolsa_familia_2023', 'bolsa-familia-2023'],
    ['prospera', 'prospera-2016'],
    ['bolsa-familia', undefined],
    ['pati', 'pati'],
    ['nobody', undefined],
  ] as const)
    it(`${JSON.stringify(name)} is ${id ?? 'nothing that ships'}`, () => {
      expect(findShipped(list, name)?.id).toBe(id);
    });
  it('a misspelt name has its nearest ids, a strange one none', () => {
    expect(nearestIds(list, 'pe/juntoz')).toEqual(['juntos']);
    expect(nearestIds(list, 'bolsa-familia')).toEqual(['bolsa-familia-2011', 'bolsa-familia-2023']);
    expect(nearestIds(list, 'xyzzy')).toEqual([]);
  });
});

describe('programmes and contracts', () => {
  it('are found by country and id, in any case', async () => {
    for (const name of ['pe/juntos', 'JUNTOS', 'programmes/pe/juntos']) {
      expect(unwrap(loadProgramme(name, dir)).id).toBe('juntos');
      expect(unwrap(await loadForCycle(name, dir)).definition.id).toBe('juntos');
    }
    for (const name of ['gb/work-programme-2011', 'Work-Programme-2011', 'work-programme'])
      expect(unwrap(loadContract(name, dir)).id).toBe('work-programme-2011');
  });
  it('a folder that is there comes before what ships under the same name', async () => {
    mkdirSync(join(dir, 'pe/juntos'), { recursive: true });
    const shipped = new URL('../../programmes/pe/juntos/definition.json', import.meta.url);
    const mine = { ...JSON.parse(readFileSync(shipped, 'utf8')), version: 'mine' };
    writeFileSync(join(dir, 'pe/juntos/definition.json'), JSON.stringify(mine));
    expect(unwrap(loadProgramme('pe/juntos', dir)).version).toBe('mine');
    expect(unwrap(await loadForCycle('pe/juntos', dir)).definition.version).toBe('mine');
    expect(unwrap(loadProgramme('juntos', dir)).version).not.toBe('mine');
  });
  it('an unknown one is refused with the nearest', async () => {
    const near = {
      ok: false,
      error: { code: 'UNKNOWN_PROGRAMME', next: expect.stringContaining('Nearest: juntos.') },
    };
    expect(loadProgramme('pe/juntoz', dir)).toMatchObject(near);
    expect(await loadForCycle('juntoz', dir)).toMatchObject(near);
    expect(loadContract('gb/work-programe', dir)).toMatchObject({
      error: { code: 'UNKNOWN_CONTRACT', next: expect.stringContaining('Nearest: work-programme-2011.') },
    });
  });
});
