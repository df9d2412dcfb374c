import { HeartbeatTimeout, StatesError } from '../errors.ts';
import { withinLimit } from '../limits.ts';
import { record, type Scope } from '../scope.ts';
import type { Call } from '../states/task.ts';
import type { Answer } from '../tokens.ts';
import type { Json } from '../types.ts';
import { schedule, targetOf } from './lambda.ts';
import { within } from './within.ts';

/**
 * `.waitForTaskToken`: calls the function with the token in its payload, then waits for whoever answers it.
 * The call is made again only when a crash came before the call had ended; the wait goes on after a crash with
 * the deadline it had.
 */
export async function awaitToken(scope: Scope, call: Call): Promise<Json> {
  const { frame, journal, host } = scope;
  const { fn, payload } = targetOf(call);
  const token = frame.work!.token as string;
  host.tokens.open(token, scope.identity.id);
  schedule(scope, call, { parameters: call.arguments });
  if (typeof frame.work!.deadline !== 'number')
    frame.work = { ...frame.work!, deadline: host.clock.now() + call.timeoutSeconds * 1000 };
  await journal.flush();
  try {
    if (frame.work!.submitted !== true) {
      await within(scope, call.timeoutSeconds, (signal) => host.invoke(fn, payload, signal));
      frame.work = { ...frame.work!, submitted: true };
      record(scope, 'TaskSubmitted', { resourceType: 'lambda', resource: call.resource.action });
      journal.save(frame);
    }
    return resultOf(await answerInTime(scope, call, token));
  } catch (failure) {
    if (failure instanceof StatesError) host.tokens.close(token);
    throw failure;
  }
}

/** The answer, unless the deadline or a heartbeat passes first; an answer that is in already wins over both. */
async function answerInTime(scope: Scope, call: Call, token: string): Promise<Answer> {
  const { tokens, clock } = scope.host;
  const timers = new Set<{ cancel(): void }>();
  let forget = () => {};
  let silence = () => {};
  try {
    return await new Promise<Answer>((resolve, reject) => {
      const giveUp = (failure: Error) => {
        const late = tokens.close(token);
        if (late) resolve(late);
        else reject(failure);
      };
      const timeAt = (at: number, failure: () => Error) => {
        const timer = clock.until(at);
        timers.add(timer);
        timer.done.then(() => timers.has(timer) && giveUp(failure()));
        return timer;
      };
      forget = scope.stop.onStop(reject);
      timeAt(scope.frame.work!.deadline as number, () => new StatesError('States.Timeout'));
      const beat = call.heartbeatSeconds;
      if (beat !== undefined) {
        const next = () => timeAt(clock.now() + beat * 1000, () => new HeartbeatTimeout());
        let timer = next();
        silence = tokens.onHeartbeat(token, () => {
          timer.cancel();
          timers.delete(timer);
          timer = next();
        });
      }
      tokens.answer(token).then((answer) => {
        tokens.close(token);
        resolve(answer);
      });
    });
  } finally {
    for (const timer of timers) timer.cancel();
    timers.clear();
    forget();
    silence();
  }
}

function resultOf(answer: Answer): Json {
  if ('error' in answer) throw new StatesError(answer.error, answer.cause);
  return withinLimit(answer.output, `The state/task 'lambda' returned a result`);
}
