import { describe, expect, it } from 'vitest';
import { followersOf, resolveFollowers } from '../../../../src/app/stack/followers.ts';
import type { Config } from '../../../../src/config/config.ts';
import { load, project } from '../../config/project.ts';

const SERVICES =
  'services: { a: { engine: postgres }, b: { engine: postgres }, c1: { engine: redis }, c2: { engine: redis } }';

async function configOf(...data: readonly string[]): Promise<{ readonly config: Config; readonly root: string }> {
  const root = await project({
    'devenv.config.yaml': [SERVICES, 'data:', ...data.map((entry) => `  - { ${entry} }`)].join('\n'),
    'rows.yaml': 'tables: { users: { rows: 1 } }\n',
    'keys.yaml': "tables: {}\nredis:\n  board: { key: board, string: 'x' }\n",
    'keys.ts': "export default defineSeed({ tables: {}, redis: { board: { key: 'board', string: 'x' } } });",
    'more.ts': 'export default {\n  redis: {},\n};',
  });
  return { config: (await load(root)).config, root };
}

const followers = async (...data: readonly string[]) =>
  Object.fromEntries(await resolveFollowers(await configOf(...data)));

describe('the keys of a Redis, where there are several databases', () => {
  it('go with the first whose seeds write keys, else with the first', async () => {
    expect(await followers('service: b', 'service: a')).toEqual({ b: ['c1', 'c2'], a: [] });
    expect(await followers('service: a, seed: [rows.yaml]', 'service: b, seed: [keys.yaml]')).toEqual({
      a: [],
      b: ['c1', 'c2'],
    });
    expect(await followers('service: a', 'service: b, seed: [keys.ts]')).toEqual({ a: [], b: ['c1', 'c2'] });
    expect(await followers('service: a', 'service: b, seed: [more.ts]')).toEqual({ a: [], b: ['c1', 'c2'] });
  });

  it('go with the one that names them, and with none that wants none', async () => {
    expect(await followers('service: a, seed: [keys.yaml]', 'service: b, redis: [c2]')).toEqual({
      a: ['c1'],
      b: ['c2'],
    });
    expect(await followers('service: a, redis: false', 'service: b')).toEqual({ a: [], b: ['c1', 'c2'] });
    const { config } = await configOf('service: a, redis: [c1]', 'service: b, redis: [c2]');
    expect(Object.fromEntries(followersOf(config, new Set()))).toEqual({ a: ['c1'], b: ['c2'] });
  });
});
