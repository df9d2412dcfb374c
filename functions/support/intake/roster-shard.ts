import type { ObjectStore } from '../../../adapters/ports.ts';
import type { Household } from '../../../domain/records/household.ts';
import type { RowProblem } from '../../../domain/records/intake-codes.ts';
import {
  isJoined,
  type MemberRow,
  readHousehold,
  readMember,
  takenColumns,
} from '../../../domain/records/intake-household.ts';
import { readSegment } from '../segments.ts';
import { batchKey, type Plan } from './batch.ts';
import { type DuplicateRow, type Listing, sayDuplicate } from './duplicates.ts';
import { type PartRow, shardRows } from './parts.ts';
import { Quarantine } from './quarantine.ts';
import { type Read, rowReader } from './rows.ts';
import { cellReader, type FilePlan } from './source.ts';

type Place = { readonly file: number; readonly line: number };
type Stored = { readonly id: string; readonly json: string };
/** A household and its members as the JSON they are stored as: a shard of texts is a fifth of its objects. */
type Gathered = Stored & Place & { readonly members: Stored[] };

/** One shard of a roster in the making: households by id with their members, and the rows set aside. */
export class RosterShard {
  readonly quarantine: Quarantine;
  received = 0;
  readonly #plan: Plan;
  readonly #households = new Map<string, Gathered>();
  /** Households whose own row is in quarantine. */
  readonly #refused = new Map<string, Place>();
  /** Listings of people that count elsewhere, by file and line. */
  readonly #elsewhere = new Map<string, Listing>();

  constructor(plan: Plan) {
    this.#plan = plan;
    this.quarantine = new Quarantine(plan.files);
  }

  async read(objects: ObjectStore, shard: number): Promise<void> {
    const { parts, batch } = this.#plan;
    const losers = batchKey('roster', batch, 'parts/duplicates.jsonl');
    for (const [file, line, counts] of await readSegment<DuplicateRow>(objects, 'bulk', losers, shard))
      this.#elsewhere.set(`${file}:${line}`, counts);
    const addHousehold = this.#perFile((file, index) => this.#householdReader(file, index));
    const addMember = this.#perFile((file, index) => this.#memberReader(file, index));
    const addFirst = isJoined(this.#plan.mapping) ? this.#joined() : addHousehold;
    for await (const rows of shardRows(objects, parts.households ?? [], shard)) this.#each(rows, addFirst);
    for await (const rows of shardRows(objects, parts.members ?? [], shard)) this.#each(rows, addMember);
  }

  /** Households in the order of their ids, each with its members in the order of theirs. */
  sorted(): { id: string; members: readonly Stored[]; line: string }[] {
    return [...this.#households.values()].sort(byId).map(({ id, json, members }) => {
      members.sort(byId);
      const texts = members.map((member) => member.json).join(',');
      return { id, members, line: `${json.slice(0, -EMPTY_END.length)}${texts}]}\n` };
    });
  }

  #each(rows: Iterable<PartRow>, add: (row: PartRow) => void): void {
    for (const row of rows) {
      this.received += 1;
      add(row);
    }
  }

  /** Makes a reader per file when its first row comes. */
  #perFile(
    make: (file: FilePlan, index: number) => (line: number, record: string) => void,
  ): (row: PartRow) => void {
    const readers = new Map<number, (line: number, record: string) => void>();
    return ([index, line, record]) => {
      let reader = readers.get(index);
      if (!reader) {
        reader = make(this.#plan.files[index]!, index);
        readers.set(index, reader);
      }
      reader(line, record);
    };
  }

  #householdReader(file: FilePlan, index: number) {
    const { mapping } = this.#plan;
    const read = rowReader(file, readHousehold(mapping.households!, file.header, mapping));
    const idOf = this.#idReader(file);
    return (line: number, record: string) =>
      this.#addHousehold(read(record), idOf(record), { file: index, line });
  }

  #idReader(file: FilePlan): (record: string) => string {
    const { id } = this.#plan.mapping.households!;
    return cellReader(file, typeof id === 'string' ? id : 'column' in id ? id.column : '');
  }

  #addHousehold(row: Read<Household>, id: string, place: Place): void {
    const first = this.#households.get(id);
    if ('problem' in row || first) {
      if (!first) this.#refused.set(id, place);
      const problem = 'problem' in row ? row.problem : this.#duplicate(id, first!);
      this.quarantine.add(place.file, place.line, problem);
      return;
    }
    this.#refused.delete(id);
    this.#households.set(id, { id, json: JSON.stringify(row.value), members: [], ...place });
  }

  #duplicate(id: string, first: Place): RowProblem {
    return {
      code: 'DUPLICATE_HOUSEHOLD',
      message: `household ${id} is already in ${this.#say(first)}; that row counts`,
    };
  }

  #memberReader(file: FilePlan, index: number) {
    const { mapping } = this.#plan;
    const read = rowReader(file, readMember(mapping.members!, file.header, mapping));
    return (line: number, record: string) => {
      const row = read(record);
      const problem = 'problem' in row ? row.problem : this.#addMember(row.value, { file: index, line });
      if (problem) this.quarantine.add(index, line, problem);
    };
  }

  #addMember({ household, member }: MemberRow, place: Place): RowProblem | undefined {
    const home = this.#households.get(household);
    if (!home) return this.#homeless(household);
    const counts = this.#elsewhere.get(`${place.file}:${place.line}`);
    if (counts)
      return {
        code: 'DUPLICATE_MEMBER',
        message: sayDuplicate(member.id, household, counts, this.#plan.files),
      };
    home.members.push({ id: member.id, json: JSON.stringify(member) });
    return undefined;
  }

  #homeless(household: string): RowProblem {
    const refused = this.#refused.get(household);
    if (refused)
      return {
        code: 'HOUSEHOLD_QUARANTINED',
        message: `its household ${household} is in quarantine (${this.#say(refused)})`,
      };
    return {
      code: 'UNKNOWN_HOUSEHOLD',
      message: `there is no household ${household} in the households file`,
    };
  }

  #say({ file, line }: Place): string {
    return `${this.#plan.files[file]!.name} line ${line}`;
  }

  /** One file for both: the first row of a household is its household row, every row is a member's. */
  #joined(): (row: PartRow) => void {
    return this.#perFile((file, index) => {
      const { mapping } = this.#plan;
      const taken = takenColumns([mapping.households!, mapping.members!]);
      const household = rowReader(file, readHousehold(mapping.households!, file.header, mapping, taken));
      const members = {
        ...mapping.members!,
        ...(mapping.members!.attributes === 'others' && { attributes: {} }),
      };
      const member = rowReader(file, readMember(members, file.header, mapping));
      return (line, record) => {
        const problem = this.#addJoined(household(record), member(record), { file: index, line });
        if (problem) this.quarantine.add(index, line, problem);
      };
    });
  }

  #addJoined(household: Read<Household>, member: Read<MemberRow>, place: Place): RowProblem | undefined {
    if ('problem' in household) return household.problem;
    if ('problem' in member) return member.problem;
    const { id } = household.value;
    const known = this.#households.get(id);
    const json = JSON.stringify(household.value);
    if (known && known.json !== json)
      return {
        code: 'CONFLICTING_HOUSEHOLD',
        message: `the columns of household ${id} differ from those in ${this.#say(known)}`,
      };
    if (!known) this.#households.set(id, { id, json, members: [], ...place });
    return this.#addMember(member.value, place);
  }
}

/** How the JSON of a household without members ends. */
const EMPTY_END = ']}';

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
