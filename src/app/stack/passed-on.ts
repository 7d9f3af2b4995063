import type { MocksConfig } from '../../config/config.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { isPassedOn, PARTS, PROVIDERS } from '../../core/mocks.ts';
import { Secret } from '../../core/secret.ts';
import type { KeySource, PassedOn } from '../../core/stack.ts';
import { placeOf } from './place-of.ts';

/** Providers that calls are passed on to, and where their keys come from. Nothing is read but variables. */
export function passedOn(mocks: MocksConfig, loaded: LoadedConfig, shell: NodeJS.ProcessEnv): readonly PassedOn[] {
  return PROVIDERS.flatMap((provider): PassedOn[] => {
    const mode = mocks.modes[provider];
    const source = mocks.keys[provider];
    if (!isPassedOn(mode) || !source) return [];
    const place = placeOf(loaded, `mocks.${PARTS[provider]}.${provider}`);
    const sourcePlace = placeOf(loaded, `mocks.keys.${provider}.${source.from}`);
    return [{ provider, mode, place, source, sourcePlace, held: heldBy(source, loaded, shell) }];
  });
}

/** The strongest first, as for all variables. */
function heldBy(source: KeySource, { withheld }: LoadedConfig, shell: NodeJS.ProcessEnv): Secret | null {
  if (source.from !== 'variable') return null;
  const given = withheld.filter(({ name }) => name === source.name);
  for (const layer of ['flag', '.env.local', '.env'] as const) {
    const found = given.findLast((one) => one.layer === layer);
    if (found) return found.value;
  }
  const value = shell[source.name];
  return value === undefined ? null : new Secret(value);
}
