/** An address as examples have it, with words in place of its parts: `postgres://USER:PASSWORD@localhost:5432/app`. */
export interface Address {
  readonly scheme: string;
  /** `user:password`, or nothing. */
  readonly user: string;
  readonly host: string;
  readonly port: number | undefined;
  /** After the host, without the slash. */
  readonly path: string;
  readonly query: string;
}

const URL_FORM =
  /^([a-z][a-z0-9+.:-]*?):\/\/(?:([^@/]*)@)?(\[[^\]]*\]|[^:/?#@]*)(?::(\d{1,5}))?(?:\/([^?#]*))?(\?[^#]*)?$/i;

export function readAddress(text: string): Address | undefined {
  const match = URL_FORM.exec(text.trim());
  if (!match) return undefined;
  const [, scheme = '', user = '', host = '', port, path = '', query = ''] = match;
  return { scheme: scheme.toLowerCase(), user, host, port: port === undefined ? undefined : Number(port), path, query };
}

export function isPostgres({ scheme }: Address): boolean {
  return /^(jdbc:)?(postgres|postgresql|postgis|psql|pgsql|cockroachdb)(\+\w+)?$/.test(scheme);
}

export function isRedis({ scheme }: Address): boolean {
  return /^rediss?$|^valkeys?$/.test(scheme);
}

const HERE = new Set(['localhost', '127.0.0.1', '0.0.0.0', '[::1]', 'host.docker.internal']);

export function isThisMachine(host: string): boolean {
  return HERE.has(host);
}
