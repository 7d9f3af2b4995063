/**
 * For children that make or remove something: in a process group of their own, so that Ctrl-C reaches the bench alone,
 * which lets them end and then puts everything back.
 */
export const UNINTERRUPTED = { detached: true } as const;

/** Aborted by the first Ctrl-C; others change nothing, because cleaning up must not be cut off. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (!controller.signal.aborted) console.error('Stopping: what was started is ended first.');
      controller.abort(new Error(`stopped by ${name}`));
    });
  }
  return controller.signal;
}
