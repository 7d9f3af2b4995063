import type { Variables } from '../core/stack.ts';

/** Real values, for a child process or for `devenv env`. */
export function revealed(variables: Variables): Record<string, string> {
  return Object.fromEntries([...variables.values()].map(({ name, value }) => [name, value.reveal()]));
}
