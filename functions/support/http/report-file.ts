import type { ObjectRef, Ports } from '../../../adapters/ports.ts';
import type { FileReply } from './route.ts';
import { SaidRefusal } from './said.ts';
import { currentUploads } from './uploads.ts';

/** What one Lambda answer carries (6 MB, in base64); larger files are fetched from the store itself. */
const INLINE_BYTES_MAX = 4_000_000;

/** A published report under its name: its bytes, or where to fetch them. Refused: there is none (NOT_FOUND). */
export async function reportFile(ports: Ports, key: string, name: string): Promise<FileReply> {
  const ref = { bucket: 'reports', key } as const;
  const bytes = await sizeOf(ports, ref);
  const found = bytes === undefined || bytes > INLINE_BYTES_MAX ? undefined : await ports.objects.get(ref);
  if (found) return { bytes: found, type: typeOf(name), name };
  if (bytes === undefined)
    throw new SaidRefusal('NOT_FOUND', { es: 'no existe ese reporte', en: 'there is no such report' });
  const { url } = await (await currentUploads()).get(ref, ports.clock.now());
  return { location: url };
}

async function sizeOf(ports: Ports, { bucket, key }: ObjectRef): Promise<number | undefined> {
  for await (const object of ports.objects.list(bucket, key)) if (object.key === key) return object.bytes;
  return undefined;
}

const TYPES: { readonly [extension: string]: string } = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
  html: 'text/html; charset=utf-8',
  xml: 'application/xml',
};
const typeOf = (name: string): string => TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
