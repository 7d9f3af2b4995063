import { fileURLToPath } from 'node:url';

/** Folder of the installed package: every bundled file lies in its `dist`. */
export function packageFolder(): string {
  return fileURLToPath(new URL('..', import.meta.url));
}
