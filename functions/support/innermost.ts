import { REFUSAL_CODES } from '../../domain/kernel/result.ts';

/** A Map that failed says its first child's own error in its cause: that one is the reason. */
export function innermost(error: string, cause: string): { error: string; cause: string } {
  if (error !== 'States.ExceedToleratedFailureThreshold') return { error, cause };
  const code = REFUSAL_CODES.find((known) => new RegExp(`\\b${known}\\b`).test(cause));
  if (!code) return { error, cause };
  const start = cause.indexOf('{');
  return { error: code, cause: start < 0 ? cause : cause.slice(start, cause.lastIndexOf('}') + 1) };
}
