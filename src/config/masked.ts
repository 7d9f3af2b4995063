import { maskKeys } from '../core/guard/find.ts';
import { maskVariable } from '../core/secret.ts';
import { isEnvPath, isKeys, type Keys, type Path } from './path.ts';

/** For a screen or a bug report: `devenv env` is what gives real values out. */
export function masked(config: Keys): Keys {
  return inside(config, []);
}

function inside(keys: Keys, path: Path): Keys {
  const entries = Object.entries(keys).map(([key, value]) => [maskKeys(key), maskedValue(value, [...path, key])]);
  return Object.fromEntries(entries);
}

/** Of a value at its place in the configuration: only variables hold secrets by their names; a provider's key may be in any text. */
export function maskedValue(value: unknown, path: Path): unknown {
  if (isEnvPath(path)) return maskVariable(String(path.at(-1)), String(value));
  if (typeof value === 'string') return maskKeys(value);
  if (Array.isArray(value)) return value.map((inner, index) => maskedValue(inner, [...path, index]));
  return isKeys(value) ? inside(value, path) : value;
}
