import type { Question } from '../core/events.ts';
import type { Terminal } from './command.ts';

export function openTerminal(): Terminal {
  // A reader that goes away (`devenv logs | head`) or a closed terminal is no reason for a stack trace.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const interactive = Boolean(process.stdin.isTTY && process.stderr.isTTY) && !process.env.CI;
  return {
    print: (text) => void process.stdout.write(`${text}\n`),
    tell: (text) => void process.stderr.write(`${text}\n`),
    interactive,
    color: Boolean(process.stderr.isTTY) && !process.env.NO_COLOR,
    ask: interactive ? askAtTerminal : async () => null,
  };
}

/**
 * One line in, one choice out: the key or the first letters of a label; anything else asks again. Ctrl-C and Ctrl-D
 * answer as an empty line does.
 */
async function askAtTerminal(question: Question): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const readline = createInterface({ input: process.stdin, output: process.stderr });
  const choices = question.choices.map(({ key, label }) => `${key}) ${label}`).join('  ');
  const ended = new Promise<null>((resolve) => readline.once('close', () => resolve(null)));
  try {
    for (;;) {
      const answer = await Promise.race([
        readline.question(`${question.text}  ${choices}  [${question.fallback}] `),
        ended,
      ]);
      if (answer === null) return unanswered(question);
      const given = answer.trim().toLowerCase() || question.fallback;
      const found = question.choices.find(({ key, label }) => key === given || label.startsWith(given));
      if (found) return found.key;
    }
  } catch {
    return unanswered(question);
  } finally {
    readline.close();
  }
}

function unanswered(question: Question): string {
  // What comes next begins on a line of its own.
  process.stderr.write('\n');
  return question.fallback;
}
