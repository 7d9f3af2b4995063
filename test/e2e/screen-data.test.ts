import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DataState } from '../../src/app/data/list.ts';
import { type LoadedShop, loadedShop, MIGRATE_ENV } from '../support/loaded-shop.ts';
import { type Machine, makeMachine } from '../support/project.ts';
import { hasTmux, openScreen, type Screen } from '../support/screen.ts';

/** What the keys do is the verbs' own matter, whose tests run on both runtimes. */
describe.skipIf(!hasTmux)('the data on the screen (tmux)', () => {
  let machine: Machine;
  let loaded: LoadedShop;
  let screen: Screen;

  beforeAll(async () => {
    machine = await makeMachine({ ...MIGRATE_ENV, LANG: 'C.UTF-8' });
    loaded = await loadedShop(machine, { runtime: 'embedded', version: '17' });
    await loaded.shop.ok(['up', '--detach']);
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  beforeEach(async () => {
    screen = await openScreen(loaded.shop);
    await screen.devenv('attach');
    await screen.shows(/2\/2 ready/);
    await screen.type('5');
    await screen.shows(/│baseline +[0-9a-f]{8} /);
  });
  afterEach(async () => {
    await screen.type('qd');
    expect(await screen.ended()).toBe(0);
    await screen[Symbol.asyncDispose]();
  });

  it('is reset by a key and brought back by another, and the time line shows both', async () => {
    await loaded.query('delete from users where id > 7');
    await screen.type('R');
    await screen.shows(/^\$ devenv reset {2}done {2}db: shop was reset in [\d.]+ m?s; U takes that back\.$/m);
    expect(await loaded.users()).toBe(100);
    await screen.shows(/│● live .*\n.*│◁ undo +before the reset /);
    // What the next one takes is made in the background, and seen when it is there.
    await screen.shows(/│reset +ready: R swaps it in, 2 of 2 spares/);
    await screen.type('U');
    await screen.shows(/^\$ devenv undo {2}done/m);
    expect(await loaded.users()).toBe(7);
    await screen.shows(/│▷ redo +after the reset .*\n.*│● live /);
    await screen.type('R');
    await screen.shows(/^\$ devenv reset {2}done/m);
  });

  it('is saved, changed and gone back to', async () => {
    const users = await loaded.users();
    await screen.type('S');
    await screen.shows(/^:devenv snapshot save +enter/m);
    await screen.type('mine');
    await screen.press('Enter');
    await screen.shows(/^\$ devenv snapshot save mine {2}done/m);
    await screen.shows(/│● live .*\n.*│◆ snapshot mine /);
    await loaded.query('delete from users');
    await screen.type('j');
    await screen.shows(/│enter +devenv snapshot restore mine$/m);
    await screen.press('Enter');
    await screen.shows(/^\$ devenv snapshot restore mine {2}done/m);
    expect(await loaded.users()).toBe(users);

    await screen.type('S');
    await screen.type('mine');
    await screen.press('Enter');
    // With what to do about it.
    await screen.shows(/│Error: there is a snapshot mine[\s\S]*│ +Name it otherwise, or remove that one/);
    await screen.type('Xy');
    await screen.shows(/^\$ devenv snapshot rm mine {2}done/m);
    await screen.shows(/│● live .*\n.*│◁ undo +before the restore /);
  });

  it('is seeded with a bar, and Esc ends that and leaves nothing of it', async () => {
    const [users, copies] = [await loaded.users(), await kinds()];
    await screen.type('+');
    await screen.press('C-w');
    await screen.type('2000000');
    await screen.press('Enter');
    await screen.shows(/│users\n.*│█*─+ \d+ % {2}[\d,]+ rows\/s {2}.* left {2}[\d,]+ of 2,000,000$/m);
    await screen.type('R');
    await screen.shows(/^devenv seed --rows 2000000 still runs/m);
    await screen.press('Escape');
    await screen.shows(/^\$ devenv seed --rows 2000000 {2}ended by esc/m);
    expect(await loaded.users()).toBe(users);
    expect(await kinds()).toEqual(copies);

    await screen.type('+');
    await screen.press('C-w');
    await screen.type('20');
    await screen.press('Enter');
    await screen.shows(/^\$ devenv seed --rows 20 {2}done {2}db: shop got 20 rows in .*; U takes them back\.$/m);
    await screen.shows(/│● live .*\n.*│◁ undo +before the seed /);
    expect(await loaded.users()).toBe(Number(users) + 20);
  });

  async function kinds(): Promise<readonly string[]> {
    return (await loaded.shop.json<DataState>(['data', '--json'])).copies.map(({ kind }) => kind);
  }
});
