import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataState } from '../../src/app/data/list.ts';
import type { Collected } from '../../src/app/gc/index.ts';
import { Label } from '../../src/core/labels.ts';
import { queryPostgres } from '../support/clients.ts';
import { engineObjects } from '../support/engine-objects.ts';
import { killedAt } from '../support/kill.ts';
import { machineWithOwnCache } from '../support/own-cache.ts';
import { dockerHost, type Machine, type Project, testedRuntimes } from '../support/project.ts';
import { until } from '../support/until.ts';

const SEED = "insert into users select i, repeat('user ' || i, 100) from generate_series(1, 20000) i;";
const HIGHEST = 'select max(id)::int from users';

describe.skipIf(!testedRuntimes.includes('embedded'))("a baseline with what is one checkout's own", () => {
  it('is for no other, and that is said', async () => {
    await using machine = await machineWithOwnCache({ DVE_BASELINES_MAX: '10GB' });
    const checkout = (folder: string) =>
      machine.project(folder, {
        'devenv.config.yaml': `
name: shop
runtime: embedded
services: { db: { engine: postgres, version: "17" } }
env: { DATABASE_URL: "\${db.url}" }
data: { seed: [seed.ts] }
`,
        'seed.ts': `export default async ({ query, env }) => {
  await query('create table hooks (id int, target jsonb)');
  await query('insert into hooks values (1, $1)', [JSON.stringify({ url: env.DATABASE_URL })]);
};
`,
      });
    for (const folder of ['one', 'two']) {
      const project = await checkout(folder);
      const { stdout, stderr } = await project.ok(['up', '--detach']);
      expect(`${stdout}${stderr}`).toMatch(
        /db: other checkouts load their data themselves: public.hooks holds an address or a password of this one/,
      );
      const { DATABASE_URL } = await project.json<{ DATABASE_URL: string }>(['env', '--format', 'json']);
      expect(await queryPostgres(DATABASE_URL, "select target ->> 'url' from hooks")).toBe(DATABASE_URL);
    }
  });
});

