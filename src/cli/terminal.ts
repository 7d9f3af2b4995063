import type { Counted } from '../core/data/progress.ts';
import type { Question } from '../core/events.ts';
import { shownLines } from '../display/clean.ts';
import { onAbort } from '../lib/on-abort.ts';
import type { Terminal } from './command.ts';

/** `signal` takes back a question that is open. */
export function openTerminal(signal: AbortSignal): Terminal {
  // A reader that goes away (`devenv logs | head`) or a closed terminal is no reason for a stack trace.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const interactive = Boolean(process.stdin.isTTY && process.stderr.isTTY) && !process.env.CI;
  // What apps, engines and files say is repeated in many places; none of it may move the cursor or set the clipboard.
  const result = process.stdout.isTTY ? shownLines : (text: string) => text;
  return {
    print: (text) => void process.stdout.write(`${result(text)}\n`),
    tell: (text) => void process.stderr.write(`${shownLines(text)}\n`),
    ...(process.stdout.isTTY && process.env.TERM !== 'dumb' ? { canvas: process.stdout } : {}),
    ...(process.connected ? { progress: toParent } : {}),
    interactive,
    color: Boolean(process.stderr.isTTY) && !process.env.NO_COLOR,
    ask: interactive ? (question) => askAtTerminal(question, signal) : async () => null,
  };
}

/** Whoever has started this with a channel shows it: see `apart.ts`. One that has gone needs to hear no more. */
function toParent(counted: Counted): void {
  if (process.connected) process.send?.(counted, undefined, undefined, () => {});
}

/**
 * One line in, one choice out: the key or the first letters of a label; anything else asks again. Ctrl-C and Ctrl-D
 * answer as an empty line does.
 */
async function askAtTerminal(question: Question, signal: AbortSignal): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const readline = createInterface({ input: process.stdin, output: process.stderr });
  const choices = question.choices.map(({ key, label }) => `${key}) ${label}`).join('  ');
  const ended = new Promise<null>((resolve) => readline.once('close', () => resolve(null)));
  onAbort(signal, () => readline.close());
  try {
    for (;;) {
      const answer = await Promise.race([
        readline.question(`${question.text}  ${choices}  [${question.fallback}] `),
        ended,
      ]);
      if (answer === null) return unanswered(question, signal);
      const given = answer.trim().toLowerCase() || question.fallback;
      const found = question.choices.find(({ key, label }) => key === given || label.startsWith(given));
      if (found) return found.key;
    }
  } catch {
    return unanswered(question, signal);
  } finally {
    readline.close();
  }
}

function unanswered(question: Question, signal: AbortSignal): string {
  // A Ctrl-C from before the question was put has had its effect.
  if (signal.aborted && signal.reason !== 'SIGINT') throw signal.reason;
  // What comes next begins on a line of its own.
  process.stderr.write('\n');
  return question.fallback;
}
