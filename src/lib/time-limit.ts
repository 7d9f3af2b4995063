import { onAbort } from './on-abort.ts';

export interface TimeLimit extends Disposable {
  /** Aborted with the outer one, with its reason, or after the time. */
  readonly signal: AbortSignal;
  /** Whether it was the time. */
  readonly isUp: boolean;
}

/**
 * A limit in time within an outer signal, to be disposed when what it limits is over. `AbortSignal.any` with
 * `AbortSignal.timeout` does not do: nothing holds that timeout but its timer, which does so weakly, and after a garbage
 * collection it never fires (seen on Node 20).
 */
export function timeLimit(ms: number, outer: AbortSignal): TimeLimit {
  const controller = new AbortController();
  const state = { isUp: false };
  const timer = setTimeout(() => {
    state.isUp = true;
    controller.abort(new DOMException(`no end after ${ms} ms`, 'TimeoutError'));
  }, ms);
  const pass = (): void => controller.abort(outer.reason);
  onAbort(outer, pass);
  return {
    signal: controller.signal,
    get isUp() {
      return state.isUp;
    },
    [Symbol.dispose]() {
      clearTimeout(timer);
      outer.removeEventListener('abort', pass);
    },
  };
}
