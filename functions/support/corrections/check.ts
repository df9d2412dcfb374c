import type { Ports } from '../../../adapters/ports.ts';
import type { CorrectionCase } from '../../../domain/records/correction.ts';
import { latestOf } from '../history.ts';
import { type FieldError, SaidRefusal } from '../http/said.ts';

/**
 * Refuses a correction that could never have an effect because of a slip: a programme without a closed cycle
 * (CYCLE_NOT_FOUND), a household that no closed cycle had (NOT_FOUND), a kind of evidence, condition or attribute that
 * the programme does not have (BAD_INPUT, each with its path).
 */
export async function checkCorrection(ports: Ports, asked: CorrectionCase): Promise<void> {
  const { definition } = await latestOf(ports, asked.programme, asked.household);
  const known = {
    evidence: Object.keys(definition.evidence),
    conditions: definition.conditions.map(({ id }) => id),
    attributes: Object.keys(definition.attributes),
  };
  const faults: Fault[] = [];
  const expect = (path: Path, name: string, names: readonly string[]) => {
    if (!names.includes(name)) faults.push({ path, name, names: names.join(', ') });
  };
  asked.evidence.forEach(({ kind }, i) => {
    expect(['evidence', i, 'kind'], kind, known.evidence);
  });
  asked.exemptions.forEach(({ condition }, i) => {
    expect(['exemptions', i, 'condition'], condition, known.conditions);
  });
  asked.registry.forEach(({ attributes = {}, members = [] }, i) => {
    for (const changed of [attributes, ...members.map((member) => member.attributes ?? {})])
      for (const name of Object.keys(changed)) expect(['registry', i, 'attributes'], name, known.attributes);
  });
  if (faults.length > 0) throw refusalOf(faults);
}

type Path = readonly [part: string, index: number, field: string];
type Fault = { readonly path: Path; readonly name: string; readonly names: string };

function refusalOf(faults: readonly Fault[]): SaidRefusal {
  const lines = (say: (name: string, names: string) => string) =>
    faults
      .map(({ path: [part, i, field], name, names }) => `${part}[${i}].${field}: ${say(name, names)}`)
      .join('\n');
  const errors: FieldError[] = faults.map(({ path, name, names }) => ({
    path: `body.${path.join('.')}`,
    code: 'UNKNOWN_NAME',
    message: `"${name}": ${names || '—'}`,
  }));
  return new SaidRefusal(
    'BAD_INPUT',
    {
      es: lines((name, names) => `«${name}» no es ${names ? `ninguno de ${names}` : 'de este programa'}`),
      en: lines((name, names) => `"${name}" is none of ${names || 'none'}`),
    },
    { next: '"cumple programme explain" lists them; correct the file and submit it again', errors },
  );
}
