import { progressLine } from '../display/progress-line.ts';
import type { Terminal } from './command.ts';

/** Time between two lines, in milliseconds: more often nobody can read it. */
const EVERY = 100;

/**
 * A line that is written anew as something goes on, where there is a terminal to do so; disposing takes it away. The
 * screen shows it itself. Nothing elsewhere: a log has no use for it.
 */
export function progressOn(terminal: Pick<Terminal, 'canvas' | 'progress'>): Disposable & {
  show(what: string, done: number, total: number): void;
} {
  const { canvas } = terminal;
  let began = 0;
  let before = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  return {
    show(what, done, total) {
      const now = performance.now();
      // What is prepared before takes time too, and each file begins at nothing: neither tells how fast rows are.
      if (done < before) began = now;
      before = done;
      if (now - last < EVERY) return;
      last = now;
      terminal.progress?.({ what, done, total, elapsedMs: now - began });
      if (!canvas) return;
      const line = progressLine(what, done, total, now - began);
      canvas.write(`\r${line.slice(0, (canvas.columns || 80) - 1)}\u001b[K`);
    },
    [Symbol.dispose]() {
      if (Number.isFinite(last)) canvas?.write('\r\u001b[K');
    },
  };
}
