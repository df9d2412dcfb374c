import { z } from 'zod';
import { assert } from '../kernel/assert.ts';
import { canonicalJson } from '../kernel/hash.ts';
import { merkleRoot } from './merkle.ts';

/** One file of a bundle: path below the bundle with forward slashes, sha256 in lower-case hex, size. */
export type ManifestFile = { readonly path: string; readonly sha256: string; readonly bytes: number };
export type Manifest = {
  readonly version: 1;
  readonly files: readonly ManifestFile[];
  /** RFC 6962 root over the canonical JSON (RFC 8785) of each file's entry, in path order. */
  readonly root: string;
};

const PATH = /^(?!\/)(?!.*(^|\/)\.\.?(\/|$))[^\\\0]+$/;

/**
 * The manifest of a bundle: files in code-unit order of their paths, with the tree's root. The same files give
 * the same manifest in any order. A path twice, an absolute path or one that climbs is a bug.
 */
export function manifestOf(files: Iterable<ManifestFile>): Manifest {
  const sorted = [...files]
    .map(({ path, sha256, bytes }) => ({ path, sha256, bytes }))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  sorted.forEach((file, index) => {
    assert(PATH.test(file.path), `not a path inside the bundle: ${file.path}`);
    assert(/^[0-9a-f]{64}$/.test(file.sha256), `not a sha256: ${file.sha256}`);
    assert(Number.isSafeInteger(file.bytes) && file.bytes >= 0, `not a size: ${file.bytes}`);
    assert(file.path !== sorted[index - 1]?.path, `a path twice in the manifest: ${file.path}`);
  });
  return { version: 1, files: sorted, root: merkleRoot(sorted.map(canonicalJson)) };
}

/** The manifest's bytes as text: canonical JSON and a line end. */
export const manifestText = (manifest: Manifest): string => `${canonicalJson(manifest)}\n`;

const ManifestText = z.strictObject({
  version: z.literal(1),
  files: z.array(
    z.strictObject({
      path: z.string().regex(PATH),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      bytes: z.int().min(0),
    }),
  ),
  root: z.string(),
});

/** A manifest as somebody stored it; undefined where the text is none. Its root is as written, not worked out. */
export function parseManifest(text: string): Manifest | undefined {
  try {
    const manifest = ManifestText.safeParse(JSON.parse(text));
    const paths = new Set(manifest.data?.files.map(({ path }) => path));
    return paths.size === manifest.data?.files.length ? manifest.data : undefined;
  } catch {
    return undefined;
  }
}

/** Files that differ between what a manifest says and what is there: missing, added or changed. */
export function manifestDifferences(
  expected: Manifest,
  found: Iterable<ManifestFile>,
): { readonly path: string; readonly what: 'missing' | 'added' | 'changed' }[] {
  const there = new Map([...found].map((file) => [file.path, file]));
  const differences: { path: string; what: 'missing' | 'added' | 'changed' }[] = [];
  for (const file of expected.files) {
    const other = there.get(file.path);
    there.delete(file.path);
    if (!other) differences.push({ path: file.path, what: 'missing' });
    else if (other.sha256 !== file.sha256 || other.bytes !== file.bytes)
      differences.push({ path: file.path, what: 'changed' });
  }
  for (const path of [...there.keys()].sort()) differences.push({ path, what: 'added' });
  return differences;
}
