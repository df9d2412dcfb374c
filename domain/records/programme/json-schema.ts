import { z } from 'zod';
import { ProgrammeDefinition } from '../programme.ts';

/** The JSON Schema (2020-12) of a programme definition as people write it, for editors. */
export function programmeJsonSchema(): unknown {
  const schema = z.toJSONSchema(ProgrammeDefinition, { io: 'input', unrepresentable: 'any', reused: 'ref' });
  return { ...schema, title: 'Cumple programme definition' };
}
