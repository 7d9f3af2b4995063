import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { ListedEnvironment } from '../../src/app/ls.ts';
import { dockerHost, makeMachine, makeProject, testedRuntimes } from '../support/project.ts';

/** What exists is read from what exists: no file of devenv's is needed to find it and to end it. */
describe.each(testedRuntimes)('an environment on %s whose checkout and records are gone', (runtime) => {
  it.skipIf(runtime === 'docker' && !dockerHost)('is still listed, and can be ended by its id', async () => {
    await using machine = await makeMachine();
    const config = `name: lost\nruntime: ${runtime}\nservices: { db: { engine: postgres, version: "17" } }`;
    const lost = await machine.project('lost', { 'devenv.config.yaml': config });
    await lost.ok(['up', '--detach']);
    await rm(lost.path, { recursive: true });
    await rm(machine.env.XDG_STATE_HOME ?? '', { recursive: true });

    try {
      const elsewhere = await makeProject(`${machine.folder}/elsewhere`, machine.env, {});
      const find = async () =>
        (await elsewhere.json<ListedEnvironment[]>(['ls', '--json'])).find(({ path }) => path === lost.path);
      const found = await find();
      expect(found).toMatchObject({ project: 'lost', runtime });

      const wrong = await elsewhere.devenv(['down', 'nosuchid', '--data', '--yes']);
      expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no environment nosuchid') });

      await elsewhere.ok(['down', found?.id ?? '', '--data', '--yes']);
      expect(await find()).toBeUndefined();
    } finally {
      // For the cleaning up after the test: without git the path alone is the identity.
      await lost.write({ 'devenv.config.yaml': config });
    }
  });
});
