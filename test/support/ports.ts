import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { isPortFree } from '../../src/lib/port-holder.ts';

/**
 * One that nobody listens on, and that nobody else is likely to want: below those that devenv and the system give away.
 * Tests run side by side, on machines that don't know of each other.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 20_000);
    if (await isPortFree(port)) return port;
  }
}

/** Another program, listening on a port until it is disposed. */
export async function holdPort(port: number): Promise<AsyncDisposable & { readonly pid: number }> {
  const script = `require('http').createServer().listen(${port}, '127.0.0.1', () => console.log('listening'))`;
  const child: ChildProcess = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), exited]);
  if (child.exitCode !== null) throw new Error(`port ${port} can't be held`);
  return {
    pid: child.pid as number,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
