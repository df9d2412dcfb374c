import { EvaluationError } from '../errors.ts';
import { evaluateAs, isExpression, textOf } from '../expression.ts';
import { finish } from '../run-scope.ts';
import { envOf, type Scope, whereOf } from '../scope.ts';
import { orStopped } from '../stop.ts';
import { parseTimestamp } from '../timestamp.ts';
import type { State } from '../types.ts';
import type { Executor } from './index.ts';

/** Longest wait in seconds that the service takes. */
const WAIT_SECONDS_MAX = 99_999_999;

/** Wait: until a moment that is stored, so that a restart does not begin the wait again. */
export const wait: Executor = async (scope, state) => {
  const { frame, journal, host } = scope;
  if (typeof frame.work?.until !== 'number') {
    frame.work = { until: await untilOf(scope, state) };
    journal.save(frame);
  }
  const until = frame.work.until as number;
  if (until > host.clock.now()) {
    const timer = host.clock.until(until);
    await orStopped(scope.stop, timer.done).finally(() => timer.cancel());
  }
  return finish(scope, state, {}, frame.input);
};

async function untilOf(scope: Scope, state: State): Promise<number> {
  const env = envOf(scope);
  if (state.Timestamp !== undefined) {
    const text = isExpression(state.Timestamp)
      ? ((await evaluateAs(textOf(state.Timestamp), 'Timestamp', env, 'string')) as string)
      : state.Timestamp;
    const at = parseTimestamp(text);
    if (at !== undefined) return at;
    throw new EvaluationError(
      `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
      whereOf(scope.frame),
    );
  }
  const seconds = isExpression(state.Seconds)
    ? ((await evaluateAs(textOf(state.Seconds), 'Seconds', env, 'number')) as number)
    : (state.Seconds as number);
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= WAIT_SECONDS_MAX)
    return scope.host.clock.now() + seconds * 1000;
  throw new EvaluationError(
    `The Seconds field must be an integer from 0 to ${WAIT_SECONDS_MAX}: ${seconds}`,
    whereOf(scope.frame),
  );
}
