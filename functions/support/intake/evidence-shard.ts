import type { ObjectStore } from '../../../adapters/ports.ts';
import type { EvidenceRow, Exemption } from '../../../domain/records/household.ts';
import { mappingForFile, readEvidence, readExemption } from '../../../domain/records/intake-evidence.ts';
import type { Plan } from './batch.ts';
import { shardRows } from './parts.ts';
import { Quarantine } from './quarantine.ts';
import { type Read, rowReader } from './rows.ts';
import type { FilePlan } from './source.ts';

type Placed<T> = { readonly row: T; readonly file: number; readonly line: number };
/** A stored row: the record with the file and line it came from. */
type Stored<T> = T & { readonly file: string; readonly line: number };

/** One shard of evidence in the making: facts and exemptions by subject, and the rows set aside. */
export class EvidenceShard {
  readonly quarantine: Quarantine;
  received = 0;
  readonly #plan: Plan;
  /** Rows by subject, kind and period (evidence), or by all their fields (exemptions). */
  readonly #facts = new Map<string, Placed<EvidenceRow>[]>();
  readonly #exemptions = new Map<string, Placed<Exemption>>();

  constructor(plan: Plan) {
    this.#plan = plan;
    this.quarantine = new Quarantine(plan.files);
  }

  async read(objects: ObjectStore, shard: number): Promise<void> {
    const readers = this.#plan.files.map((file) => this.#reader(file));
    for await (const rows of shardRows(objects, this.#plan.parts.rows ?? [], shard))
      for (const [file, line, record] of rows) {
        this.received += 1;
        readers[file]!(file, line, record);
      }
    for (const rows of this.#facts.values()) if (rows.length > 1) this.#settle(rows);
  }

  /** Facts by subject, kind, period and line. */
  facts(): Stored<EvidenceRow>[] {
    return this.#stored(
      [...this.#facts.values()].flat(),
      (row) => `${row.subject}\0${row.kind}\0${row.period}`,
    );
  }

  exemptions(): Stored<Exemption>[] {
    return this.#stored(
      [...this.#exemptions.values()],
      (row) => `${row.subject}\0${row.condition}\0${row.from}`,
    );
  }

  #reader(file: FilePlan): (index: number, line: number, record: string) => void {
    const { mapping } = this.#plan;
    if (file.role === 'exemptions') {
      const read = rowReader(
        file,
        readExemption(mappingForFile(mapping.exemptions, file.name)!, file.header, mapping),
      );
      return this.#adding(read, (placed) => this.#addExemption(placed));
    }
    const read = rowReader(
      file,
      readEvidence(mappingForFile(mapping.evidence, file.name)!, file.header, mapping),
    );
    return this.#adding(read, (placed) => this.#addFact(placed));
  }

  #adding<T>(read: (record: string) => Read<T>, add: (placed: Placed<T>) => void) {
    return (file: number, line: number, record: string) => {
      const row = read(record);
      if ('problem' in row) this.quarantine.add(file, line, row.problem);
      else add({ row: row.value, file, line });
    };
  }

  #addFact(placed: Placed<EvidenceRow>): void {
    const { subject, kind, period } = placed.row;
    const key = `${subject}\0${kind}\0${period}`;
    const rows = this.#facts.get(key);
    if (rows) rows.push(placed);
    else this.#facts.set(key, [placed]);
  }

  #addExemption(placed: Placed<Exemption>): void {
    const key = JSON.stringify(placed.row);
    const first = this.#exemptions.get(key);
    if (first) this.#repeat(placed, first);
    else this.#exemptions.set(key, placed);
  }

  /** Several rows for one subject, kind and period: repeats leave the first, contradictions leave none. */
  #settle(rows: Placed<EvidenceRow>[]): void {
    const [first, ...rest] = rows;
    const other = rest.find(({ row }) => row.value !== first!.row.value);
    if (other === undefined) {
      for (const placed of rest) this.#repeat(placed, first!);
      rows.length = 1;
      return;
    }
    for (const placed of rows) {
      const against = placed.row.value === first!.row.value ? other : first!;
      this.quarantine.add(placed.file, placed.line, {
        code: 'CONFLICTING_EVIDENCE',
        message: `${placed.row.kind} ${placed.row.period} of ${placed.row.subject} is ${placed.row.value} here and ${against.row.value} in ${this.#say(against)}; neither counts`,
      });
    }
    rows.length = 0;
  }

  #repeat(placed: Placed<unknown>, first: Placed<unknown>): void {
    this.quarantine.add(placed.file, placed.line, {
      code: 'DUPLICATE_EVIDENCE',
      message: `the same as ${this.#say(first)}; counted once`,
    });
  }

  #say({ file, line }: Placed<unknown>): string {
    return `${this.#plan.files[file]!.name} line ${line}`;
  }

  #stored<T extends object>(rows: readonly Placed<T>[], keyOf: (row: T) => string): Stored<T>[] {
    return rows
      .map((placed) => ({ ...placed, key: keyOf(placed.row) }))
      .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.file - b.file || a.line - b.line))
      .map(({ row, file, line }) => ({ ...row, file: this.#plan.files[file]!.name, line }));
  }
}
