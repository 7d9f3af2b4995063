import type { Process, Stack } from '../stack.ts';

/** A stack without the variables of the shell that nothing is to get. What the project gives itself stays. */
export function withhold<T extends Pick<Stack, 'variables' | 'processes'>>(stack: T, names: readonly string[]): T {
  if (names.length === 0) return stack;
  const { variables } = stack;
  const gone = new Set(names.filter((name) => variables.get(name)?.winner.layer === 'shell'));
  return {
    ...stack,
    variables: new Map([...variables].filter(([name]) => !gone.has(name))),
    processes: stack.processes.map((process) => ({ ...process, env: withoutShells(process, gone) })),
  };
}

function withoutShells({ env, ownSources }: Process, gone: ReadonlySet<string>): Process['env'] {
  const own = new Set(ownSources.map(({ name }) => name));
  return Object.fromEntries(Object.entries(env).filter(([name]) => own.has(name) || !gone.has(name)));
}
