import { type Attempt, type Delivery, isSuccess } from './delivery.ts';

/** So often an event is tried before those behind it: one that the app can't take must not stop the others for ever. */
export const TRIED_IN_ORDER = 4;
/** So often an app that answers with an error is tried at all. */
const TRIED = 12;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;
/** An app that isn't there is being started: it is asked again soon, and for as long as it takes. */
const LONGEST_ABSENCE_MS = 5_000;

/** What a delivery is after one more attempt. */
export function afterAttempt(delivery: Delivery, attempt: Attempt): Delivery {
  const attempts = [...delivery.attempts, attempt].slice(-TRIED);
  if (isSuccess(attempt)) return { ...delivery, attempts, state: 'delivered' };
  const answered = attempts.filter(({ status }) => status !== null).length;
  if (answered >= TRIED) return { ...delivery, attempts, state: 'failed' };
  const longest = attempt.status === null ? LONGEST_ABSENCE_MS : LONGEST_WAIT_MS;
  const wait = Math.min(longest, FIRST_WAIT_MS * 2 ** (attempts.length - 1));
  return { ...delivery, attempts, notBefore: attempt.at + attempt.tookMs + wait };
}

/** Whether those behind it no longer wait for it. */
export function isAside({ attempts }: Delivery): boolean {
  return attempts.filter(({ status }) => status !== null).length >= TRIED_IN_ORDER;
}
