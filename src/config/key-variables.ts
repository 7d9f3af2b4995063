import type { Config } from './config.ts';

/** Names of the variables that hold a provider's own key: nothing that devenv starts is given them. */
export function keyVariables({ mocks }: Pick<Config, 'mocks'>): ReadonlySet<string> {
  const sources = Object.values(mocks?.keys ?? {});
  return new Set(sources.flatMap((source) => (source?.from === 'variable' ? [source.name] : [])));
}
