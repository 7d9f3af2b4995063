import { mkdir, realpath, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { load, problemsOf, project } from './project.ts';

describe('finding the configuration', () => {
  it('walks up, and names files as seen from the working folder', async () => {
    const root = await project({ 'devenv.config.yaml': 'nmae: x\n', 'a/b/keep': '' });
    await expect(load(join(root, 'a/b'))).rejects.toThrow(
      '../../devenv.config.yaml:1:1: nmae: unknown key `nmae`; did you mean `name`?',
    );
  });

  it('gives the real path of a folder that is reached by a link', async () => {
    const root = await project({ 'shop/devenv.config.yaml': '' });
    await symlink(join(root, 'shop'), join(root, 'link'));
    expect((await load(join(root, 'link'))).root).toBe(await realpath(join(root, 'shop')));
  });

  it('stops at the top of the checkout', async () => {
    const root = await project({ 'devenv.config.yaml': '', 'inner/.git/HEAD': '', 'inner/src/keep': '' });
    const error = await load(join(root, 'inner/src')).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'UserError', code: 'usage' });
    expect((error as { hints: string[] }).hints.join('\n')).toContain('devenv demo');
  });

  it('takes one at the top of the checkout, also in a git worktree', async () => {
    const root = await project({
      'tree/.git': 'gitdir: ../shop/.git/worktrees/tree\n',
      'tree/devenv.config.json': '{}',
    });
    await mkdir(join(root, 'shop'));
    expect((await load(join(root, 'tree'))).config.name).toBe('shop');
  });

  it('refuses two formats side by side', async () => {
    expect(await problemsOf({ 'devenv.config.yaml': '', 'devenv.config.json': '{}', 'devenv.config.ts': '' })).toEqual([
      'devenv.config.yaml: there is also devenv.config.json and devenv.config.ts; keep one of them',
    ]);
    expect(
      await problemsOf({ 'devenv.config.yaml': '', 'devenv.config.local.yaml': '', 'devenv.config.local.json': '{}' }),
    ).toEqual(['devenv.config.local.yaml: there is also devenv.config.local.json; keep one of them']);
  });

  it('says when it is a folder', async () => {
    expect(await problemsOf({ 'devenv.config.yaml': null })).toEqual([
      "devenv.config.yaml: can't be read: it is a folder",
    ]);
  });

  it.each([
    ['Shop', 'shop'],
    ['my_shop.v2', 'my-shop-v2'],
    ['42', 'project'],
    ['9lives--', 'lives'],
  ])('names a project in %s %s', async (folder, name) => {
    const root = await project({ [`${folder}/devenv.config.yaml`]: '' });
    expect((await load(join(root, folder))).config.name).toBe(name);
  });
});