describe.each(testedRuntimes)('baselines on %s', (runtime) => {
  describe.skipIf(runtime === 'docker' && !dockerHost)('of several checkouts', () => {
    let machine: Machine;
    let cache: string;

    beforeAll(async () => {
      const nodePath = join(import.meta.dirname, '..', '..', 'node_modules');
      machine = await machineWithOwnCache({ NODE_PATH: nodePath, DVE_BASELINES_MAX: '10GB' });
      cache = join(machine.env.XDG_CACHE_HOME ?? '', 'devenv-cli');
    });
    afterAll(() => machine[Symbol.asyncDispose]());

    /** The same project in a folder of its own. Each migration leaves a line, whichever checkout it runs in. */
    const checkout = (folder: string, files: Readonly<Record<string, string>> = {}) =>
      machine.project(folder, {
        'devenv.config.yaml': `
name: shop
runtime: ${runtime}
services: { db: { engine: postgres, version: "17" } }
env: { DATABASE_URL: "\${db.url}" }
data:
  migrate: { run: node migrate.js, files: ["migrate.js", "migrations/**"] }
  seed: [seed.sql]
`,
        'migrate.js': `
require('node:fs').appendFileSync('${machine.folder}/migrated', process.cwd() + '\\n');
const client = new (require('pg').Client)({ connectionString: process.env.DATABASE_URL });
const sql = require('node:fs').readFileSync('migrations/1.sql', 'utf8');
client.connect().then(() => client.query(sql)).finally(() => client.end());
`,
        'migrations/1.sql': 'create table users (id int primary key, name text not null);',
        'seed.sql': SEED,
        ...files,
      });
    const migrated = async () => {
      const text = await readFile(join(machine.folder, 'migrated'), 'utf8').catch(() => '');
      return text.split('\n').filter((line) => line !== '');
    };
    const url = async (project: Project) =>
      (await project.json<{ DATABASE_URL: string }>(['env', '--format', 'json'])).DATABASE_URL;
    const query = async (project: Project, sql: string) => queryPostgres(await url(project), sql);
    const data = (project: Project) => project.json<DataState>(['data', '--json']);
    const baselines = async (project: Project) => (await data(project)).baselines;
    /** What an up begins in the background would be in the way of whoever counts, or deletes the cache. */
    const settled = (project: Project) => project.ok(['data', 'tidy']);

    it('give another checkout the data without migrating, as its own', async () => {
      const first = await checkout('first');
      const { stderr } = await first.ok(['up', '--detach']);
      expect(stderr).toMatch(/^db +kept for other checkouts: (copied|cloned)/m);
      await query(first, 'delete from users where id > 5');
      await settled(first);

      const second = await checkout('second');
      expect((await second.ok(['up', '--dry-run'])).stdout).toMatch(/^create-data db +baseline \w{8} is kept on this/m);
      expect((await second.ok(['up', '--detach'])).stderr).toMatch(
        runtime === 'docker'
          ? /^db +baseline \w{8}: (copied|cloned)/m
          : /^db +baseline \w{8}: (cloned|taken as a copy)/m,
      );
      expect(await migrated()).toEqual([first.path]);
      expect(await query(second, HIGHEST)).toBe(20000);
      expect(await query(first, HIGHEST)).toBe(5);

      const [one, other] = [new URL(await url(first)), new URL(await url(second))];
      expect(other.port).not.toBe(one.port);
      expect(other.password).not.toBe(one.password);
      await expect(queryPostgres(Object.assign(other, { password: one.password }).href, HIGHEST)).rejects.toThrow(
        'password authentication failed',
      );
      await query(second, 'delete from users where id > 7');
      await second.ok(['reset']);
      expect(await query(second, HIGHEST)).toBe(20000);
      await second.ok(['undo']);
      expect(await query(second, HIGHEST)).toBe(7);
      await settled(second);
      const state = await data(second);
      expect(state.copies.map(({ kind }) => kind)).toContain('baseline');
      expect(state.baselines).toEqual([expect.objectContaining({ project: 'shop', current: true })]);
      expect((await second.ok(['up', '--detach'])).stderr).toMatch(/^Nothing to do\.$/m);
    });

    it('are of no use to one whose files differ: it loads its own, and gc removes what was not used for the longest', async () => {
      const before = (await migrated()).length;
      const third = await checkout('third', { 'seed.sql': `${SEED} update users set name = 'new' where id = 1;` });
      await third.ok(['up', '--detach']);
      expect((await migrated()).slice(before)).toEqual([third.path]);
      expect(await query(third, 'select name from users where id = 1')).toBe('new');
      await settled(third);
      expect((await baselines(third)).map(({ current }) => current)).toEqual([true, false]);

      await third.write({ 'seed.sql': SEED });
      expect((await third.ok(['up', '--detach'])).stderr).toMatch(
        /db: seed\.sql changed since; devenv reset loads it anew$/m,
      );

      const small = { env: { ...machine.env, DVE_BASELINES_MAX: '1MB' } };
      const judged = JSON.parse((await third.ok(['gc', '--json', '--dry-run'], small)).stdout) as Collected[];
      expect(judged.filter(({ kind }) => kind === 'baseline')).toEqual([
        expect.objectContaining({ remove: expect.any(Boolean) }),
        expect.objectContaining({ remove: expect.any(Boolean) }),
      ]);
      await third.ok(['gc', '--yes'], small);
      const left = await baselines(third);
      expect(left).toHaveLength(1);
      const gone = judged.find(({ kind, remove }) => kind === 'baseline' && remove);
      expect(gone?.why).toMatch(/the longest ago, and baselines may take 0\.001 GB$/);
      expect(left.map(({ key }) => key)).not.toContain(gone?.id);
    });

    it('that were cut off are never used', async () => {
      const files = { 'seed.sql': `${SEED} delete from users where id > 300;` };
      const cut = await checkout('cut', files);
      const half = async () => {
        if (runtime === 'docker') {
          const { volumes } = await engineObjects(`${Label.store}=${join(cache, 'docker-data')}`);
          return volumes.length % 2 === 1;
        }
        const drafts = (await readdir(join(cache, 'templates'))).filter((name) => name.startsWith('draft-'));
        const inside = await Promise.all(
          drafts.map((name) => readdir(join(cache, 'templates', name, 'whole', 'data')).catch(() => [])),
        );
        return inside.some((names) => names.length > 0);
      };
      const later = () => until('a copy is half made', half);
      const next = await checkout('next', files);
      const before = (await migrated()).length;
      expect(await killedAt({ event: 'step-started', step: 'share-data db', later }, cut, ['up', '--detach'])).toBe(
        true,
      );

      const swept = await next.json<Collected[]>(['gc', '--json', '--yes']);
      expect(swept).toContainEqual(expect.objectContaining({ kind: 'leftover', removed: true, problem: null }));
      expect(await half()).toBe(false);
      await next.ok(['up', '--detach']);
      expect(await query(next, HIGHEST)).toBe(300);
      expect((await migrated()).slice(before)).toEqual([cut.path, next.path]);
      await settled(next);

      // Its own data was whole: it only has to be its own again.
      await cut.ok(['up', '--detach']);
      expect(await query(cut, HIGHEST)).toBe(300);
      expect((await migrated()).slice(before)).toHaveLength(2);
    });

    it('without files to know them by are for one checkout alone', async () => {
      const alone = await checkout('alone');
      const flags = ['up', '--detach', '--set', 'data.migrate.files=[]'];
      const said = /^db: other checkouts load their data themselves: data\.migrate\.files does not say/m;
      expect((await alone.ok(flags)).stderr).toMatch(said);
      expect((await alone.ok(flags)).stderr).not.toMatch(said);
      await rm(join(machine.folder, 'migrated'));
    });
  });
});
