import type { Execution } from '../adapters/ports.ts';
import { REFUSAL_CODES, type RefusalCode, Refused } from '../domain/kernel/result.ts';
import { innermost } from '../functions/support/innermost.ts';
import type { Session } from './session.ts';

/** A workflow that ended badly for no rule's reason: where, why, and how to go on. */
export class WorkflowFailed extends Error {
  override name = 'WorkflowFailed';
}

const FAIL_STATES = new Set(['FailCycle', 'CycleFailed', 'Refused']);

/**
 * What to tell the person about an execution that ended badly: a rule's refusal as it is, anything else with the
 * state in which it happened.
 */
export function failed(session: Session, execution: Execution, what: string): Error {
  const { id } = execution;
  const { error, cause } = innermost(execution.error ?? 'Error', execution.cause ?? '');
  const message = messageOf(cause);
  if (REFUSAL_CODES.includes(error as RefusalCode))
    return new Refused({ code: error as RefusalCode, message, next: nextStep(error as RefusalCode) });
  const stage = session.runtime
    .history(id)
    .flatMap(({ type, details }) => (type.endsWith('StateEntered') ? [String(details.name)] : []))
    .findLast((state) => !FAIL_STATES.has(state));
  const [next, es] =
    error === 'APPROVAL_REFUSED'
      ? [
          'nothing was sent; correct what the checker named and run the cycle again with the corrected inputs',
          'no se envió nada; corrija lo que nombró quien aprueba y corra el ciclo otra vez con los insumos corregidos',
        ]
      : [
          'correct the cause and run the same command again: it goes on from there',
          'corrija la causa y dé la misma orden otra vez: sigue donde quedó',
        ];
  return new WorkflowFailed(`${what} failed in ${stage}: ${error}: ${message}\n  → ${next}\n  → ${es}`);
}

/** Lambda's cause is `{"errorType", "errorMessage"}`; anything else is shown as it is. */
function messageOf(cause: string): string {
  try {
    const parsed = JSON.parse(cause) as { errorMessage?: string };
    return parsed.errorMessage ?? cause;
  } catch {
    return cause;
  }
}

const NEXT: Partial<Record<RefusalCode, string>> = {
  CYCLE_EXISTS:
    'a paid period is never run twice: correct it in the next cycle, or resume this one with its own inputs',
  PERIOD_OUT_OF_ORDER: 'run the periods one after the other',
  SELF_APPROVAL: 'ask an approver who did not take part',
  ANOMALY_LIMIT:
    'see exceptions.csv in the folder failed/ of the period’s reports, correct the inputs and run the cycle again with them, or have the limit changed in a new version of the definition',
};
const nextStep = (code: RefusalCode): string =>
  NEXT[code] ?? 'correct the input and run the same command again';
