import {
  type ManifestFile,
  manifestDifferences,
  manifestOf,
  parseManifest,
} from '../../domain/audit/manifest.ts';
import { type Audit, storedJson } from './audit.ts';
import { digestOf } from './bundle.ts';

type Place = Pick<Audit, 'bundle' | 'findings'> & {
  readonly cycle: { readonly programme: string; readonly period: string };
};

/** A failed attempt's list stands beside the reports of the attempt that was paid; its folder is its inputs' hash. */
const FAILED = /\/failed\/([0-9a-f]{16})\/exceptions\.csv$/;

/**
 * Holds the published files and the payment files against the manifest: what is missing, changed or added, and the
 * root of its tree. Out: the root that the listed files give; undefined where there is no manifest.
 */
export async function checkPublished(audit: Place): Promise<string | undefined> {
  const { findings, cycle } = audit;
  const folder = `${cycle.programme}/${cycle.period}`;
  const ref = { bucket: 'reports', key: `${folder}/manifest.json` } as const;
  const path = `reports/${ref.key}`;
  const json = await storedJson<unknown>(audit, ref);
  if (json === undefined) return undefined;
  const manifest = parseManifest(JSON.stringify(json));
  if (!manifest) {
    findings.differs({ path, what: 'changed', message: 'no es un manifiesto / it is not a manifest' });
    return undefined;
  }
  const { root } = manifestOf(manifest.files);
  findings.equal(path, 'root', manifest.root, root);
  const found = [
    ...(await filesBelow(audit, 'reports', folder)),
    ...(await filesBelow(audit, 'bank', `outbox/${folder}`)),
  ];
  const published: ManifestFile[] = [];
  for (const file of found)
    if (file.path !== path && !(await isOfFailed(audit, file.path))) published.push(file);
  findings.checked(manifest.files.length);
  const listed = new Map(manifest.files.map((file) => [file.path, file]));
  const there = new Map(published.map((file) => [file.path, file]));
  for (const difference of manifestDifferences(manifest, published))
    findings.differs({
      ...difference,
      ...textOf('stored', there.get(difference.path)),
      ...textOf('recomputed', listed.get(difference.path)),
    });
  return root;
}

async function isOfFailed({ bundle, cycle }: Place, path: string): Promise<boolean> {
  const attempt = FAILED.exec(path)?.[1];
  if (attempt === undefined) return false;
  const key = `cycles/${cycle.programme}/${cycle.period}/${attempt}/inputs.json`;
  return (await bundle.objects.get({ bucket: 'bulk', key })) !== undefined;
}

/** A file as it is stored, beside the file as the manifest has it. */
const textOf = (side: 'stored' | 'recomputed', file: ManifestFile | undefined) =>
  file && { [side]: `${file.bytes} bytes, sha256 ${file.sha256}` };

async function filesBelow(
  { bundle }: Place,
  bucket: 'reports' | 'bank',
  folder: string,
): Promise<ManifestFile[]> {
  const files: ManifestFile[] = [];
  for await (const { key, bytes } of bundle.objects.list(bucket, `${folder}/`)) {
    const path = `${bucket}/${key}`;
    try {
      files.push({ path, ...(await digestOf(bundle.objects.stream({ bucket, key }))) });
    } catch {
      // A name that is none of ours, or a file that cannot be read: nothing published has that.
      files.push({ path, sha256: '', bytes });
    }
  }
  return files;
}
