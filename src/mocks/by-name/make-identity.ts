import { makeAuthority, makeLeaf } from './certificate.ts';
import type { KeptIdentity } from './identity.ts';
import { NAMES } from './names.ts';

const DAY_MS = 86_400_000;
/** Many clients refuse a server's certificate that is for longer. */
const DAYS = 397;
/** Clocks differ, such as those of virtual machines that slept. */
const BEFORE_DAYS = 1;

/** Of one environment, so that what is trusted there is worth nothing elsewhere. The authority's key is used here and dropped. */
export function makeIdentity(environment: string, nowMs: number): KeptIdentity {
  const lifetime = { fromMs: nowMs - BEFORE_DAYS * DAY_MS, toMs: nowMs + (DAYS - BEFORE_DAYS) * DAY_MS };
  const authority = makeAuthority(`devenv mocks of ${environment}`, NAMES, lifetime);
  const [name] = NAMES;
  return { authority: authority.certificate, ...makeLeaf(authority, name), toMs: lifetime.toMs };
}
