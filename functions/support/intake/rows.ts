import { Problems, type RowProblem } from '../../../domain/records/intake-codes.ts';
import type { ReadRow } from '../../../domain/records/intake-household.ts';
import { type FilePlan, splitterOf } from './source.ts';

export type Read<T> = { readonly value: T } | { readonly problem: RowProblem };

/** Turns records of one file into values: cuts them into cells, checks their number, reads the fields. */
export function rowReader<T>(plan: FilePlan, read: ReadRow<T>): (record: string) => Read<T> {
  const split = splitterOf(plan);
  const problems = new Problems();
  const columns = plan.header.length;
  return (record) => {
    const cells = split(record);
    if (cells === undefined) return { problem: malformed(plan) };
    if (cells.length !== columns)
      return {
        problem: {
          code: 'MALFORMED_ROW',
          message: `the row has ${cells.length} columns, the header ${columns}`,
        },
      };
    const value = read(cells, problems);
    return value === undefined ? { problem: problems.take() } : { value };
  };
}

const malformed = (plan: FilePlan): RowProblem => ({
  code: 'MALFORMED_ROW',
  message:
    plan.format === 'csv'
      ? 'a quoted field is followed by letters, or a quote in it is not doubled'
      : 'the line is not a JSON object of texts, numbers and true/false',
});
