export type Path = readonly (string | number)[];

/** `processes.web.needs[1]` */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}

/** Values are looked up by own keys only: `toString` is no key of a configuration. */
export function hasPath(value: unknown, path: Path): boolean {
  let current = value;
  for (const part of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, part)) return false;
    current = (current as Record<string | number, unknown>)[part];
  }
  return true;
}

export function valueAt(value: unknown, path: Path): unknown {
  if (!hasPath(value, path)) return undefined;
  return path.reduce<unknown>((current, part) => (current as Record<string | number, unknown>)[part], value);
}

/** Whether this is a value of `env:`, at the top, of a tier, of a service or of a process. */
export function isEnvPath(path: Path): boolean {
  const inner = path[0] === 'environments' ? path.slice(2) : path;
  if (inner.length === 2) return inner[0] === 'env';
  return inner.length === 4 && inner[2] === 'env' && (inner[0] === 'services' || inner[0] === 'processes');
}

/** Whether the keys there are names of the user's making, so that two such groups can be put together as one. */
export function isGroupPath(path: Path): boolean {
  const inner = path[0] === 'environments' && path.length > 1 ? path.slice(2) : path;
  return inner.length === 1 && ['environments', 'services', 'processes', 'env'].includes(String(inner[0]));
}

export type Keys = Readonly<Record<string, unknown>>;

/** The value as an object of keys; empty for anything else, so that checks can go on past a wrong value. */
export function keysOf(value: unknown): Keys {
  return isKeys(value) ? value : {};
}

/** Its entries, without the keys that a stronger layer has removed. */
export function entriesOf(value: unknown): [string, unknown][] {
  return Object.entries(keysOf(value)).filter(([, inner]) => inner !== undefined);
}

export function isKeys(value: unknown): value is Keys {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
