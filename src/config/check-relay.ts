import { isPassedOn, PARTS } from '../core/mocks.ts';
import type { Finding } from './finding.ts';
import { entriesOf, hasPath, keysOf, type Path } from './path.ts';

/** Providers that calls are passed on to, and their keys. */
export function checkRelay(value: unknown): readonly Finding[] {
  const mocks = keysOf(keysOf(value).mocks);
  return Object.entries(PARTS).flatMap(([provider, group]) => {
    const mode = keysOf(mocks[group])[provider];
    const { [provider]: source } = keysOf(mocks.keys);
    const { variable } = keysOf(source);
    return [
      ...(needsKey(mode, provider) && source === undefined ? [keyMissing(provider, group, mode)] : []),
      ...(typeof variable === 'string' ? givenAnyway(value, variable, provider) : []),
    ];
  });
}

/** No other provider has a sandbox: that is told of the mode. */
function needsKey(mode: unknown, provider: string): mode is 'record' | 'sandbox' {
  return isPassedOn(mode) && (mode !== 'sandbox' || provider === 'stripe');
}

function keyMissing(provider: string, group: string, mode: string): Finding {
  const message =
    `\`${mode}\` needs the real key: mocks: { keys: { ${provider}: { command: [op, read, …] } } }, ` +
    'or { file: ~/… }, or { variable: NAME }';
  return { path: ['mocks', group, provider], part: 'value', message, absence: true };
}

/** What holds the real key is for the mocks alone. */
function givenAnyway(value: unknown, variable: string, provider: string): readonly Finding[] {
  const { env, services, processes } = keysOf(value);
  const owners = Object.entries({ services, processes }).flatMap(([kind, group]) =>
    entriesOf(group).map(([name, entry]) => ({ path: [kind, name, 'env'], env: keysOf(entry).env })),
  );
  return [{ path: ['env'], env }, ...owners]
    .filter((owner) => hasPath(owner.env, [variable]) && keysOf(owner.env)[variable] !== undefined)
    .map(({ path }): Finding => {
      const message = `can't be given to anything, only be in the shell or in .env.local: it holds the real key of ${provider}, as said`;
      const at: Path = [...path, variable];
      return { path: at, part: 'key', message, also: ['mocks', 'keys', provider, 'variable'] };
    });
}
