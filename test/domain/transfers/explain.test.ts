import { describe, expect, it } from 'vitest';
import type { Language } from '../../../domain/records/programme/basics.ts';
import { explainProgramme } from '../../../domain/transfers/explain.ts';
import { everything } from './everything.ts';

const printed = (lang: Language): string =>
  explainProgramme(everything(), lang)
    .map(({ title, sentences }) => `# ${title}\n${sentences.join('\n')}\n`)
    .join('\n');

describe('a definition with every kind of rule reads', () => {
  it('in Spanish', async () => {
    await expect(printed('es')).toMatchFileSnapshot('golden/everything.es.md');
  });
  it('in English', async () => {
    await expect(printed('en')).toMatchFileSnapshot('golden/everything.en.md');
  });
});
