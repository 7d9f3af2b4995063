import { execFileSync } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dockerHost, type Machine, type Project, testedRuntimes } from '../support/project.ts';
import { type App, copySample, initAndUp, makeSampleMachine, PNPM, PYTHON, upAgain } from '../support/samples.ts';
import { until } from '../support/until.ts';

/** Where Debian's packages of Go libraries lie. */
const GO_LIBRARIES = '/usr/share/gocode/src';

const hasDjango = works(PYTHON, '-c', 'import django, psycopg2, celery, redis');
const hasFastApi = works(PYTHON, '-c', 'import fastapi, uvicorn, sqlalchemy.ext.asyncio, asyncpg, alembic');
const hasRails = works('/usr/bin/ruby', '-e', '%w[rails pg sidekiq puma bundler].each { |gem| require gem }');
const hasGo = works('/usr/bin/go', 'version') && works('ls', `${GO_LIBRARIES}/github.com/lib/pq`);

function works(command: string, ...args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe.each(testedRuntimes)('what init wrote for other languages runs on %s', (runtime) => {
  describe.skipIf(runtime === 'docker' && !dockerHost)('as it is', () => {
    let machine: Machine;
    beforeAll(async () => {
      machine = await makeSampleMachine([PNPM]);
    });
    afterAll(() => machine[Symbol.asyncDispose]());

    it.skipIf(!hasDjango)('Django with its migrations, and a Celery worker', async () => {
      const project = await copySample(machine, 'django', runtime);
      const { stderr } = await project.ok(['init']);
      expect(stderr).toContain('Without a value, for .env: SECRET_KEY');
      await writeFile(join(project.path, '.env'), 'SECRET_KEY=of-the-tests\n');
      const { ask } = await upAgain(project, runtime);
      expect(await ask('web', '/products?add=hose')).toBe('{"products": ["hose"]}');
      await until('the worker has named it', async () => (await ask('web', '/products')).includes('A garden hose'));
    });

    it.skipIf(!hasFastApi)('FastAPI with Alembic, and its pages by Vite and pnpm', async () => {
      const project = await copySample(machine, 'fastapi', runtime, ['pnpm', 'install', '--no-frozen-lockfile'], 'web');
      const { ask } = await initAndUp(project, runtime);
      expect(await ask('web', '/readings/berlin?celsius=21.5', 'PUT')).toBe('{"place":"berlin","celsius":21.5}');
      expect(await ask('weather-web')).toContain('<title>Weather</title>');
      // Through the proxy of the pages' server.
      expect(await ask('weather-web', '/readings/berlin')).toBe('{"place":"berlin","celsius":21.5}');
    });

    it.skipIf(!hasRails)('Rails with its migrations and its Procfile.dev, and a Sidekiq worker', async () => {
      const { ask } = await initAndUp(
        await copySample(machine, 'rails', runtime, ['bundle', 'install', '--local']),
        runtime,
      );
      expect(JSON.parse(await ask('web', '/posts?title=Hello', 'POST'))).toEqual({ id: 1, title: 'Hello' });
      await until('the worker has published it', async () => JSON.parse(await ask('web', '/posts/1')).published);
    });

    it.skipIf(!hasGo)('Go with a server, a worker and migrations, beside a compose file', async () => {
      const project = await copySample(machine, 'go', runtime);
      await vendor(project);
      const { ask } = await initAndUp(project, runtime);
      expect(await ask('web', '/docs?url=http://docs.test', 'POST')).toBe('made');
      expect(await ask('web', '/docs')).toBe('http://docs.test');
      await until('the worker has counted', async () => (await ask('web', '/stats/docs')) === '1');
    });
  });
});

/** What `go mod vendor` would do, with Debian's packages in place of the network's. */
async function vendor(project: Project): Promise<void> {
  const modules = { 'github.com/gomodule/redigo': ['redis'], 'github.com/lib/pq': ['.', 'oid', 'scram'] };
  const required = await readFile(join(project.path, 'go.mod'), 'utf8');
  const lines = Object.entries(modules).flatMap(([name, packages]) => [
    `# ${name} ${new RegExp(`${name} (\\S+)`).exec(required)?.[1]}`,
    '## explicit',
    ...packages.map((folder) => join(name, folder)),
  ]);
  for (const name of Object.keys(modules)) {
    await cp(join(GO_LIBRARIES, name), join(project.path, 'vendor', name), { recursive: true });
  }
  await project.write({ 'vendor/modules.txt': `${lines.join('\n')}\n` });
}

describe.skipIf(!dockerHost || !testedRuntimes.includes('docker'))('what init wrote runs on docker alone', () => {
  let machine: Machine;
  let app: App;
  beforeAll(async () => {
    machine = await makeSampleMachine();
    app = await initAndUp(await copySample(machine, 'compose-app', 'docker', ['npm', 'install']), 'docker');
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  it('a compose file with engines of its own settings, a plain image that knows one of them, and the app', async () => {
    expect(await app.ask('web', '/parcels/7', 'POST')).toBe('[{"label":"label 1"}]');
    expect(await app.ask('web', '/parcels/7')).toBe('[{"label":"label 1"}]');
  });
});
