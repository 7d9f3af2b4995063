import { readJson } from '../../lib/files.ts';
import type { Tls } from '../server/server.ts';

/** What the mocks answer with under a provider's name, as it is kept: a file that its owner alone can read. */
export interface KeptIdentity {
  /** PEM, all of them. Nobody has the key of the authority any more. */
  readonly authority: string;
  readonly certificate: string;
  readonly privateKey: string;
  /** Milliseconds since 1970: when all of it ends. */
  readonly toMs: number;
}

export async function readIdentity(file: string): Promise<KeptIdentity> {
  const kept = await readJson<KeptIdentity>(file);
  if (!kept) throw new Error(`${file} is not there; devenv up makes it`);
  return kept;
}

export function tlsOf({ certificate, privateKey }: KeptIdentity): Tls {
  return { cert: certificate, key: privateKey };
}

/** `up` makes another in the last days of one. */
const LAST_MS = 30 * 86_400_000;

export function isAboutToEnd({ toMs }: KeptIdentity, nowMs: number): boolean {
  return toMs - nowMs < LAST_MS;
}
