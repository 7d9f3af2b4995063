import { Misdescribed } from '../../core/data/misdescribed.ts';
import type { Origin } from '../../core/data/seed-file.ts';
import { ConfigError, UserError } from '../../core/errors.ts';

/**
 * Does something that a description asks for. What is wrong with it is told with the place in the file, where there is
 * one; `path` says what it is about if the error doesn't: without one other errors stay as they are.
 */
export async function placing<T>(
  origin: Origin | undefined,
  path: readonly (string | number)[] | null,
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!origin || !(error instanceof UserError) || error instanceof ConfigError) throw error;
    const place = error instanceof Misdescribed ? error.path : path;
    if (place === null) throw error;
    const [message, hints] =
      error instanceof Misdescribed ? [`${error.said}: ${error.wanted}`, []] : [error.message, error.hints];
    const problem = { file: origin.file, ...origin.at(place, 'value'), path: textOf(place), message };
    throw new ConfigError([problem], hints);
  }
}

/** `use[0]`, `tables.users`. */
function textOf(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
}
