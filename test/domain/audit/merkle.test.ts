import { describe, expect, it } from 'vitest';
import {
  manifestDifferences,
  manifestOf,
  manifestText,
  parseManifest,
} from '../../../domain/audit/manifest.ts';
import { merkleRoot } from '../../../domain/audit/merkle.ts';
import { sha256 } from '../../../domain/kernel/hash.ts';

const hex = (...items: string[]) => items.map((item) => Buffer.from(item, 'hex'));

describe('RFC 6962 tree', () => {
  /** The leaves and roots that Certificate Transparency's own tests publish. */
  const leaves = hex(
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  );
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  it.each(roots.map((root, size) => [size, root] as const))(
    'root of the first %i published leaves',
    (size, root) => {
      expect(merkleRoot(leaves.slice(0, size))).toBe(root);
    },
  );

  it('a leaf can never pass for a node', () => {
    const leaf = (record: string) => hex(sha256(`\0${record}`))[0]!;
    expect(merkleRoot([Buffer.concat([leaf('a'), leaf('b')])])).not.toBe(merkleRoot(['a', 'b']));
  });
});

describe('manifest of a bundle', () => {
  const file = (path: string, text = path) => ({ path, sha256: sha256(text), bytes: text.length });
  const files = [file('b/2.csv'), file('a.json'), file('b/1.csv')];

  it('is the same in any order, and canonical', () => {
    const manifest = manifestOf(files);
    expect(manifestText(manifestOf([...files].reverse()))).toBe(manifestText(manifest));
    expect(manifest.files.map(({ path }) => path)).toEqual(['a.json', 'b/1.csv', 'b/2.csv']);
    expect(JSON.parse(manifestText(manifest))).toEqual(manifest);
  });

  it('has another root when a byte, a size or a name changes', () => {
    const { root } = manifestOf(files);
    expect(manifestOf([files[0]!, files[1]!, file('b/1.csv', 'other')]).root).not.toBe(root);
    expect(manifestOf([files[0]!, files[1]!, { ...files[2]!, bytes: 1 }]).root).not.toBe(root);
    expect(manifestOf([files[0]!, files[1]!, { ...files[2]!, path: 'b/3.csv' }]).root).not.toBe(root);
  });

  it.each(['/etc/x', '../x', 'a/../b', 'a/./b', './a', '', 'a\\b', 'a/..'])(
    'a path such as "%s" is a bug',
    (path) => {
      expect(() => manifestOf([file(path)])).toThrow();
    },
  );

  it('a path twice is a bug', () => {
    expect(() => manifestOf([file('a'), file('a', 'other')])).toThrow();
  });

  it('is read as it was written, with the root that it claims; anything else is none', () => {
    const manifest = manifestOf(files);
    expect(parseManifest(manifestText(manifest))).toEqual(manifest);
    expect(parseManifest(JSON.stringify({ ...manifest, root: 'x' }))?.root).toBe('x');
    const [a] = manifest.files;
    for (const text of ['', '[]', 'null', '{"version":1}', JSON.stringify({ ...manifest, files: [a, a] })])
      expect(parseManifest(text)).toBeUndefined();
  });

  it('says what is missing, added or changed', () => {
    expect(
      manifestDifferences(manifestOf(files), [file('a.json', 'changed'), file('b/1.csv'), file('new.txt')]),
    ).toEqual([
      { path: 'a.json', what: 'changed' },
      { path: 'b/2.csv', what: 'missing' },
      { path: 'new.txt', what: 'added' },
    ]);
  });
});
