import type { Key } from '../../adapters/ports.ts';
import { sha256 } from '../../domain/kernel/hash.ts';
import { IdSchema } from '../../domain/records/contract-value.ts';

/** The files of one institute's statement, in the order in which people want them. */
export const STATEMENT_FILES = ['statement.html', 'statement.csv', 'statement-lines.csv'] as const;
export type StatementFile = (typeof STATEMENT_FILES)[number];

/** The folder of an institute's statement below its cycle. An id that is no file name is replaced by its hash. */
export const statementFolder = (provider: string): string =>
  `providers/${IdSchema.safeParse(provider).success ? provider : `id-${sha256(provider).slice(0, 16)}`}`;

/** Statements of an institute, of every programme that pays it, by period. */
export const statementsPk = (provider: string): string => `PR#${provider}#STATEMENTS`;
export const statementKey = (provider: string, programme: string, period: string): Key => ({
  pk: statementsPk(provider),
  sk: `${period}#${programme}`,
});

/** Where a cycle notes the statement files that it published, for its manifest. */
export const statementListKey = (
  cycle: { readonly prefix: string },
  reports: { readonly hash: string; readonly final?: boolean | undefined },
): string => `${cycle.prefix}/statements/${reports.hash.slice(0, 16)}${reports.final ? '-final' : ''}.json`;
