import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Secret } from '../core/secret.ts';
import { withPath } from '../lib/files.ts';
import { keyedHash } from '../lib/hash.ts';
import { paths } from '../lib/paths.ts';
import { makePrivateFolder } from '../lib/private-folder.ts';

/** Passwords derived from this user's secret: the same each time, without being stored anywhere. */
export interface Passwords {
  of(environment: string, service: string): Secret;
  /** For pre-initialised data, which all environments of this user share. */
  readonly template: Secret;
}

export async function userPasswords(): Promise<Passwords> {
  const key = await userSecret();
  return {
    of: (environment, service) => new Secret(keyedHash(key, 'service', environment, service)),
    template: new Secret(keyedHash(key, 'template')),
  };
}

async function userSecret(): Promise<string> {
  const folder = paths().state;
  const file = join(folder, 'secret');
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await makePrivateFolder(folder);
  const draft = `${file}.${process.pid}`;
  try {
    await writeFile(draft, randomBytes(32).toString('hex'), { mode: 0o600 });
    // Of two that begin at once the first one's secret stays: a link never replaces.
    await link(draft, file).catch(() => {});
  } catch (error) {
    throw withPath(error, file);
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(file, 'utf8');
}
