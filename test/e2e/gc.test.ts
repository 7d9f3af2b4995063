import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Collected } from '../../src/app/gc/index.ts';
import { commitAll } from '../support/git.ts';
import { machineWithOwnCache } from '../support/own-cache.ts';
import { type Machine, makeProject, type Project } from '../support/project.ts';
import { hasTmux, openScreen } from '../support/screen.ts';
import { expectGone } from '../support/whole-shop.ts';

const FILES = {
  'devenv.config.yaml': 'name: shop\nruntime: embedded\nservices: { db: { engine: postgres, version: "17" } }\n',
};

describe('devenv gc', () => {
  let machine: Machine;
  let elsewhere: Project;

  beforeAll(async () => {
    machine = await machineWithOwnCache();
    elsewhere = await machine.project('elsewhere', {});
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  const judged = async (id: string) =>
    (await elsewhere.json<Collected[]>(['gc', '--json', '--dry-run'])).find((one) => one.id === id);
  const idOf = async (project: Project) =>
    (await project.json<{ environment: { id: string } }>(['status', '--json'])).environment.id;

  it.skipIf(!hasTmux)('asks a person, and takes no for an answer', async () => {
    const shop = await machine.project('shop', FILES);
    await shop.ok(['up', '--detach']);
    const id = await idOf(shop);
    await rm(shop.path, { recursive: true });

    await using screen = await openScreen(elsewhere);
    for (const answer of ['n', '']) {
      await screen.devenv('gc');
      const text = await screen.sees(/delete {2}n\) keep {2}\[n\]/);
      expect(text.replace(/\s+/g, ' ')).toContain(`shop ${id} (its checkout ${shop.path} is gone; it still runs)`);
      await screen.line(answer);
      expect(await screen.ended()).toBe(5);
      await screen.sees(/nothing was deleted/);
    }
    expect(await judged(id)).toMatchObject({ remove: true });

    await screen.devenv('gc');
    await screen.sees(/keep {2}\[n\]/);
    await screen.line('y');
    expect(await screen.ended()).toBe(0);
    expect(await screen.sees(/Freed/)).toMatch(/^removed +environment +shop/m);
    await expectGone(machine, id, 'embedded');
  });

  it('keeps a checkout that was moved far away, once any command has run in it', async () => {
    const before = await machine.project('before', FILES);
    await commitAll(before.path);
    await before.ok(['up', '--detach']);
    const id = await idOf(before);
    const far = join(machine.folder, 'far', 'away', 'after');
    await mkdir(join(far, '..'), { recursive: true });
    await rename(before.path, far);
    const after = await makeProject(far, machine.env, {});
    expect(await idOf(after)).toBe(id);
    expect(await judged(id)).toMatchObject({ remove: false, why: `its checkout is ${far}` });

    await rm(far, { recursive: true });
    expect(await judged(id)).toMatchObject({ remove: true, why: `its checkout ${far} is gone; it still runs` });
    await elsewhere.ok(['gc', '--yes']);
    await expectGone(machine, id, 'embedded');
  });

  it('forgets the ports of a checkout that never came up', async () => {
    const shop = await makeProject(join(machine.folder, 'never-up'), machine.env, FILES);
    const id = await idOf(shop);
    expect(await judged(id)).toMatchObject({ kind: 'record', remove: false });
    await rm(shop.path, { recursive: true });
    // Nothing of anybody's is in it: nobody is asked.
    await elsewhere.ok(['gc']);
    expect(await judged(id)).toBeUndefined();
  });
});
