import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type RunRequest, runRequest } from '../../../local/asl/run-request.ts';

const folder = new URL('../../../../shared/data/asl-cases/', import.meta.url);
const missing = !existsSync(folder);
const reason = missing ? ' (skipped: ../shared/data/asl-cases is not here)' : '';
type Case = RunRequest & { id: string };
type Comparer = { compareCase(recorded: Case, got: unknown, options: object): string[] };

for (const [file, count] of [
  ['shared-cases.jsonl', 79],
  ['extra-shared-cases.jsonl', 62],
] as const)
  test.skipIf(missing)(
    `all of ${file} agree by status, error and cause, with calls, exits and history${reason}`,
    async () => {
      const { compareCase } = (await import(new URL('compare.mjs', folder).href)) as Comparer;
      const lines = readFileSync(new URL(file, folder), 'utf8').split('\n').filter(Boolean);
      const cases = lines.map((line) => JSON.parse(line) as Case);
      const check = ['core', 'calls', 'exits', 'history'];
      const differences = await Promise.all(
        cases.map(async (each) => {
          const { id, definition, input = {}, mocks = {}, s3 } = each;
          const got = await runRequest({ id, definition, input, mocks, ...(s3 && { s3 }) }, 'recorded');
          return compareCase(each, got, { level: 'cause', check }).map((each) => `${id}: ${each}`);
        }),
      );
      expect(differences.flat()).toEqual([]);
      expect(cases).toHaveLength(count);
    },
  );
