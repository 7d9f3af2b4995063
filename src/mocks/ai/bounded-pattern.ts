import { type Context, createContext, Script } from 'node:vm';

/** Of `texts`, the first that `pattern` finds something in. */
const FIRST = new Script('texts.find((text) => pattern.test(text))');

/**
 * The first of some texts that match, null for none. An expression that tries too many ways (`^(a+)+$`) is given up after
 * `mostMs`, which only a context of its own can do in JavaScript: nothing matches then and later, and `gaveUp` hears of it
 * once. A call costs some tenths of a millisecond, however many texts it has.
 */
export function boundedFind(
  pattern: RegExp,
  mostMs: number,
  gaveUp: () => void,
): (texts: readonly string[]) => string | null {
  let context: Context | null = null;
  let isGivenUp = false;
  return (texts) => {
    if (isGivenUp) return null;
    context ??= createContext({ pattern });
    context.texts = texts;
    try {
      return (FIRST.runInContext(context, { timeout: mostMs }) as string | undefined) ?? null;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      isGivenUp = true;
      gaveUp();
      return null;
    }
  };
}
