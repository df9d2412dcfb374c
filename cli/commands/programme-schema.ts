import { programmeJsonSchema } from '../../domain/records/programme/json-schema.ts';
import type { Io } from '../io.ts';

/** Prints the JSON Schema of definitions, for editors: `"$schema": "../../programme.schema.json"`. */
export async function programmeSchema(_args: string[], io: Io): Promise<number> {
  io.stdout.write(`${JSON.stringify(programmeJsonSchema(), null, 2)}\n`);
  return 0;
}
