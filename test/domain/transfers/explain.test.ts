import { describe, expect, it } from 'vitest';
import { loadProgramme } from '../../../cli/commands/programme-files.ts';
import { unwrap } from '../../../domain/kernel/result.ts';
import type { Language } from '../../../domain/records/programme/basics.ts';
import { explainProgramme } from '../../../domain/transfers/explain.ts';
import { benefitSentence } from '../../../domain/transfers/explain-benefit.ts';
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

it('a limit above so many amounts says above how many', () => {
  const prospera = unwrap(loadProgramme('prospera-2016', '.'));
  const limits = explainProgramme(prospera, 'es').find(({ title }) => title === 'Topes')!.sentences;
  expect(limits[0]).toContain('donde hay más de 3, si pasa de no publicado al mes, se reduce en proporción');
});

describe('who counts first reads', () => {
  const definition = everything();
  const benefit = definition.benefits.find(({ kind }) => kind === 'per_member')!;
  const rows: [order: string, es: string, en: string][] = [
    ['oldest', 'de mayor a menor edad', 'oldest first'],
    ['youngest', 'de menor a mayor edad', 'youngest first'],
    ['highest', 'de mayor a menor monto', 'highest amount first'],
    ['as_listed', 'por número de registro', 'by registry number'],
  ];
  for (const [order, es, en] of rows)
    it(en, () => {
      const ordered = { ...benefit, order } as typeof benefit;
      expect(benefitSentence(definition, ordered, 'es')).toContain(`a lo más 2 en el hogar, ${es};`);
      expect(benefitSentence(definition, ordered, 'en')).toContain(`at most 2 in the household, ${en};`);
    });
});
