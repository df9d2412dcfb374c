import { hash } from 'node:crypto';
import { assert } from '../kernel/assert.ts';

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

/** RFC 6962 leaf hash: sha256(0x00 || record). Text is taken as UTF-8. */
export const leafHash = (record: string | Uint8Array): Buffer =>
  hash('sha256', Buffer.concat([LEAF, typeof record === 'string' ? Buffer.from(record) : record]), 'buffer');
const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  hash('sha256', Buffer.concat([NODE, left, right]), 'buffer');

/** The empty tree's root: sha256 of nothing. */
const emptyRoot = (): Buffer => hash('sha256', '', 'buffer');

/** A tree that grows leaf by leaf and keeps one hash for each complete subtree: about log2(n) hashes. */
export function merkleTree() {
  const stack: { level: number; hash: Buffer }[] = [];
  let size = 0;
  return {
    /** Adds a leaf hash. */
    add(leaf: Buffer): void {
      let node = { level: 0, hash: leaf };
      while (stack.length > 0 && stack[stack.length - 1]!.level === node.level)
        node = { level: node.level + 1, hash: nodeHash(stack.pop()!.hash, node.hash) };
      stack.push(node);
      size += 1;
    },
    size: (): number => size,
    root(): Buffer {
      if (stack.length === 0) return emptyRoot();
      let root = stack[stack.length - 1]!.hash;
      for (let i = stack.length - 2; i >= 0; i--) root = nodeHash(stack[i]!.hash, root);
      return root;
    },
  };
}

/** RFC 6962 tree head over records, as lower-case hex. */
export function merkleRoot(records: Iterable<string | Uint8Array>): string {
  const tree = merkleTree();
  for (const record of records) tree.add(leafHash(record));
  return tree.root().toString('hex');
}

/** Largest power of two below `count`. */
function split(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

/**
 * The audit path of leaf `index` (RFC 6962, 2.1.1), lower-case hex, from the leaf up. `leaves` are leaf hashes.
 */
export function inclusionProof(leaves: readonly Buffer[], index: number): string[] {
  assert(index >= 0 && index < leaves.length, `no leaf ${index} in a tree of ${leaves.length}`);
  const path: string[] = [];
  let from = 0;
  let to = leaves.length;
  const siblings: [number, number][] = [];
  while (to - from > 1) {
    const middle = from + split(to - from);
    if (index < middle) {
      siblings.push([middle, to]);
      to = middle;
    } else {
      siblings.push([from, middle]);
      from = middle;
    }
  }
  for (const [start, end] of siblings.reverse()) {
    const tree = merkleTree();
    for (let i = start; i < end; i++) tree.add(leaves[i]!);
    path.push(tree.root().toString('hex'));
  }
  return path;
}

/** Whether `record` is leaf `index` of the tree of `size` leaves with this root (RFC 9162, 2.1.3.2). */
export function verifyInclusion(
  record: string | Uint8Array,
  index: number,
  size: number,
  proof: readonly string[],
  root: string,
): boolean {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  let node = index;
  let last = size - 1;
  let value: Buffer = leafHash(record);
  for (const step of proof) {
    if (last === 0 || !/^[0-9a-f]{64}$/.test(step)) return false;
    const sibling = Buffer.from(step, 'hex');
    if (node % 2 === 1 || node === last) {
      value = nodeHash(sibling, value);
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
      }
    } else value = nodeHash(value, sibling);
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && value.toString('hex') === root;
}
