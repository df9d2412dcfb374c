import type { ObjectStore } from '../../../adapters/ports.ts';
import type { EvidenceRow, Exemption } from '../../../domain/records/household.ts';
import { mappingForFile, readEvidence, readExemption } from '../../../domain/records/intake-evidence.ts';
import type { Plan } from './batch.ts';
import { shardRows } from './parts.ts';
import { Quarantine } from './quarantine.ts';
import { type Read, rowReader } from './rows.ts';
import type { FilePlan } from './source.ts';

/** A stored row: the record with the file and line it came from. */
type Placed<T> = T & { file: string; line: number };
type Fact = Placed<EvidenceRow>;
type Excuse = Placed<Exemption>;

/** One shard of evidence in the making: facts and exemptions by subject, and the rows set aside. */
export class EvidenceShard {
  readonly quarantine: Quarantine;
  received = 0;
  readonly #plan: Plan;
  readonly #facts: Fact[] = [];
  readonly #exemptions: Excuse[] = [];

  constructor(plan: Plan) {
    this.#plan = plan;
    this.quarantine = new Quarantine(plan.files);
  }

  async read(objects: ObjectStore, shard: number): Promise<void> {
    const readers = this.#plan.files.map((file, index) => this.#reader(file, index));
    for await (const rows of shardRows(objects, this.#plan.parts.rows ?? [], shard))
      for (const [file, line, record] of rows) {
        this.received += 1;
        readers[file]!(line, record);
      }
  }

  /**
   * Facts by subject, kind and period. Several rows for the same: repeats leave the first, contradictions leave
   * none.
   */
  facts(): Fact[] {
    const kept: Fact[] = [];
    for (const rows of groups(this.#facts.sort(byFact), byFact)) {
      const first = rows[0]!;
      const other = rows.length > 1 ? rows.find((row) => row.value !== first.value) : undefined;
      if (other) this.#conflict(rows, first, other);
      else kept.push(this.#oneOf(rows));
    }
    return kept;
  }

  exemptions(): Excuse[] {
    const kept: Excuse[] = [];
    for (const rows of groups(this.#exemptions.sort(byExcuse), byExcuse)) kept.push(this.#oneOf(rows));
    return kept;
  }

  #reader(file: FilePlan, index: number): (line: number, record: string) => void {
    const { mapping } = this.#plan;
    const { header, name } = file;
    if (file.role === 'exemptions') {
      const read = readExemption(mappingForFile(mapping.exemptions, name)!, header, mapping);
      return this.#into(this.#exemptions, rowReader(file, read), index);
    }
    const read = readEvidence(mappingForFile(mapping.evidence, name)!, header, mapping);
    return this.#into(this.#facts, rowReader(file, read), index);
  }

  #into<T>(rows: Placed<T>[], read: (record: string) => Read<T>, index: number) {
    const file = this.#plan.files[index]!.name;
    return (line: number, record: string) => {
      const row = read(record);
      if ('problem' in row) this.quarantine.add(index, line, row.problem);
      else rows.push(Object.assign(row.value as T & object, { file, line }));
    };
  }

  #conflict(rows: readonly Fact[], first: Fact, other: Fact): void {
    for (const row of rows) {
      const against = row.value === first.value ? other : first;
      this.#setAside(row, {
        code: 'CONFLICTING_EVIDENCE',
        message: `${row.kind} ${row.period} of ${row.subject} is ${row.value} here and ${against.value} in ${against.file} line ${against.line}; neither counts`,
      });
    }
  }

  /** The first of equal rows; the others are set aside. */
  #oneOf<T extends Placed<object>>(rows: readonly T[]): T {
    const first = rows[0]!;
    const message = `the same as ${first.file} line ${first.line}; counted once`;
    for (let i = 1; i < rows.length; i++) this.#setAside(rows[i]!, { code: 'DUPLICATE_EVIDENCE', message });
    return first;
  }

  #setAside(row: Placed<object>, problem: Parameters<Quarantine['add']>[2]): void {
    const index = this.#plan.files.findIndex((file) => file.name === row.file);
    this.quarantine.add(index, row.line, problem);
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** Rows come in file and line order, and sorting keeps it among equals. */
const byFact = (a: Fact, b: Fact): number =>
  compare(a.subject, b.subject) || compare(a.kind, b.kind) || compare(a.period, b.period);
const byExcuse = (a: Excuse, b: Excuse): number =>
  compare(a.subject, b.subject) ||
  compare(a.condition, b.condition) ||
  compare(a.kind, b.kind) ||
  compare(a.from, b.from) ||
  compare(a.until, b.until) ||
  compare(a.reason, b.reason);

/** Neighbours that are equal, of a sorted list. */
function* groups<T>(sorted: readonly T[], order: (a: T, b: T) => number): Generator<T[]> {
  let from = 0;
  for (let at = 1; at <= sorted.length; at++) {
    if (at < sorted.length && order(sorted[from]!, sorted[at]!) === 0) continue;
    yield sorted.slice(from, at);
    from = at;
  }
}
