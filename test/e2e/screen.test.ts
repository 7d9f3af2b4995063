import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { processesWith } from '../support/processes.ts';
import { BIN, dockerHost, type Machine, makeMachine, type Project, testedRuntimes } from '../support/project.ts';
import { hasTmux, openScreen, type Screen } from '../support/screen.ts';
import { until } from '../support/until.ts';
import { expectGone, expectWhole, shopFiles } from '../support/whole-shop.ts';

describe.skipIf(!hasTmux).each(testedRuntimes)('the screen (tmux), on %s', (runtime) => {
  describe.skipIf(runtime === 'docker' && !dockerHost)('with a person at it', () => {
    let machine: Machine;
    let shop: Project;
    let screen: Screen;

    beforeAll(async () => {
      machine = await makeMachine({ LANG: 'C.UTF-8' });
      shop = await machine.project('shop', shopFiles(runtime));
    });
    afterAll(() => machine[Symbol.asyncDispose]());
    beforeEach(async () => {
      screen = await openScreen(shop);
      await screen.line('stty -a > before.txt');
    });
    afterEach(() => screen[Symbol.asyncDispose]());

    it('opens at once, shows what starts, and leaves it running', async () => {
      await screen.devenv('up');
      await screen.shows(/^shop +\w+ +\d\/3 ready/m);
      const text = await screen.shows(/3\/3 ready in [\d.]+ m?s/);
      expect(text).toMatch(/^● db /m);
      expect(text).toMatch(/^✔ migrate +done/m);
      expect(text).toMatch(/^● web /m);

      const { webPid } = await expectWhole(shop, runtime);
      expect(webPid).toBeGreaterThan(0);
      await leave('d');
      await screen.sees(/^Detached: everything goes on running/m);
      expect((await expectWhole(shop, runtime)).webPid).toBe(webPid);
    });

    it('shows and filters logs, and copies them', async () => {
      await attach();
      for (const page of ['apples', 'kiwis', 'plums']) await ask(`/${page}`);
      await screen.shows(/^.*│web +asked for \/plums$/m);
      expect(await screen.shows(/./)).toMatch(/│db /);

      await screen.type('/KIWIS|pl.ms');
      const filtered = await screen.shows(/\/KIWIS\|pl\.ms {3}enter/);
      expect(filtered).toMatch(/asked for \/kiwis/);
      expect(filtered).toMatch(/asked for \/plums/);
      expect(filtered).not.toMatch(/asked for \/apples/);
      await screen.press('Enter');
      await screen.type('c');
      await screen.shows(/Copied one line\./);
      expect(await screen.clipboard()).toBe('asked for /plums');
      await screen.type('y');
      await screen.shows(/Copied 2 lines\./);
      expect(await screen.clipboard()).toBe('web  asked for /kiwis\nweb  asked for /plums');

      await screen.type('/');
      await screen.press('C-u');
      await screen.type('!asked');
      expect(await screen.shows(/\/!asked {3}enter/)).not.toMatch(/asked for/);
      // In one piece, as over a slow line.
      await screen.press('Escape', '2');
      await screen.shows(/DATABASE_URL/);
      await screen.type('1:');
      await screen.shows(/^:devenv /m);
      await screen.press('Escape', '?');
      await screen.shows(/^Everywhere$/m);
      await screen.press('Escape');
      await screen.shows(/asked for \/kiwis/);
      await leave('d');
    });

    it('shows the logs of one, and goes to what went wrong', async () => {
      await shop.ok(['restart', 'web']);
      await attach();
      await select('web');
      await ask('/now');
      await until('only its lines are shown', async () => !/│db /.test(await screen.shows(/│asked for \/now$/m)));
      await ask('/an-error');
      await ask('/fine');
      await screen.type('n');
      await screen.shows(/No error after this line/);
      await screen.type('G');
      await screen.type('N');
      await screen.shows(/paused/);
      // What is copied is marked.
      await screen.shows(/\u001b\[[\d;]*7m[^\n]*an-error/, { looks: true });
      await screen.type('c');
      await until('it is copied', async () => (await screen.clipboard()) === 'asked for /an-error');
      await screen.type('G');
      await until('it follows again', async () => !/paused/.test(await screen.shows(/./)));
      await leave('d');
    });

    it('restarts what is selected, and says which command does that', async () => {
      const before = await expectWhole(shop, runtime);
      await attach();
      await select('web');
      await screen.type('r');
      await screen.shows(/^\$ devenv restart web {2}done/m);
      const after = await expectWhole(shop, runtime);
      expect(after.webPid).not.toBe(before.webPid);
      await screen.type('s');
      await screen.shows(/^\$ devenv stop web {2}done/m);
      await screen.shows(/^[○·] web/m);
      await screen.type('s');
      await screen.shows(/^\$ devenv start web {2}done/m);
      await screen.shows(/^● web/m);
      await leave('d');
    });

    it('runs any verb, and shows what that prints', async () => {
      await attach();
      await screen.type(':status --json');
      await screen.press('Enter');
      await screen.shows(/"runtime": "\w+"/);
      await screen.press('Escape');
      await screen.shows(/^\$ devenv status --json {2}done/m);
      await screen.type(':open web --print');
      await screen.press('Enter');
      await screen.shows(/http:\/\/127\.0\.0\.1:\d+$/m);
      await screen.press('Escape');
      await screen.type(':resart web');
      await screen.press('Enter');
      await screen.shows(/unknown command 'resart'/);
      await screen.press('Escape');
      await leave('d');
    });

    it('shows what a verb prints that goes on, and ends it', async () => {
      await attach();
      await screen.type(':logs web --follow');
      await screen.press('Enter');
      await screen.shows(/^ctrl\+c: end it/m);
      await ask('/while-it-follows');
      await screen.shows(/^web +asked for \/while-it-follows$/m);
      await screen.press('C-c');
      await screen.shows(/^\$ devenv logs web --follow {2}exit code 130/m);
      await screen.press('Escape');
      await screen.shows(/│ 1 Logs/m);
      await leave('d');
    });

    it('shows where variables come from, and how the start went', async () => {
      await attach();
      await screen.type('2');
      const text = await screen.shows(/DATABASE_URL/);
      expect(text).toMatch(/postgres:\/\/postgres:\*\*\*\*@127\.0\.0\.1:\d+\/shop/);
      expect(text).toMatch(/from base \(devenv\.config\.yaml:\d+\)/);
      await select('web');
      await screen.shows(/│PORT +\d+\n.*from minted/m);
      await screen.type('4');
      await screen.shows(/│command +exec node web\.js$/m);
      await screen.shows(/│since +\d\d:\d\d:\d\d$/m);
      await select('all');
      await screen.type('3');
      await screen.shows(/│Ready in [\d.]+ m?s\.$/m);
      await screen.shows(/^.*│web: (ready|start) +█+ +[\d.]+ m?s/m);
      await screen.type('4');
      await screen.shows(/│project +shop$/m);
      await leave('d');
    });

    it('gives the terminal to psql and takes it back', async () => {
      await attach();
      await screen.type('p');
      await screen.shows(/^shop=#/m);
      await screen.line('select 6 * 7 as answer');
      await screen.line('\\g');
      await screen.shows(/^ +42$/m);
      await screen.line('\\q');
      await screen.shows(/^\$ devenv psql --service db {2}done/m);
      await leave('d');
    });

    it('goes on after a client that ended badly, and shows what one said that ended well', async () => {
      await attach();
      await screen.type(":psql -c 'select bogus'");
      await screen.press('Enter');
      await screen.shows(/^Exit code 1\. Any key: back to devenv/m);
      await screen.press('Enter');
      await screen.shows(/^\$ devenv psql -c 'select bogus' {2}exit code 1/m);
      await screen.type(":psql -c 'select 6 * 7'");
      await screen.press('Enter');
      await screen.shows(/^ +42[\s\S]*^Any key: back to devenv/m);
      await screen.type(' ');
      await screen.shows(/^\$ devenv psql -c 'select 6 \* 7' {2}done/m);
      await screen.type('4');
      await screen.shows(/│project +shop$/m);
      await screen.type('1');
      await leave('d');
    });

    it('lets no other screen into itself, and shows no other checkout', async () => {
      const other = await machine.project('other', {
        'devenv.config.yaml': 'processes: { idle: { command: "exit 1" } }',
      });
      await attach();
      await screen.type(':demo somewhere');
      await screen.press('Enter');
      await screen.shows(/exit code 2 +x: all of it +Error: it opens a screen of its own/);
      await screen.press('Escape');
      await screen.type(`:up --runtime embedded --cwd ${other.path}`);
      await screen.press('Enter');
      await screen.shows(/exit code 4/);
      expect(await screen.shows(/^● web/m)).toMatch(/^shop /m);
      await leave('d');
      await other.ok(['down']);
    });

    it.each([
      ['Ctrl-Z', () => screen.press('C-z')],
      ['SIGTSTP', async () => process.kill(await ownProcess(), 'SIGTSTP')],
    ])('goes to the shell on %s, and comes back', async (_how, stop) => {
      await attach();
      await stop();
      await screen.sees(/Stopped/);
      expect(await screen.isItself()).toBe(true);
      await screen.line('echo in the "shell"');
      await screen.sees(/^in the shell$/m);
      await screen.line('fg');
      await screen.shows(/3\/3 ready/);
      await screen.type('4');
      await screen.shows(/│project +shop$/m);
      await screen.type('1q');
      await screen.shows(/^Detach or stop\?/m);
      await screen.type('d');
      // The shell does not tell the exit code of what it has continued.
      await screen.sees(/^Detached.*\n\S+ ?$/m);
      await expectSameTerminal();
    });

    it('fits itself to the terminal', async () => {
      await attach();
      await screen.resize(80, 24);
      const small = await screen.shows(/^all {27}│[\s\S]*^● web +\d+ % +\d+ MB *│/m);
      expect(small).toMatch(/^✔ migrate +done *│/m);
      expect(small).toMatch(/^\? keys {2}q quit {2}\/ filter {2}: verb/m);
      expect(small.split('\n').every((line) => line.length <= 80)).toBe(true);
      await screen.resize(20, 5);
      await screen.shows(/^Too small\.\n20x5, needs/m);
      await screen.type('q');
      await screen.shows(/^Detach or stop\?\nd detach\ns stop\nc cancel$/m);
      await screen.type('c');
      await screen.shows(/^Too small\./m);
      await screen.resize(200, 60);
      await screen.shows(/^● web/m);
      const up = await ownProcess();
      for (let round = 0; round < 200; round += 1) process.kill(up, 'SIGWINCH');
      await screen.type('?');
      await screen.shows(/^Everywhere$/m);
      await screen.press('Escape');
      await screen.resize(160, 50);
      await leave('d');
    });

    it('may be open twice', async () => {
      await using other = await openScreen(shop);
      await attach();
      await other.devenv('attach');
      await other.shows(/3\/3 ready/);
      await screen.type(':stop web');
      await screen.press('Enter');
      await other.shows(/^[○·] web/m);
      await other.type('u');
      await screen.shows(/^● web/m);
      await other.type('q');
      await other.press('Enter');
      expect(await other.ended()).toBe(0);
      await screen.shows(/3\/3 ready/);
      await leave('d');
    });

    it('has no colours where none are wanted, and some elsewhere', async () => {
      const color = /\u001b\[[\d;]*3[1-6]m/;
      await attach();
      expect(await screen.shows(/● web/, { looks: true })).not.toMatch(color);
      await leave('d');
      await screen.line('unset NO_COLOR');
      await attach();
      expect(await screen.shows(/web/, { looks: true })).toMatch(color);
      await leave('d');
    });

    it('has nothing but ASCII where the locale knows no Unicode', async () => {
      await screen.line('export LC_ALL=C');
      await attach();
      await screen.resize(80, 24);
      // What is cut off says so.
      const text = await screen.shows(/^\* web[\s\S]*>$/m);
      expect(text).toMatch(/^[\n\x20-\x7e]*$/);
      await screen.resize(160, 50);
      await screen.shows(/^.{100}/m);
      await leave('d');
    });

    it('stays with what failed', async () => {
      await screen.devenv(`up --set 'processes.migrate.command="echo no such table; exit 3"'`);
      await screen.shows(/^migrate is not ready: exited with 3/m);
      await screen.shows(/│migrate +no such table/m);
      await select('migrate');
      await screen.type('3');
      await screen.shows(
        /│Failed after [\d.]+ m?s\.\n.*│migrate is not ready: exited with 3\n.*│ +devenv logs migrate/m,
      );
      await screen.shows(/^migrate is not ready: exited with 3/m);
      await screen.type('1');
      await leave('d', 4);
      const left = await screen.sees(/^Detached: what runs goes on running/m);
      expect(left).toMatch(/^Error: migrate is not ready: exited with 3\n {2}devenv logs migrate/m);

      await screen.devenv(`up --set 'processes.migrate.command="echo no such table; exit 3"'`);
      await screen.shows(/^migrate is not ready: exited with 3/m);
      await screen.type(`:up --set 'processes.migrate.command="echo made"'`);
      await screen.press('Enter');
      await screen.shows(/3\/3 ready/);
      // It was mended since.
      await leave('d');
      await shop.ok(['up', '--detach']);
    });

    it('is left by Ctrl-C while it starts', async () => {
      await screen.devenv(`up --set 'processes.migrate.command="sleep 300"'`);
      await screen.shows(/migrate +starting|◐ migrate/m);
      await screen.press('C-c');
      expect(await screen.ended()).toBe(130);
      await screen.sees(/Interrupted by SIGINT/);
      await expectSameTerminal();
      await shop.ok(['up', '--detach']);
    });

    it.each([
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ] as const)('gives the terminal back on %s', async (signal, code) => {
      await attach();
      process.kill(await ownProcess(), signal);
      expect(await screen.ended()).toBe(code);
      await expectSameTerminal();
      await expectWhole(shop, runtime);
    });

    it('leaves everything running when the terminal goes away', async () => {
      await attach();
      const pid = await ownProcess();
      await screen.hangUp();
      await until('it has ended', async () => (await ownProcesses()).every((own) => own.pid !== pid));
      await expectWhole(shop, runtime);
    });

    it('asks before it deletes data, and stops', async () => {
      const { id } = await expectWhole(shop, runtime);
      await attach();
      await screen.type('D');
      await screen.shows(/^Delete the data of db and stop everything\?/m);
      await screen.resize(50, 20);
      // All of it, over as many lines as it needs.
      await screen.shows(/^Delete the data of db[\s\S]*can't be brought[\s\S]*^y delete/m);
      await screen.resize(160, 50);
      await screen.shows(/^.{100}/m);
      await screen.type('n');
      await screen.shows(/nothing was deleted/);
      await screen.press('Escape');
      await expectWhole(shop, runtime);
      await leave('s');
      await screen.sees(/^db +gone[\s\S]*^Stopped\. The data stays\.$/m);
      await shop.ok(['down', '--data', '--yes']);
      await expectGone(machine, id, runtime);
    });

    async function attach(): Promise<void> {
      // Whatever an earlier test has left.
      await shop.ok(['up', '--detach']);
      await screen.devenv('attach');
      await screen.shows(/3\/3 ready/);
    }

    async function select(name: string): Promise<void> {
      const names = ['all', 'db', 'migrate', 'web'];
      await screen.press('Escape');
      for (let step = 0; step < names.length; step += 1) await screen.type('k');
      for (let step = 0; step < names.indexOf(name); step += 1) await screen.type('j');
    }

    async function leave(how: 'd' | 's', code = 0): Promise<void> {
      await screen.type('q');
      await screen.shows(/^Detach or stop\?/m);
      await screen.type(how);
      expect(await screen.ended()).toBe(code);
      await expectSameTerminal();
    }

    async function ask(path: string): Promise<void> {
      const { processes } = await shop.json<{ processes: { name: string; url: string }[] }>(['status', '--json']);
      await fetch(new URL(path, processes.find(({ name }) => name === 'web')?.url));
    }

    async function ownProcesses() {
      const all = await processesWith(BIN);
      const home = `HOME=${machine.folder}`;
      return all.filter(
        ({ variables, command }) => variables.some((one) => one.startsWith(home)) && / (attach|up)( |$)/.test(command),
      );
    }

    async function ownProcess(): Promise<number> {
      const [found] = (await ownProcesses()).filter(({ command }) => command.startsWith('node'));
      return found?.pid ?? 0;
    }

    async function expectSameTerminal(): Promise<void> {
      await until('the terminal is itself', () => screen.isItself());
      await screen.line('stty -a > after.txt; echo "written"');
      await screen.sees(/^written$/m);
      const [before, after] = await Promise.all(
        ['before.txt', 'after.txt'].map((name) => readFile(join(shop.path, name), 'utf8')),
      );
      expect(after).toBe(before);
    }
  });
});
