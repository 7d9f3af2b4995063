import { beginsLikeKey, holdsKey } from '../../core/guard/find.ts';
import { readAddress } from '../draft/url.ts';
import { translated } from './values.ts';

/** A signed token (RFC 7519), which no shape of the guard is: many are for development, and none is for a configuration. */
const TOKEN = /^eyJ/;

/** What some service out there has given somebody: it stays where it is, also where it is only a part of a key. */
export function isRealSecret(text: string): boolean {
  return beginsLikeKey(text) || holdsKey(text) || TOKEN.test(text);
}

const SECRET_NAME =
  /secret|token|passw|(^|_)pass(_|$)|pwd|credential|private|salt|(^|_)keys?(_|$)|apikey|dsn|auth|cookie|jwt|cert|signature|webhook/i;
/** Looks made rather than written, or has a user's name or password in it. */
const SECRET_VALUE = /(?=[A-Za-z0-9+=_-]*\d)[A-Za-z0-9+=_-]{24,}|:\/\/[^/\s]*@/;
/** A place inside of a container. */
const INSIDE = /^\/(app|usr|var|data|srv|code|workspaces?|home|opt|etc|root|run|mnt|src)(\/|$|:)/;
/** Text, and references that say what is meant without a value. */
const WRITABLE = /^(?:[^$]|\$(?!\{)|\$\{[A-Za-z_]\w*:-[^${}]*\})*$/;
const ADDRESS_NAME = /HOST|SERVER|ADDR|URL|URI|ENDPOINT|BROKER|NODES/i;
const REFERS = /\$\{?[A-Za-z_]/;
const WITH_FALLBACK = /\$\{[A-Za-z_]\w*:?-[^${}]*\}/g;

/**
 * A variable's value as everybody's: undefined for what looks like a secret, has no value without somebody's `.env`, or
 * means something inside of the containers only, such as one of their names.
 */
export function plainValue(name: string, text: string, hosts: ReadonlySet<string>): string | undefined {
  if (SECRET_NAME.test(name) || SECRET_VALUE.test(text) || isRealSecret(text)) return undefined;
  const literal = text.replaceAll('$$', '');
  if (REFERS.test(literal.replace(WITH_FALLBACK, ''))) return undefined;
  const meant = literal.replace(WITH_FALLBACK, (reference) => reference.slice(reference.indexOf('-') + 1, -1));
  if (isRealSecret(meant) || INSIDE.test(meant) || meant.split(/[,\s]+/).some((one) => leadsTo(one, name, hosts))) {
    return undefined;
  }
  const written = translated(text);
  return WRITABLE.test(written) ? written : undefined;
}

/** `http://api:4000`, `kafka:9092`, `localhost:3000`, and `api` where the variable's name says that it is a host. */
function leadsTo(text: string, name: string, hosts: ReadonlySet<string>): boolean {
  const [, bare = '', port] = /^([\w.-]+)(:\d+)?(?:\/.*)?$/.exec(text) ?? [];
  const host = readAddress(text)?.host ?? (port !== undefined || ADDRESS_NAME.test(name) ? bare : '');
  return hosts.has(host) || /^(localhost|127\.0\.0\.1|host\.docker\.internal)$/.test(host);
}
