import { setTimeout as sleep } from 'node:timers/promises';

/** A signal to oneself has had its effect by then. */
const STOPS_WITHIN_MS = 100;

/** For the shell, as Ctrl-Z is elsewhere; the terminal has to be given back before. Resolves when it goes on. */
export async function suspend(): Promise<void> {
  const listeners = process.listeners('SIGTSTP');
  // Only a signal that nobody handles stops a process.
  process.removeAllListeners('SIGTSTP');
  const continued = new Promise((resolve) => process.once('SIGCONT', resolve));
  // The whole group: npx, which may have started this, has to let go of the terminal as well.
  process.kill(0, 'SIGTSTP');
  // Without a shell that could continue it, the kernel stops nothing.
  await Promise.race([continued, sleep(STOPS_WITHIN_MS)]);
  for (const listener of listeners) process.on('SIGTSTP', listener);
}
