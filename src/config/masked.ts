import { maskVariable } from '../core/secret.ts';
import { isEnvPath, isKeys, type Keys, type Path } from './path.ts';

/** For a screen or a bug report: `devenv env` is what gives real values out. */
export function masked(config: Keys): Keys {
  return inside(config, []);
}

function inside(keys: Keys, path: Path): Keys {
  const entries = Object.entries(keys).map(([key, value]) => [key, maskedValue(value, [...path, key])]);
  return Object.fromEntries(entries);
}

/** Of a value at its place in the configuration: variables are the only ones that hold secrets. */
export function maskedValue(value: unknown, path: Path): unknown {
  if (isEnvPath(path)) return maskVariable(String(path.at(-1)), String(value));
  return isKeys(value) ? inside(value, path) : value;
}
