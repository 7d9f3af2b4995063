import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { load, loadFiles, problemsOf, project } from './project.ts';

let cache: string;
beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'devenv-cache-'));
  vi.stubEnv('XDG_CACHE_HOME', cache);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(cache, { recursive: true, force: true });
});

const IMPORT = "import { defineConfig } from 'devenv-cli';\n";

describe('a TypeScript configuration', () => {
  it('loads where the package is not installed', async () => {
    const text = `${IMPORT}interface A { x: string }\nconst a: A = { x: 'run' };\nexport default defineConfig({ name: 'shop', processes: { web: { command: a.x } } });\n`;
    const { config, files, root } = await loadFiles({ 'devenv.config.ts': text });
    expect(config).toMatchObject({ name: 'shop', processes: { web: { command: 'run' } } });
    expect(files).toEqual([`${root}/devenv.config.ts`]);
  });

  it('may import, wait, and be a function of the tier', async () => {
    const root = await project({
      'devenv.config.mjs': `${IMPORT}import { name } from './name.ts';\nawait 0;\nexport default defineConfig(async ({ tier }) => ({ name, env: { TIER: tier } }));\n`,
      'name.ts': "export const name: string = 'other';\n",
    });
    expect((await load(root, { tier: 'staging' })).config).toMatchObject({ name: 'other', env: { TIER: 'staging' } });
  });

  it('is read anew each time', async () => {
    const root = await project({ 'devenv.config.ts': "export default { name: 'a' };\n" });
    expect((await load(root)).config.name).toBe('a');
    const { writeFile } = await import('node:fs/promises');
    await writeFile(join(root, 'devenv.config.ts'), "export default { name: 'bc' };\n");
    expect((await load(root)).config.name).toBe('bc');
  });

  it.each([
    ['a syntax error', `${IMPORT}\nexport default {\n  a: ,\n};\n`, 'devenv.config.ts:4:6: Unexpected token'],
    [
      'an error',
      `${IMPORT}type A = string;\n\nfunction fail(): never {\n  throw new Error('no file');\n}\nexport default fail();\n`,
      'devenv.config.ts:5:1: failed to run: no file',
    ],
    [
      'an error in a function',
      'export default () => {\n  return undefinedName;\n};\n',
      'devenv.config.ts:2:1: failed to run: undefinedName is not defined',
    ],
    ['an exit', 'const now = 1;\nprocess.exit(7);\n', 'devenv.config.ts:2:1: failed to run: it calls process.exit(7)'],
    ['a thrown text', "throw 'x';\n", 'devenv.config.ts: failed to run: x'],
    [
      'a missing module',
      "import x from 'nowhere-at-all';\nexport default x;\n",
      "devenv.config.ts:1:1: failed to run: Cannot find module 'nowhere-at-all'",
    ],
    [
      'no default export',
      'export const config = {};\n',
      'devenv.config.ts: has no default export; write `export default defineConfig({ … })`',
    ],
    [
      'an odd value',
      'export default { env: { A: new Date(0) } };\n',
      'devenv.config.ts: env.A: is an object of class Date, not plain data',
    ],
    [
      'a function inside',
      'export default { processes: { a: { command: () => 1 } } };\n',
      'devenv.config.ts: processes.a.command: is a function, not plain data',
    ],
    [
      'a value that contains itself',
      'const a: any = {};\na.b = a;\nexport default a;\n',
      'devenv.config.ts: b: contains itself',
    ],
    [
      'an unknown key',
      'export default { services: { db: { engine: "postgres", versoin: 1 } } };\n',
      'devenv.config.ts: services.db.versoin: unknown key `versoin`; did you mean `version`?',
    ],
  ])('reports %s without a stack', async (_what, text, problem) => {
    expect(await problemsOf({ 'devenv.config.ts': text })).toEqual([problem]);
  });

  it('names the imported file that has the syntax error', async () => {
    const files = { 'devenv.config.ts': "import './lib/a.ts';\nexport default {};\n", 'lib/a.ts': 'const = 1;\n' };
    expect(await problemsOf(files)).toEqual(['lib/a.ts:1:7: Unexpected token']);
  });
});
