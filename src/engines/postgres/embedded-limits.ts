import type { Limit } from '../../core/stack.ts';
import { nearest } from '../../lib/nearest.ts';
import { WITH_DOCKER } from '../launch.ts';

/** What the server packages on npm carry: the contrib modules, and nothing from elsewhere. */
const EMBEDDED_EXTENSIONS = new Set(
  `amcheck autoinc bloom btree_gin btree_gist citext cube dblink dict_int dict_xsyn earthdistance file_fdw
  fuzzystrmatch hstore insert_username intagg intarray isn lo ltree moddatetime pageinspect pg_buffercache
  pg_freespacemap pg_prewarm pg_stat_statements pg_surgery pg_trgm pg_visibility pg_walinspect pgcrypto pgrowlocks
  pgstattuple plpgsql postgres_fdw refint seg sslinfo tablefunc tcn tsm_system_rows tsm_system_time unaccent uuid-ossp`
    .split(/\s+/)
    .filter((name) => name !== ''),
);

/** What the embedded server can't do of what is asked of it. */
export function limitsOf(extensions: readonly string[], locale: string): readonly Limit[] {
  const limits: Limit[] = [];
  const missing = extensions.filter((name) => !EMBEDDED_EXTENSIONS.has(name));
  if (missing.length > 0) {
    const names = missing.map((name) => {
      const meant = nearest(name, EMBEDDED_EXTENSIONS);
      return meant ? `${name} (did you mean ${meant}?)` : name;
    });
    const message = `the embedded Postgres has no extension ${names.join(', ')}`;
    limits.push({ message, key: 'extensions', hints: [WITH_DOCKER] });
  }
  if (!/^(C|POSIX|C\.UTF-?8)$/i.test(locale)) {
    const hints = ['Locales come from the host there; C.UTF-8 works everywhere.', WITH_DOCKER];
    limits.push({ message: `the embedded Postgres can't promise the locale ${locale}`, key: 'locale', hints });
  }
  return limits;
}
