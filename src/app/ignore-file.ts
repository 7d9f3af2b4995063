import { appendFile, lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, systemProblem } from '../core/errors.ts';
import { isIgnored, readCheckout } from '../lib/git.ts';

/** What became of a pattern that git has to ignore. */
export interface Ignored {
  readonly file: string;
  readonly pattern: string;
  readonly state: 'created' | 'added' | 'present' | 'failed';
  /** Why it could not be written. */
  readonly why?: string;
}

/** Adds a pattern to a folder's .gitignore, unless git ignores `example` already. Null outside of a git checkout. */
export async function ignore(folder: string, pattern: string, example: string): Promise<Ignored | null> {
  const file = join(folder, '.gitignore');
  try {
    const before = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    const inCheckout = !('none' in (await readCheckout(folder)));
    if (!inCheckout && before === null) return null;
    const isLink = before !== null && (await lstat(file)).isSymbolicLink();
    const has = !isLink && before?.split(/\r?\n/).some((line) => line.trim() === pattern);
    if (has || (inCheckout && (await isIgnored(folder, example)))) return { file, pattern, state: 'present' };
    if (isLink)
      return { file, pattern, state: 'failed', why: 'it is a link, which git does not follow: make it a file' };
    await appendFile(file, addition(before ?? '', pattern));
    return { file, pattern, state: before === null ? 'created' : 'added' };
  } catch (error) {
    return { file, pattern, state: 'failed', why: systemProblem(error) ?? messageOf(error) };
  }
}

/** In the file's own line ends, on a line of its own. */
function addition(before: string, pattern: string): string {
  const end = before.includes('\r\n') ? '\r\n' : '\n';
  return `${before === '' || before.endsWith('\n') ? '' : end}${pattern}${end}`;
}
