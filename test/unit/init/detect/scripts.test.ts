import { describe, expect, it } from 'vitest';
import { detectScripts } from '../../../../src/init/detect/scripts.ts';
import { filesOf, lines, packageJson } from '../project.ts';

function scripts(scripts: object, more: object = {}, files: Readonly<Record<string, string>> = {}): readonly string[] {
  const text = packageJson({ scripts, ...more });
  return lines(detectScripts(filesOf({ 'package.json': text, ...files }))).map((line) => line.split('  ')[0] ?? '');
}

describe('the port of a development server', () => {
  it.each([
    ['next dev', 'npm run dev @3000'],
    ['next dev -p 3100', 'npm run dev -- -p $PORT @3100'],
    ['next dev --turbo --port=3100', 'npm run dev -- -p $PORT @3100'],
    ['vite', 'npm run dev -- --host 127.0.0.1 --port $PORT --strictPort @5173'],
    ['vite dev --port 4000', 'npm run dev -- --host 127.0.0.1 --port $PORT --strictPort @4000'],
    ['nuxt dev', 'npm run dev -- --host 127.0.0.1 --port $PORT @3000'],
    ['astro dev', 'npm run dev -- --host 127.0.0.1 --port $PORT @4321'],
    ['react-router dev', 'npm run dev -- --host 127.0.0.1 --port $PORT --strictPort @5173'],
    ['ng serve', 'npm run dev -- --host 127.0.0.1 --port $PORT @4200'],
    ['react-scripts start', 'npm run dev @3000'],
    ['prisma generate && cross-env NODE_ENV=x next dev', 'npm run dev @3000'],
    ['cross-env PORT=3200 next dev', 'npm run dev -- -p $PORT @3200'],
  ])('of %s', (script, expected) => {
    expect(scripts({ dev: script })).toEqual([`web ${expected}`]);
  });

  it.each([
    ['vite', 'vite.config.ts', 'export default { server: { proxy: { "/api": { ws: true } }, port: 5180 } }', 5180],
    ['vite', 'vite.config.js', 'export default {\n  server: { port: Number(process.env.PORT) || 5181 },\n}', 5181],
    ['vite', 'vite.config.js', 'export default { preview: { port: 5182 } }', 5173],
    ['vite', 'web/vite.config.js', 'export default { server: { port: 5183 } }', 5173],
    ['vite --port 4000', 'vite.config.js', 'export default { server: { port: 5184 } }', 4000],
    ['nuxt dev', 'nuxt.config.ts', 'export default { devServer: { port: 3400 } }', 3400],
  ])('of %s stands in %s, where that says so', (script, name, text, port) => {
    expect(scripts({ dev: script }, {}, { [name]: text })[0]).toMatch(new RegExp(`@${port}$`));
  });

  it('is not passed to a script that starts several programs, which is said when it names one', () => {
    expect(scripts({ dev: 'concurrently "vite" "node api.js" --port 4000' })).toEqual([
      'web npm run dev @4000',
      expect.stringMatching(/^note has its port fixed/),
    ]);
    expect(scripts({ dev: 'tsc -w & node server.js' })).toEqual(['other npm run dev']);
  });

  it.each([
    ['process.env.PORT || 4000', 4000],
    ["Number(process.env['PORT'] ?? 4001)", 4001],
    ['parseInt(process.env.PORT)', 3000],
    ["1); const { A, PORT = '4002' } = process.env; (2", 4002],
    ["requireEnv('DATABASE_URL', 'PORT')", 3000],
    ['{\n  PORT: z.coerce.number().default(4003),\n}', 4003],
  ])('is read from the code: %s', (code, port) => {
    expect(scripts({ start: 'node server.js' }, {}, { 'src/server.js': `listen(${code})` })).toEqual([
      `web npm run start @${port}`,
    ]);
  });

  it('is said to be fixed where the code names it', () => {
    expect(scripts({ start: 'node server.js' }, {}, { 'server.js': 'app.listen(4500)' })).toEqual([
      'web npm run start @4500',
      expect.stringMatching(/^note has its port fixed/),
    ]);
  });

  it('is that of a server library, with the one of .env.example', () => {
    const express = { dependencies: { express: '5' } };
    expect(scripts({ dev: 'node .' }, express)).toEqual(['web npm run dev @3000']);
    expect(scripts({ dev: 'node .' }, express, { '.env.example': 'PORT=4400' })).toEqual(['web npm run dev @4400']);
    expect(scripts({ dev: 'node .' }, express, { '.env.example': 'PORT=yes' })).toEqual(['web npm run dev @3000']);
  });

  it('is not taken from tests or from other parts of the project', () => {
    const text = 'process.env.PORT';
    const files = { 'test/server.js': text, 'a.test.js': text, 'web/package.json': '{}', 'web/server.js': text };
    expect(scripts({ dev: 'node .' }, {}, files)).toEqual(['other npm run dev']);
  });
});

