import type { LoadedConfig } from '../../config/load.ts';

/** A key with the place where the configuration gives it: `services.db.extensions in devenv.config.yaml:3`. */
export function placeOf({ explain }: LoadedConfig, key: string): string {
  const place = explain().find(({ path }) => path === key)?.place;
  return place ? `${key} in ${place}` : key;
}
