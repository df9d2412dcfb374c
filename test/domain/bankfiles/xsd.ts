import { existsSync, readFileSync } from 'node:fs';
import { validateXML } from 'xmllint-wasm';

const FOLDER = new URL('../../../../shared/data/iso20022/xsd/', import.meta.url);
/** The ISO schemas are not part of this project: tests that need them are skipped where they are absent. */
export const haveSchemas = existsSync(FOLDER);
export const SKIPPED = 'skipped where ../shared/data/iso20022/xsd is absent';

/** Errors of a document against the schema of `message`, such as `pain.001.001.09`. */
export async function schemaErrors(message: string, xml: string | Uint8Array): Promise<string[]> {
  const schema = readFileSync(new URL(`${message}.xsd`, FOLDER), 'utf8');
  const contents = typeof xml === 'string' ? xml : Buffer.from(xml).toString('utf8');
  const result = await validateXML({ xml: [{ fileName: 'file.xml', contents }], schema: [schema] });
  return result.errors.map((error) => error.rawMessage);
}
