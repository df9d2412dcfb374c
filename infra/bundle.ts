import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import type { FunctionEntry } from '../functions/manifest.ts';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Some dependencies are CommonJS and call `require` for Node's own modules, which an ES module does not have. */
const BANNER =
  "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);";

export type Bundles = { codeOf(name: string): Code; dispose(): void };

/**
 * Bundles all functions in one esbuild run (one process for thirty functions, not thirty), each into a folder
 * of its own with the SDK it was tested with and a source map. Same sources, same bytes, same asset hash.
 */
export function bundleFunctions(entries: readonly FunctionEntry[]): Bundles {
  const outdir = mkdtempSync(join(tmpdir(), 'cumple-bundle-'));
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: Object.fromEntries(entries.map(({ name, file }) => [`${name}/index`, file])),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: 'linked',
    sourcesContent: false,
    banner: { js: BANNER },
    logLevel: 'error',
  });
  return {
    codeOf: (name) => Code.fromAsset(join(outdir, name)),
    dispose: () => rmSync(outdir, { recursive: true, force: true }),
  };
}
