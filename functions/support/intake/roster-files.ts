import type { ObjectStore } from '../../../adapters/ports.ts';
import { Refused } from '../../../domain/kernel/result.ts';
import { columnOf } from '../../../domain/records/intake-field.ts';
import { isJoined, rosterColumns } from '../../../domain/records/intake-household.ts';
import type { Mapping } from '../../../domain/records/mapping.ts';
import { Duplicates } from './duplicates.ts';
import { SeenIds } from './seen.ts';
import { cellReader, type FilePlan, type InputFile, inspectFile } from './source.ts';

/** Refuses a set of files that cannot be a roster under this mapping. */
export function refuseRoles(files: readonly InputFile[], mapping: Mapping): void {
  const { households, members } = mapping;
  const roles = files.map((file) => file.role);
  const bad = (message: string, next: string) => new Refused({ code: 'BAD_INPUT', message, next });
  const stranger = roles.find((role) => role !== 'households' && role !== 'members');
  if (stranger) throw bad(`a roster has no file of ${stranger}`, 'send it to evidence intake');
  if (!households || !members)
    throw bad('the mapping says nothing of households or members', 'add both to the mapping file');
  if (!roles.includes('households'))
    throw bad(`the households file ${households.file} is missing`, 'put it into the roster folder');
  if (!isJoined(mapping) && !roles.includes('members'))
    throw bad(`the members file ${members.file} is missing`, 'put it into the roster folder');
}

/** The columns that hold the ids of a file's rows; a households file of its own has no member id. */
export function idColumns(
  role: InputFile['role'],
  mapping: Mapping,
): { household: string; member: string | undefined } {
  const { households, members } = mapping;
  const isMembers = role === 'members';
  return {
    household: columnOf(isMembers ? members!.household : households!.id) ?? '',
    member: isMembers || isJoined(mapping) ? columnOf(members!.id) : undefined,
  };
}

/** The first reading of every file: refuses bad ones, counts rows, suspects people listed twice. */
export async function inspectRoster(
  objects: ObjectStore,
  files: readonly InputFile[],
  mapping: Mapping,
): Promise<{ plans: FilePlan[]; duplicates: Duplicates }> {
  const duplicates = new Duplicates();
  const seen = new SeenIds(await expectedPeople(objects, files, mapping));
  const plans: FilePlan[] = [];
  for (const file of files) {
    const joined = isJoined(mapping);
    const columns = [
      ...(file.role === 'households' ? rosterColumns(mapping.households!) : []),
      ...(file.role === 'members' || joined ? rosterColumns(mapping.members!) : []),
    ];
    const { member } = idColumns(file.role, mapping);
    const onHeader =
      member === undefined
        ? undefined
        : (plan: FilePlan) => {
            const idOf = cellReader(plan, member);
            return (record: string) => {
              const id = idOf(record);
              if (id !== '' && seen.add(id)) duplicates.suspect(id);
            };
          };
    plans.push(await inspectFile(objects, file, { columns, ...(onHeader && { onHeader }) }));
  }
  return { plans, duplicates };
}

const ROW_BYTES = 24;
const PEOPLE_MAX = 32_000_000;

/** A guess at the number of people, to size the filter of seen ids; a bad guess costs time, not correctness. */
async function expectedPeople(
  objects: ObjectStore,
  files: readonly InputFile[],
  mapping: Mapping,
): Promise<number> {
  let bytes = 0;
  for (const file of files) {
    if (idColumns(file.role, mapping).member === undefined) continue;
    for await (const stored of objects.list('bulk', file.key))
      if (stored.key === file.key) bytes += stored.bytes;
  }
  return Math.min(PEOPLE_MAX, 1024 + bytes / ROW_BYTES);
}
