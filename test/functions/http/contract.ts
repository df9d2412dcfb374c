import { readFileSync } from 'node:fs';

/** A shipped contract (Cali Progresa) under a name of its own, with a verification clause: claims are sampled. */
const shipped = JSON.parse(
  readFileSync(new URL('../../../programmes/co/cali-progresa-2019/contract.json', import.meta.url), 'utf8'),
);
const label = { es: 'prueba', en: 'test' };
const parameter = (unit: string, value: unknown) => ({ label, unit, values: [{ value, cite: 'test' }] });

export const CONTRACT = {
  ...shipped,
  id: 'prueba-cali',
  sources: { ...shipped.sources, test: { title: 'test', confidence: 'low' } },
  attributes: { tier: { label, type: 'text' } },
  parameters: {
    ...shipped.parameters,
    sampleConfidence: parameter('percent', '95'),
    sampleMargin: parameter('percent', '5'),
    sampleTolerance: parameter('percent', '2'),
  },
  verification: {
    confidence: 'sampleConfidence',
    margin: 'sampleMargin',
    tolerance: 'sampleTolerance',
    cite: 'test',
  },
};
