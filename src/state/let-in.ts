import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { paths } from '../lib/paths.ts';

/** A live key that `--allow-live` has let in, as it is kept: without its value. */
export interface LetIn {
  /** ISO 8601. */
  readonly time: string;
  /** The command that it was for. */
  readonly verb: string;
  /** The checkout. */
  readonly path: string;
  readonly variable: string;
  /** `file:line`, or `the shell`. */
  readonly place: string;
  readonly provider: string;
  /** The key's fixed first characters. */
  readonly starts: string;
}

/** One line each, of all of this user's environments; what is removed with one stays here. */
export async function noteLetIn(all: readonly LetIn[]): Promise<void> {
  await mkdir(dirname(letInFile()), { recursive: true, mode: 0o700 });
  // In one write, so that two at once are in nobody's middle.
  await appendFile(letInFile(), all.map((one) => `${JSON.stringify(one)}\n`).join(''), { mode: 0o600 });
}

/** The oldest first; a line that a full disk has cut off is passed over. */
export async function readLetIn(): Promise<readonly LetIn[]> {
  const text = await readFile(letInFile(), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap((line) => parsed(line));
}

function letInFile(): string {
  return join(paths().state, 'live-keys.log');
}

function parsed(line: string): readonly LetIn[] {
  try {
    return [JSON.parse(line) as LetIn];
  } catch {
    return [];
  }
}