describe('the package manager', () => {
  const vite = { dev: 'vite' };
  const flags = '--host 127.0.0.1 --port $PORT --strictPort @5173';

  it.each([
    ['package-lock.json', `npm run dev -- ${flags}`],
    ['pnpm-lock.yaml', `pnpm run dev ${flags}`],
    ['yarn.lock', `yarn run dev ${flags}`],
    ['bun.lockb', `bun run dev ${flags}`],
  ])('by %s', (lock, expected) => {
    expect(scripts(vite, {}, { [lock]: '' })).toEqual([`web ${expected}`]);
  });

  it('by packageManager before any lock file, and by a lock file above', () => {
    expect(scripts(vite, { packageManager: 'yarn@4.5.0' }, { 'pnpm-lock.yaml': '' })).toEqual([
      `web yarn run dev ${flags}`,
    ]);
    const inWorkspace = filesOf({ 'package.json': packageJson({ scripts: vite }) }, ['pnpm-lock.yaml']);
    expect(lines(detectScripts(inWorkspace))[0]).toContain('web pnpm run dev');
  });
});

describe('workspaces', () => {
  const files = (name: string, manager: string) =>
    filesOf({
      'package.json': packageJson({
        workspaces: { packages: ['./apps/*/'] },
        packageManager: manager,
        scripts: { dev: 'turbo dev' },
      }),
      'apps/api/package.json': packageJson({ name, scripts: { dev: 'next dev', worker: 'node w.js' } }),
    });

  it.each([
    ['npm@10.0.0', ['web npm --workspace @a/api run dev @3000', 'worker npm --workspace @a/api run worker']],
    ['pnpm@9.0.0', ['web pnpm --filter @a/api run dev @3000', 'worker pnpm --filter @a/api run worker']],
    ['yarn@4.0.0', ['web yarn workspace @a/api run dev @3000', 'worker yarn workspace @a/api run worker']],
    ['bun@1.1.0', ['web apps/api: bun run dev @3000', 'worker apps/api: bun run worker']],
  ])('with %s', (manager, expected) => {
    const found = lines(detectScripts(files('@a/api', manager))).map((line) => line.split('  ')[0]);
    expect(found).toEqual(['note left out: there are processes for apps/api', ...expected]);
  });

  it('in a folder that is called as if it were beside the app are run, where they have something to run', () => {
    const own = (scripts: object) => packageJson({ scripts, dependencies: { pg: '8' } });
    const texts = {
      'package.json': packageJson({ workspaces: ['apps/*', 'examples/*'], scripts: { dev: 'turbo run dev' } }),
      'apps/web/package.json': own({ dev: 'next dev' }),
      'apps/docs/package.json': own({ dev: 'next dev --port 3002' }),
      'apps/docs/test/package.json': own({ dev: 'next dev' }),
      'apps/e2e/package.json': own({ test: 'playwright test' }),
      'docs/package.json': own({ start: 'vitepress dev' }),
    };
    expect(lines(detectScripts(filesOf(texts))).map((line) => line.split('  ')[0])).toEqual([
      'note left out: there are processes for apps/docs, apps/web',
      'web npm --workspace apps/docs run dev -- -p $PORT @3002',
      'web npm --workspace apps/web run dev @3000',
    ]);
  });

  it('with a name that a shell would take apart', () => {
    const found = lines(detectScripts(files("a'; rm -rf ~", 'npm@10.0.0')));
    expect(found[1]).toContain(`npm --workspace 'a'\\''; rm -rf ~' run dev`);
  });
});

it('takes workers, of several of one kind the one for development', () => {
  const found = scripts({
    worker: 'node w.js',
    'worker:dev': 'tsx watch w.ts',
    'start:queue': 'node q.js',
    'build:worker': 'tsc',
  });
  expect(found).toEqual(['worker npm run worker:dev', 'worker npm run start:queue']);
});

it('follows scripts that call another one, and comes back from those that call each other', () => {
  expect(scripts({ dev: 'npm run start:dev', 'start:dev': 'vite' })[0]).toContain('web npm run start:dev -- --host');
  expect(scripts({ dev: 'npm run start', start: 'npm run dev' })).toEqual(['other npm run dev']);
});
