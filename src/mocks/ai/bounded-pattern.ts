import { createContext, Script } from 'node:vm';

/** All calls of all providers wait while one expression is tried. */
const MOST_MS = 200;

/**
 * Whether a text matches. An expression that tries too many ways (`^(a+)+$`) is given up after a while, which only a
 * context of its own can do in JavaScript: it doesn't match then, and that is told.
 */
export function boundedPattern(pattern: RegExp, tell: (message: string) => void): (text: string) => boolean {
  const context = createContext({ pattern, text: '' });
  const test = new Script('pattern.test(text)');
  return (text) => {
    context.text = text;
    try {
      return test.runInContext(context, { timeout: MOST_MS }) as boolean;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      tell(`the regular expression ${pattern} of a rule took longer than ${MOST_MS} ms, so it is taken not to match`);
      return false;
    }
  };
}
