import { mkdir, mkdtemp, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkoutFacts } from '../../../../src/app/gc/checkout-facts.ts';
import { checkoutState } from '../../../../src/core/gc/checkout.ts';
import { mountPoint } from '../../../../src/lib/mounts.ts';
import { identify } from '../../../../src/state/identity.ts';
import { commitAll, git } from '../../../support/git.ts';
import { canMount, mountDisk } from '../../../support/small-disk.ts';

/** Real repositories: what git and the disk say of a checkout that is no longer where it was. */
describe('a checkout', () => {
  let folder: string;
  let shop: string;

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'dve-checkout-')));
    shop = join(folder, 'shop');
    await mkdir(shop);
    await writeFile(join(shop, 'file'), '');
    await commitAll(shop);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const state = async (
    path: string,
    id: string,
    worktree: string | null = null,
    mount: string | null = null,
    worksIn: readonly string[] = [],
  ) => {
    const searchIn = [join(folder, 'others')];
    return checkoutState(await checkoutFacts({ id, path, record: { worktree, mount }, searchIn, worksIn }));
  };

  it('that was deleted is gone', async () => {
    const { id } = await identify(shop);
    expect(await state(shop, id)).toMatchObject({ state: 'living' });
    await rm(shop, { recursive: true });
    expect(await state(shop, id)).toEqual({ state: 'gone', why: `its checkout ${shop} is gone` });
  });

  it('that was renamed lives under its new name', async () => {
    const { id } = await identify(shop);
    await rename(shop, join(folder, 'boutique'));
    expect(await state(shop, id)).toEqual({ state: 'living', why: `its checkout is in ${join(folder, 'boutique')}` });
  });

  it('that was moved beside another checkout lives there', async () => {
    const { id } = await identify(shop);
    await mkdir(join(folder, 'others'));
    await rename(shop, join(folder, 'others', 'shop'));
    expect(await state(shop, id)).toMatchObject({ state: 'living' });
  });

  it('that was moved far away while it ran lives where its processes are', async () => {
    const tree = join(folder, 'feature');
    await git(shop, 'worktree', 'add', '--quiet', tree);
    const [whole, linked] = [await identify(shop), await identify(tree)];
    const far = join(folder, 'far', 'away');
    await mkdir(join(far, 'none'), { recursive: true });
    await rename(shop, join(far, 'shop'));
    await rename(tree, join(far, 'tree'));
    await writeFile(join(far, 'tree', '.git'), `gitdir: ${join(far, 'shop', '.git', 'worktrees', 'feature')}\n`);
    await mkdir(join(far, 'shop', 'src'));
    const at = (path: string, id: string, name: string) => state(path, id, null, null, [join(far, name)]);
    const why = (name: string) => ({ state: 'living', why: `its checkout is in ${join(far, name)}` });
    expect(await at(shop, whole.id, 'shop/src')).toEqual(why('shop'));
    expect(await at(tree, linked.id, 'tree')).toEqual(why('tree'));
    expect(await at(tree, linked.id, 'none')).toMatchObject({ state: 'gone' });
    expect(await at(tree, linked.id, 'deleted')).toMatchObject({ state: 'gone' });
  });

  it('whose branch lacks the folder of the project lives', async () => {
    const inner = join(shop, 'apps', 'web');
    await mkdir(inner, { recursive: true });
    const { id } = await identify(inner);
    await rm(join(shop, 'apps'), { recursive: true });
    expect(await state(inner, id)).toEqual({ state: 'living', why: `its checkout is in ${shop}` });
  });

  it('in a worktree is gone when git has removed it, even with the folder above', async () => {
    const tree = join(folder, 'trees', 'feature');
    await git(shop, 'worktree', 'add', '--quiet', tree);
    const { id, worktree } = await identify(tree);
    expect(worktree).toBe(join(shop, '.git', 'worktrees', 'feature'));
    await rm(join(folder, 'trees'), { recursive: true });
    expect(await state(tree, id, worktree)).toMatchObject({ state: 'unknown' });
    await git(shop, 'worktree', 'prune');
    expect(await state(tree, id, worktree)).toEqual({ state: 'gone', why: `git removed its worktree ${tree}` });
  });

  it('in a worktree inside of its repository is told from the repository', async () => {
    const tree = join(shop, 'trees', 'feature');
    await git(shop, 'worktree', 'add', '--quiet', tree);
    await identify(shop);
    const { id, worktree } = await identify(tree);
    await rm(tree, { recursive: true });
    expect(await state(tree, id, worktree)).toMatchObject({ state: 'gone' });
  });

  it('in a worktree that git moved lives, and in one that git keeps locked may come back', async () => {
    const tree = join(folder, 'feature');
    await git(shop, 'worktree', 'add', '--quiet', tree);
    const { id, worktree } = await identify(tree);
    await mkdir(join(folder, 'far'));
    await git(shop, 'worktree', 'move', tree, join(folder, 'far', 'away'));
    expect(await state(tree, id, worktree)).toMatchObject({ state: 'living' });
    await git(shop, 'worktree', 'lock', join(folder, 'far', 'away'));
    await rm(join(folder, 'far'), { recursive: true });
    expect(await state(tree, id, worktree)).toEqual({
      state: 'unknown',
      why: `git keeps its worktree ${tree} locked`,
    });
  });

  it.skipIf(!canMount)('on a disk that is not mounted is not gone, though its empty mount point is there', async () => {
    const disk = await mountDisk(join(folder, 'usb'), '1m');
    const there = join(disk.folder, 'shop');
    await mkdir(there);
    const mount = await mountPoint(there);
    expect(mount).toBe(disk.folder);
    await disk[Symbol.asyncDispose]();
    expect(await state(there, 'abc', null, mount)).toEqual({
      state: 'unknown',
      why: `nothing is mounted at ${disk.folder}, where its checkout was`,
    });
  });

  it('whose path says little is not certain to be gone', async () => {
    expect(await state(join(shop, 'file', 'inner'), 'abc')).toMatchObject({ state: 'unknown' });
    expect(await state('', 'abc')).toMatchObject({ state: 'unknown' });
    expect(await state('relative/path', 'abc')).toMatchObject({ state: 'unknown' });
  });
});
