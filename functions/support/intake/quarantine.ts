import type { Issue } from '../../../domain/kernel/result.ts';
import type { RowProblem } from '../../../domain/records/intake-codes.ts';
import { JsonLines } from '../jsonl.ts';
import type { FilePlan } from './source.ts';

export type RowIssue = Issue & { readonly file: string; readonly line: number };

/** The bad rows of a shard: each once, with its reason, sorted by file and line. */
export class Quarantine {
  readonly byCode: Record<string, number> = {};
  readonly #issues: { file: number; issue: RowIssue }[] = [];
  readonly #files: readonly FilePlan[];
  constructor(files: readonly FilePlan[]) {
    this.#files = files;
  }

  get count(): number {
    return this.#issues.length;
  }

  add(file: number, line: number, { code, message, path }: RowProblem): void {
    const name = this.#files[file]!.name;
    this.byCode[code] = (this.byCode[code] ?? 0) + 1;
    this.#issues.push({ file, issue: { code, message, file: name, line, ...(path && { path }) } });
  }

  /** The first ones, for the message of a batch that is refused. */
  first(count: number): RowIssue[] {
    return this.#sorted().slice(0, count);
  }

  bytes(): Buffer {
    const lines = new JsonLines();
    for (const issue of this.#sorted()) lines.add(issue);
    return lines.bytes();
  }

  #sorted(): RowIssue[] {
    this.#issues.sort((a, b) => a.file - b.file || a.issue.line - b.issue.line);
    return this.#issues.map(({ issue }) => issue);
  }
}
