import type { Emit } from '../core/events.ts';
import type { Stack, VariableSource } from '../core/stack.ts';

/** A key that somebody has set and no program gets: it could be a real one, and he may wonder why nothing reaches it. */
export function warnShadowed({ mocks, variables, processes }: Stack, emit: Emit): void {
  for (const minted of mocks?.variables ?? []) {
    const own = processes.flatMap(({ ownSources }) => ownSources.filter(({ name }) => name === minted.name));
    const others = [...(variables.get(minted.name)?.losers ?? []), ...own].filter((source) => isOther(source, minted));
    const places = [...new Set(others.map(({ place }) => place))];
    if (places.length === 0) continue;
    const message = `${minted.name} of ${places.join(', ')} is not used: it is mocked, and has the mock's own value`;
    emit({ type: 'notice', level: 'warning', message });
  }
}

/** Not where devenv was called from a shell that has its variables already. */
function isOther(source: VariableSource, minted: VariableSource): boolean {
  return source.value.reveal() !== minted.value.reveal();
}
