import { hash } from 'node:crypto';

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

const bytesOf = (record: string | Uint8Array) => (typeof record === 'string' ? Buffer.from(record) : record);
const digest = (...parts: readonly Uint8Array[]): Buffer => hash('sha256', Buffer.concat(parts), 'buffer');

/**
 * RFC 6962 tree head over records, as lower-case hex; text is taken as UTF-8. A leaf is sha256(0x00 || record), a node
 * sha256(0x01 || left || right), so that no leaf can pass for a node; the empty tree is sha256 of nothing. Keeps one
 * hash for each complete subtree: about log2(n) of them.
 */
export function merkleRoot(records: Iterable<string | Uint8Array>): string {
  const stack: { level: number; hash: Buffer }[] = [];
  for (const record of records) {
    let node = { level: 0, hash: digest(LEAF, bytesOf(record)) };
    while (stack.at(-1)?.level === node.level)
      node = { level: node.level + 1, hash: digest(NODE, stack.pop()!.hash, node.hash) };
    stack.push(node);
  }
  const root = stack.reduceRight<Buffer | undefined>(
    (right, { hash: left }) => (right ? digest(NODE, left, right) : left),
    undefined,
  );
  return (root ?? digest()).toString('hex');
}
