import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { queryPostgres } from '../support/clients.ts';
import { processesWith } from '../support/processes.ts';
import { BIN, dockerHost, type Machine, makeMachine, type Project, testedRuntimes } from '../support/project.ts';
import { hasTmux, openScreen, type Screen } from '../support/screen.ts';
import { until } from '../support/until.ts';
import { expectGone, expectWhole, planOf, shopFiles } from '../support/whole-shop.ts';

/** A start-up that waits until it is interrupted. */
const ENDLESS = `up --plain --set 'processes.migrate.command="sleep 300"'`;

describe.skipIf(!hasTmux).each(testedRuntimes)('devenv in a terminal (tmux), on %s', (runtime) => {
  describe.skipIf(runtime === 'docker' && !dockerHost)('with a person at it', () => {
    let machine: Machine;
    let shop: Project;
    let screen: Screen;

    beforeAll(async () => {
      machine = await makeMachine();
      shop = await machine.project('shop', shopFiles(runtime));
    });
    afterAll(() => machine[Symbol.asyncDispose]());
    beforeEach(async () => {
      screen = await openScreen(shop);
    });
    afterEach(() => screen[Symbol.asyncDispose]());

    it('says where it runs and what it does, follows the logs, and detaches', async () => {
      await screen.devenv('up --plain');
      const text = await screen.sees(/Following the logs; Ctrl-C to leave/);
      const [first = ''] = text
        .slice(text.indexOf('exit=$?"') + 'exit=$?"'.length)
        .trimStart()
        .split('\n');
      expect(first).toMatch(runtime === 'docker' ? /^docker {2}\w+ [\d.]+.* at unix:/ : /^embedded {2}as asked for/);
      expect(text).toMatch(/^db +creating/m);
      expect(text).toMatch(/^db +ready after/m);
      expect(text).toMatch(/^web +starting[\s\S]*^web +ready after/m);
      expect(text).toMatch(/^Ready in /m);

      const url = /^web +(http:\S+)$/m.exec(text)?.[1];
      const databaseUrl = await (await fetch(`${url}/by-the-test`)).text();
      await screen.sees(/^web +│ asked for \/by-the-test$/m);
      await queryPostgres(databaseUrl, "create table kept as select 'still here' as word");

      await screen.press('C-c');
      await screen.sees(/Detach or stop\?/);
      await screen.line('d');
      expect(await screen.ended()).toBe(0);
      await screen.sees(/^Detached: everything goes on running/m);
      await expectWhole(shop, runtime);
    });

    it('stops when that is the answer, and keeps the data', async () => {
      await screen.devenv('up --plain');
      expect(await screen.sees(/Following the logs/)).toContain('Nothing to do.');
      await screen.press('C-c');
      await screen.sees(/Detach or stop\?/);
      await screen.line('s');
      expect(await screen.ended()).toBe(0);
      await screen.sees(/^Stopped\. The data stays\.$/m);
      expect((await planOf(shop, ['up', '--dry-run'])).length).toBeGreaterThan(0);
      expect(await processesWith('DVE_ENVIRONMENT=').then((all) => all.filter(isOf(machine)))).toEqual([]);
      await shop.ok(['up', '--detach']);
      const { databaseUrl } = await expectWhole(shop, runtime);
      expect(await queryPostgres(databaseUrl, 'select word from kept')).toBe('still here');
    });

    it('asks again what it does not understand, and takes another Ctrl-C for leaving all as it is', async () => {
      await screen.devenv('up --plain');
      await screen.sees(/Following the logs/);
      await screen.press('C-c');
      await screen.sees(/Detach or stop\?/);
      await screen.line('what');
      await screen.sees(/Detach or stop\?[\s\S]*Detach or stop\?/);
      await screen.press('C-c');
      expect(await screen.ended()).toBe(0);
      await expectWhole(shop, runtime);
    });

    it('can be interrupted while it starts, and goes on the next time', async () => {
      await shop.ok(['down']);
      await screen.devenv(ENDLESS);
      await screen.sees(/^migrate +starting/m);
      await screen.press('C-c');
      expect(await screen.ended()).toBe(130);
      const text = await screen.sees(/Interrupted by SIGINT/);
      expect(text.match(/interrupt|error|abort|bug/gi)).toHaveLength(1);
      await shop.ok(['up', '--detach']);
      await expectWhole(shop, runtime);
    });

    it('says that it is ending, and ends at once when it is asked again', async () => {
      await shop.ok(['down']);
      await screen.devenv(`up --plain --set 'hooks.ready="trap : TERM; echo begun; while :; do sleep 1; done"'`);
      await screen.sees(/^hooks\.ready +begun/m);
      await screen.press('C-c');
      await screen.sees(/^Ending what was begun; Ctrl-C again ends at once\.$/m);
      await screen.press('C-c');
      expect(await screen.ended()).toBe(130);
      await screen.sees(/^Ended at once\. devenv up mends what was left half-made\.$/m);
      // As after any end without an end, the hook goes on until the next run of it, or this.
      await shop.ok(['down']);
      await shop.ok(['up', '--detach']);
      await expectWhole(shop, runtime);
    });

    it('lets nothing that an app prints touch the terminal', async () => {
      const bytes = '\u001b[?1049h\u001b[?25l\u001b]52;c;aGFja2Vk\u0007heard';
      const loud = await machine.project('loud', {
        'devenv.config.json': JSON.stringify({ processes: { loud: { command: 'cat loud.txt; exec sleep 300' } } }),
        'loud.txt': `${bytes}\n`,
      });
      await loud.ok(['up', '--detach', '--runtime', 'embedded']);
      // For another program it stays what it is.
      expect((await loud.ok(['logs', 'loud'])).stdout).toContain(bytes);
      await using terminal = await openScreen(loud);
      await terminal.devenv('logs loud');
      await terminal.sees(/^loud +heard$/m);
      expect(await terminal.isItself()).toBe(true);
      expect(await terminal.clipboard()).toBe('');
    });

    it('ends following when nobody reads it any more', async () => {
      await screen.line('bash -c "set -o pipefail; node $BIN logs --follow | head -n 1"; echo "piped=$?"');
      await screen.sees(/^piped=141$/m);
    });

    it('can be terminated while it starts', async () => {
      await shop.ok(['down']);
      await screen.devenv(ENDLESS);
      await screen.sees(/^migrate +starting/m);
      process.kill(await upProcess(), 'SIGTERM');
      expect(await screen.ended()).toBe(143);
      await screen.sees(/^Interrupted by SIGTERM/m);
      await shop.ok(['up', '--detach']);
      await expectWhole(shop, runtime);
    });

    it('can be terminated while it follows, and while it asks', async () => {
      for (const asked of [false, true]) {
        await screen.devenv('up --plain');
        await screen.sees(/Following the logs/);
        if (asked) {
          await screen.press('C-c');
          await screen.sees(/Detach or stop\?/);
        }
        process.kill(await upProcess(), 'SIGTERM');
        expect(await screen.ended()).toBe(143);
        await screen.sees(/^Interrupted by SIGTERM/m);
      }
      await expectWhole(shop, runtime);
    });

    it('leaves everything running when the terminal goes away', async () => {
      await shop.ok(['down']);
      // The shell outlives its terminal, to write down how devenv ended.
      await screen.line(`sh -c 'trap : HUP; node $BIN up --plain; echo $? > code.txt'`);
      await screen.sees(/Following the logs/);
      await screen.hangUp();
      const code = () => readFile(join(shop.path, 'code.txt'), 'utf8').catch(() => '');
      await until('up has ended', async () => (await code()) !== '');
      expect(await code()).toBe('129\n');
      await expectWhole(shop, runtime);
    });

    it('gives the terminal to psql and takes it back as it was', async () => {
      await screen.line('stty -a > before.txt');
      await screen.devenv('psql');
      await screen.sees(/^shop=# $|^shop=#$/m);
      await screen.line('select 6 * 7 as answer;');
      await screen.sees(/^ +42$/m);
      await screen.line('select pg_sleep(300);');
      await until('the query runs', async () => (await activeQueries()) === 1);
      await screen.press('C-c');
      await screen.sees(/canceling statement due to user request/);
      await screen.line('\\q');
      expect(await screen.ended()).toBe(0);
      await expectSameTerminal();
    });

    it('opens a shell beside a service', async () => {
      await screen.line('stty -a > before.txt');
      await screen.devenv('shell db');
      await screen.sees(/exit=\$\?"\n+.*[$#>] ?$/m);
      await screen.line('echo "in $((6 * 7))"');
      await screen.sees(/^in 42$/m);
      await screen.line('exit 3');
      expect(await screen.ended()).toBe(3);
      await expectSameTerminal();
    });

    it('asks before it deletes data', async () => {
      const { id } = await expectWhole(shop, runtime);
      for (const no of [() => screen.line('n'), () => screen.press('C-c')]) {
        await screen.devenv('down --data');
        await screen.sees(/Delete the data of db and stop everything\?/);
        await no();
        expect(await screen.ended()).toBe(5);
        await screen.sees(/nothing was deleted/);
      }
      await expectWhole(shop, runtime);

      await screen.devenv('down --data');
      await screen.sees(/Delete the data of db and stop everything\?/);
      await screen.line('y');
      expect(await screen.ended()).toBe(0);
      await expectGone(machine, id, runtime);
    });

    const ownProcesses = async () => (await processesWith(BIN)).filter(isOf(machine));

    async function upProcess(): Promise<number> {
      const [found] = (await ownProcesses()).filter(({ command }) => command.startsWith('node'));
      return found?.pid ?? 0;
    }

    async function activeQueries(): Promise<unknown> {
      const { databaseUrl } = await expectWhole(shop, runtime);
      return queryPostgres(
        databaseUrl,
        `select count(*)::int from pg_stat_activity where query like '%pg_sleep(300)%' and pid <> pg_backend_pid()`,
      );
    }

    async function expectSameTerminal(): Promise<void> {
      await screen.line('stty -a > after.txt; echo "written"');
      await screen.sees(/^written$/m);
      const [before, after] = await Promise.all(
        ['before.txt', 'after.txt'].map((name) => readFile(join(shop.path, name), 'utf8')),
      );
      expect(before).toContain('icanon');
      expect(after).toBe(before);
    }
  });
});

function isOf({ folder }: Machine): (found: { readonly variables: readonly string[] }) => boolean {
  return ({ variables }) => variables.some((variable) => variable.startsWith(`HOME=${folder}`));
}
