import type { Provider, ProviderName } from '../provider.ts';
import { complain, summaryOf } from './complain.ts';
import { DIALECTS } from './dialects.ts';

/** Stands where calls should be passed on and nobody has handed over the key: a supervisor of an older devenv doesn't. */
export function createKeyless(name: ProviderName): Provider {
  const message = 'devenv has no key to pass this call on with. Begin anew: devenv down, then devenv up.';
  return {
    name,
    answer: (call) =>
      complain(DIALECTS[name], { status: 401, message }, { summary: `${summaryOf(call)}: no key to pass it on with` }),
  };
}
