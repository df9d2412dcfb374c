import { StatesError } from '../errors.ts';
import type { Scope } from '../scope.ts';

/**
 * Work that must end in so many seconds (States.Timeout otherwise) and before its scope is stopped. The signal
 * tells the work that nobody waits for it any more; what it still answers is not heard.
 */
export async function within<T>(
  scope: Scope,
  seconds: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const timer = scope.host.clock.until(scope.host.clock.now() + seconds * 1000);
  let forget = () => {};
  try {
    return await new Promise<T>((resolve, reject) => {
      forget = scope.stop.onStop(reject);
      timer.done.then(() => reject(new StatesError('States.Timeout')));
      work(controller.signal).then(resolve, (error) => reject(asStatesError(error)));
    });
  } catch (error) {
    controller.abort();
    throw error;
  } finally {
    timer.cancel();
    forget();
  }
}

/** What a function threw, as Lambda reports it: the error's name, and a cause of type and message. */
function asStatesError(thrown: unknown): Error {
  if (thrown instanceof StatesError) return thrown;
  const { name, message } = thrown instanceof Error ? thrown : { name: 'Error', message: String(thrown) };
  return new StatesError(name, JSON.stringify({ errorType: name, errorMessage: message }));
}
