/** Calls `act` on abort: at once where that has happened already, which a listener alone would never hear of. */
export function onAbort(signal: AbortSignal, act: () => void): void {
  if (signal.aborted) act();
  else signal.addEventListener('abort', act, { once: true });
}
