/** Progress goes to stderr: `start` prints its result, a line for the shell, on stdout. */
export function progress(message: string): void {
  process.stderr.write(`test engine: ${message}\n`);
}

export async function timed<T>(message: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  progress(`${message} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  return result;
}
