import { userInfo } from 'node:os';
import { expect, it } from 'vitest';
import { isRoot, paths } from '../../../src/lib/paths.ts';

it.each([
  {},
  { HOME: '', XDG_STATE_HOME: '', XDG_CACHE_HOME: 'cache', XDG_DATA_HOME: './data', XDG_RUNTIME_DIR: 'run' },
])('places are never below the folder that devenv is called in: %j', (env) => {
  const home = isRoot() ? '/var' : userInfo().homedir;
  const { state, data, cache, run } = paths(env);
  for (const place of [state, data, cache]) expect(place.startsWith(`${home}/`)).toBe(true);
  expect(run).toBe(`/tmp/devenv-cli-${userInfo().uid}`);
});

it('places are those that the variables name', () => {
  expect(paths({ XDG_STATE_HOME: '/s', XDG_DATA_HOME: '/d', XDG_CACHE_HOME: '/c', XDG_RUNTIME_DIR: '/r' })).toEqual({
    state: '/s/devenv-cli',
    data: '/d/devenv-cli',
    cache: '/c/devenv-cli',
    run: '/r/devenv-cli',
  });
});
