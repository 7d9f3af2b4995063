import { join } from 'node:path';
import type { Config } from '../../config/config.ts';
import type { Emit } from '../../core/events.ts';
import { Secret } from '../../core/secret.ts';
import type { ByName, RuntimeName, Stack } from '../../core/stack.ts';
import { image } from '../../engines/image.ts';
import { readJson } from '../../lib/files.ts';
import { isAboutToEnd, type KeptIdentity } from '../../mocks/by-name/identity.ts';
import { NAMES } from '../../mocks/by-name/names.ts';
import { mocksFolder } from './folder.ts';

/** Whether a container is to find the mocks by a provider's name. */
export function isByName({ mocks, services }: Config, runtime: RuntimeName): boolean {
  if (runtime !== 'docker' || mocks?.payments?.byName !== true) return false;
  return Object.values(services).some(({ engine }) => engine === image.name);
}

/** Reads what is kept. What is made anew is kept by `up` alone, which puts it into containers. */
export async function resolveByName(environment: string, nowMs: number): Promise<ByName> {
  const file = join(mocksFolder(environment), 'by-name.json');
  const kept = await readJson<KeptIdentity>(file);
  if (kept && !isAboutToEnd(kept, nowMs)) {
    return { names: NAMES, authority: kept.authority, file, fresh: null };
  }
  const { makeIdentity } = await import('../../mocks/by-name/make-identity.ts');
  const made = makeIdentity(environment, nowMs);
  return { names: NAMES, authority: made.authority, file, fresh: new Secret(JSON.stringify(made)) };
}

/** Else one would wonder for long why the real provider answers. */
export function warnByName({ stack, loaded }: Warned, emit: Emit): void {
  if (!loaded.config.mocks?.payments?.byName || stack.mocks?.byName) return;
  const why =
    stack.runtime === 'docker'
      ? 'no service is a plain image'
      : 'the embedded runtime has no containers, and names can be led elsewhere in containers alone';
  const message = `mocks.payments.byName does nothing here: ${why}. Processes find the mock by STRIPE_API_BASE`;
  emit({ type: 'notice', level: 'warning', message });
}

interface Warned {
  readonly stack: Stack;
  readonly loaded: { readonly config: Config };
}
