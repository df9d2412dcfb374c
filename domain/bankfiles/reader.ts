import type { Issue, RefusalCode } from '../kernel/result.ts';
import type { FileRecord, ItemRecord } from '../payments/bank-record.ts';
import { type DecimalSum, decimalSum } from './decimal.ts';

/** Where a format's reader puts what it finds. One sink per file. */
export type Sink = {
  readonly emit: (record: ItemRecord) => void;
  readonly issue: (code: string, path: string, message: string) => void;
  messageId?: string;
  createdAt?: string;
  declaredCount?: number;
  declaredSum?: string;
  count: number;
  readonly sum: DecimalSum;
  readonly issues: Issue[];
};

/** A file that cannot be read as a whole: thrown inside the readers, a refusal at their edge. */
export class Unreadable extends Error {
  readonly code: RefusalCode;
  readonly line: number | undefined;
  constructor(code: RefusalCode, message: string, line?: number) {
    super(message);
    this.code = code;
    this.line = line;
  }
}

/** More than this many issues say no more than the first ones: the rest are counted, not listed. */
const MAX_ISSUES = 1000;

export function sink(emit: (record: ItemRecord) => void): Sink {
  const issues: Issue[] = [];
  const issue = (code: string, path: string, message: string): void => {
    if (issues.length < MAX_ISSUES) issues.push({ code, path, message });
    else if (issues.length === MAX_ISSUES)
      issues.push({ code: 'MORE_ISSUES', path: '', message: `more than ${MAX_ISSUES} issues in this file` });
  };
  return { emit, issue, count: 0, sum: decimalSum(), issues };
}

export function fileRecord(
  from: Sink,
  format: FileRecord['format'],
  message: string,
  version: string,
): FileRecord {
  return {
    type: 'file',
    format,
    message,
    version,
    ...(from.messageId !== undefined && { messageId: from.messageId }),
    ...(from.createdAt !== undefined && { createdAt: from.createdAt }),
    declared: {
      ...(from.declaredCount !== undefined && { count: from.declaredCount }),
      ...(from.declaredSum !== undefined && { sum: from.declaredSum }),
    },
    counted: { count: from.count, sum: from.sum.value() },
    issues: from.issues,
  };
}
