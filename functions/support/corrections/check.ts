import type { Ports } from '../../../adapters/ports.ts';
import { Refused } from '../../../domain/kernel/result.ts';
import type { CorrectionCase } from '../../../domain/records/correction.ts';
import { historyOf } from '../history.ts';

/**
 * Refuses a correction that could never have an effect because of a slip: a programme without a closed cycle
 * (CYCLE_NOT_FOUND), a household that no closed cycle had (NOT_FOUND), a kind of evidence, condition or attribute that
 * the programme does not have (BAD_INPUT, each with its path).
 */
export async function checkCorrection(ports: Ports, asked: CorrectionCase): Promise<void> {
  const { definition } = (await historyOf(ports, asked.programme, asked.household)).at(-1)!;
  const known = {
    evidence: Object.keys(definition.evidence),
    conditions: definition.conditions.map(({ id }) => id),
    attributes: Object.keys(definition.attributes),
  };
  const faults: string[] = [];
  const expect = (path: string, name: string, names: readonly string[]) => {
    if (!names.includes(name)) faults.push(`${path}: "${name}" is none of ${names.join(', ') || 'none'}`);
  };
  asked.evidence.forEach(({ kind }, i) => {
    expect(`evidence[${i}].kind`, kind, known.evidence);
  });
  asked.exemptions.forEach(({ condition }, i) => {
    expect(`exemptions[${i}].condition`, condition, known.conditions);
  });
  asked.registry.forEach(({ attributes = {}, members = [] }, i) => {
    for (const changed of [attributes, ...members.map((member) => member.attributes ?? {})])
      for (const name of Object.keys(changed)) expect(`registry[${i}].attributes`, name, known.attributes);
  });
  if (faults.length > 0)
    throw new Refused({
      code: 'BAD_INPUT',
      message: faults.join('\n'),
      next: '"cumple programme explain" lists them; correct the file and submit it again',
    });
}
