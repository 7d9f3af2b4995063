import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import type { Status } from '../../src/app/status.ts';
import { Label } from '../../src/core/labels.ts';
import { engineObjects, NO_OBJECTS } from '../support/engine-objects.ts';
import { type EngineProxy, proxyEngine } from '../support/engine-proxy.ts';
import { expectFailure } from '../support/failure.ts';
import { processesWith } from '../support/processes.ts';
import { BIN, codeOf, dockerHost, type Machine, makeMachine, type Project } from '../support/project.ts';
import { canMount, isRoot, mountDisk, readOnlyFolder } from '../support/small-disk.ts';
import { until } from '../support/until.ts';

const FILE = 'devenv.config.json';

/** Listens on its port once the file `go` is there. */
const SERVER = `const { existsSync } = require('fs');
console.log('waiting');
const timer = setInterval(() => {
  if (!existsSync('go')) return;
  clearInterval(timer);
  require('http').createServer((_, response) => response.end('here')).listen(process.env.PORT, '127.0.0.1');
}, 20);`;
const waiting = () => ({ web: { command: 'node server.js', port: ownPort() } });

/** Machines know nothing of each other's ports, and these tests run side by side. */
let lastPort = 13_000 + (process.pid % 1_000);
function ownPort(): number {
  lastPort += 1;
  return lastPort;
}

function config(content: object): Readonly<Record<string, string>> {
  return { [FILE]: JSON.stringify({ runtime: 'embedded', ...content }), 'server.js': SERVER };
}

async function states(project: Project): Promise<Readonly<Record<string, string>>> {
  const { services, processes } = await project.json<Status>(['status', '--json']);
  return Object.fromEntries([...services, ...processes].map(({ name, state }) => [name, state]));
}

const listed = async (project: Project) =>
  (await project.json<{ path: string }[]>(['ls', '--json'])).filter(({ path }) => path === project.path);

describe.concurrent('a process that does not start', () => {
  interface Case {
    readonly what: string;
    readonly process: object;
    readonly says: readonly (string | RegExp)[];
    readonly logs?: string;
  }
  const cases: readonly Case[] = [
    {
      what: 'never listens',
      process: { command: 'echo warming up; exec sleep 100', port: ownPort(), ready: { timeout: 1 } },
      says: ['web is not ready: 127.0.0.1:', 'connection refused for 1 s'],
      logs: 'warming up',
    },
    {
      what: 'listens on another port',
      process: {
        command: `exec node -e "require('net').createServer().listen(0, '127.0.0.1')"`,
        port: ownPort(),
        ready: { timeout: 2 },
      },
      says: [/connection refused for 2 s; it listens on 127\.0\.0\.1:\d+/],
    },
    {
      what: 'answers with an error',
      process: {
        command: `exec node -e "require('http').createServer((_, r) => r.writeHead(500).end()).listen(process.env.PORT, '127.0.0.1')"`,
        port: ownPort(),
        ready: { http: '/health', timeout: 1 },
      },
      says: [/web is not ready: GET http:\/\/127\.0\.0\.1:\d+\/health: .*500/],
    },
    { what: 'fails at once', process: { command: 'echo boom; exit 3' }, says: ['exited with 3'], logs: 'boom' },
    { what: 'ends at once', process: { command: 'echo bye', port: ownPort() }, says: ['exited with 0'], logs: 'bye' },
    {
      what: 'fails though it runs once',
      process: { command: 'echo no table >&2; exit 9', once: true },
      says: ['exited with 9'],
      logs: 'no table',
    },
    {
      what: 'has a command that does not exist',
      process: { command: 'no-such-program --port 1' },
      says: ['exited with 127: there is no such command'],
      logs: 'no-such-program: not found',
    },
    { what: 'has a folder that does not exist', process: { command: 'sleep 100', cwd: 'nowhere' }, says: ['nowhere'] },
  ];

  it.each(cases)('because it $what', async ({ process, says, logs }) => {
    await using machine = await makeMachine();
    const env = { API_TOKEN: 'hunter2' };
    const project = await machine.project('shop', config({ processes: { web: process }, env }));
    const result = await project.devenv(['up', '--detach']);
    expectFailure(result, { code: 4, says: [...says, 'devenv logs web'], hides: ['hunter2'] });
    if (logs) {
      expect(result.stderr).toMatch(/^The last (line|5 lines) of web:\nweb │ /m);
      expect(result.stderr).toContain(logs);
      expect((await project.ok(['logs', 'web'])).stdout).toContain(logs);
    }

    await project.write(config({ processes: { web: { command: 'exec sleep 100' } }, env }));
    await project.ok(['up', '--detach']);
    expect(await states(project)).toEqual({ web: 'ready' });
  });

  it('because what it needs does not', async () => {
    await using machine = await makeMachine();
    const processes = { migrate: { command: 'exit 1', once: true }, web: { command: 'sleep 100', needs: ['migrate'] } };
    const project = await machine.project('shop', config({ processes }));
    expectFailure(await project.devenv(['up', '--detach']), { code: 4, says: ['migrate is not ready: exited with 1'] });
    expect(await states(project)).toEqual({ migrate: 'failed', web: 'missing' });
  });

  it('and is named beside another that does not', async () => {
    await using machine = await makeMachine();
    const processes = {
      web: { command: 'exit 3', restart: 'no' },
      worker: { command: 'exit 4', restart: 'no' },
    };
    const project = await machine.project('shop', config({ processes }));
    expectFailure(await project.devenv(['up', '--detach']), {
      code: 4,
      says: ['web is not ready: exited with 3', 'worker is not ready: exited with 4', 'devenv logs web', 'logs worker'],
    });
  });

  it('or a hook that fails', async () => {
    await using machine = await makeMachine();
    const hooks = { ready: 'echo seeding; exit 7' };
    const project = await machine.project('shop', config({ processes: { web: { command: 'exec sleep 100' } }, hooks }));
    const says = ['the hook "echo seeding; exit 7" exited with 7', 'seeding', "sh -c 'echo seeding; exit 7'"];
    expectFailure(await project.devenv(['up', '--detach']), { code: 4, says });
  });

  it('and is no longer waited for on a port that it no longer has', async () => {
    await using machine = await makeMachine();
    const project = await machine.project('shop', config({ processes: waiting() }));
    expectFailure(await project.devenv(['up', '--detach', '--timeout', '2s']), {
      code: 124,
      says: ['not everything was ready within 2 s', /web is not ready: 127.0.0.1:\d+: connection refused/],
    });
    await project.write(config({ processes: { web: { command: 'exec sleep 100' } } }));
    await project.ok(['up', '--detach', '--timeout', '20s']);
    expect(await states(project)).toEqual({ web: 'ready' });
  });

  it('in time, but later', async () => {
    await using machine = await makeMachine();
    const project = await machine.project('shop', config({ processes: waiting() }));
    expect((await project.devenv(['up', '--detach', '--timeout', '500ms'])).code).toBe(124);
    await project.write({ go: '' });
    await project.ok(['up', '--detach']);
    expect(await states(project)).toEqual({ web: 'ready' });
  });
});

describe.concurrent('a process that prints very much', () => {
  it('keeps nobody waiting and loses nothing', async () => {
    await using machine = await makeMachine();
    const processes = { web: { command: 'seq 1 50000; echo end; exec sleep 100' } };
    const project = await machine.project('shop', config({ processes }));
    await project.ok(['up', '--detach']);
    const lines = await until('all lines are there', async () => {
      const { stdout } = await project.ok(['logs', 'web']);
      return stdout.endsWith(' end') && stdout.split('\n').map((line) => line.replace(/^web +/, ''));
    });
    expect(lines).toEqual([...Array.from({ length: 50_000 }, (_, index) => String(index + 1)), 'end']);
    expect((await project.ok(['logs', 'web', '--tail', '2'])).stdout.split('\n')).toHaveLength(2);
  });
});

describe.concurrent('up that is interrupted', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('by %s ends with %d, and the next one goes on', async (signal, code) => {
    await using machine = await makeMachine();
    const project = await machine.project('shop', config({ processes: waiting() }));
    const running = start(machine, project, ['up', '--detach']);
    let stderr = '';
    running.stderr?.on('data', (chunk) => {
      stderr += chunk;
    });
    await until('it waits', () => /web +starting/.test(stderr));
    running.kill(signal);
    const { exitCode, signal: died } = await running;
    expectFailure(
      { code: exitCode ?? codeOf(died), stdout: '', stderr },
      { code, says: [`Interrupted by ${signal}`, 'devenv up'] },
    );

    await project.write({ go: '' });
    await project.ok(['up', '--detach']);
    expect(await states(project)).toEqual({ web: 'ready' });
    await project.ok(['down', '--data', '--yes']);
    expect(await processesWith(machine.folder)).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')('by a terminal that goes away leaves everything running', async () => {
    await using machine = await makeMachine();
    const project = await machine.project('shop', { ...config({ processes: waiting() }), go: '' });
    // script(1) holds the terminal; once it is killed nobody does.
    const line = `exec "${process.execPath}" "${BIN}" up --plain`;
    const options = { cwd: project.path, env: machine.env, extendEnv: false, reject: false, stdin: 'pipe' } as const;
    const terminal = execa('script', ['--quiet', '--flush', '--command', line, '/dev/null'], options);
    let shown = '';
    terminal.stdout?.on('data', (chunk) => {
      shown += chunk;
    });
    await until('it follows the logs', () => shown.includes('Following the logs'));
    const command = await until('it runs', async () =>
      (await processesWith(machine.folder)).find((found) => found.command.endsWith(`${BIN} up --plain`)),
    );
    terminal.kill('SIGKILL');
    await terminal;
    await until('it has ended', async () =>
      (await processesWith(machine.folder)).every(({ pid }) => pid !== command.pid),
    );
    expect(await states(project)).toEqual({ web: 'ready' });
  });
});

function start(machine: Machine, project: Project, args: readonly string[]) {
  const options = { cwd: project.path, env: machine.env, extendEnv: false, reject: false, stdin: 'ignore' } as const;
  return execa(process.execPath, [BIN, ...args], options);
}

describe.concurrent('an unreadable .env', () => {
  const kinds: readonly (readonly [what: string, make: string, says: string])[] = [
    ['a folder', 'mkdir .env', 'it is a folder'],
    ['a pipe', 'mkfifo .env', 'it is not a regular file'],
    ['no text', "printf 'SECRET=hunter2\\377' > .env", 'it is not UTF-8 text'],
    ['a link to itself', 'ln -s .env .env', 'it is a link that leads to itself'],
  ];
  it.each(kinds)('is reported: %s', async (_, make, says) => {
    await using machine = await makeMachine();
    const project = await machine.project('shop', config({}));
    await execa('sh', ['-c', make], { cwd: project.path });
    const result = await project.devenv(['up', '--detach']);
    expectFailure(result, { code: 2, says: [`.env: can't be read: ${says}`], hides: ['hunter2'] });
    await rm(join(project.path, '.env'), { recursive: true });
  });

  // To root every file is readable.
  const nobody = isRoot ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : ['env'];
  const canRun = spawnSync(nobody[0] ?? '', [...nobody.slice(1), process.execPath, BIN, '--version']).status === 0;
  it.skipIf(!canRun)('is reported: no permission', async () => {
    await using machine = await makeMachine();
    const project = await machine.project('shop', { ...config({}), '.env': 'SECRET=hunter2' });
    await chmod(join(project.path, '.env'), 0);
    const [file = '', ...args] = [...nobody, process.execPath, BIN, 'up', '--detach'];
    const options = { cwd: project.path, env: machine.env, extendEnv: false, reject: false } as const;
    const { exitCode = -1, stdout, stderr } = await execa(file, args, options);
    const says = [".env: can't be read: permission denied"];
    expectFailure({ code: exitCode, stdout, stderr }, { code: 2, says, hides: ['hunter2'] });
    await chmod(join(project.path, '.env'), 0o600);
  });
});

describe.concurrent('a configuration that broke while it ran', () => {
  it.each([
    ['broken YAML', `printf '{ "processes": [' > ${FILE}`],
    ['an unreadable .env', 'mkdir .env'],
    ['a second configuration', 'echo "processes: {}" > devenv.config.yaml'],
  ])('does not keep down from ending it: %s', async (_, make) => {
    await using machine = await makeMachine();
    const project = await machine.project('shop', config({ processes: { web: { command: 'exec sleep 100' } } }));
    await project.ok(['up', '--detach']);
    await execa('sh', ['-c', make], { cwd: project.path });
    expect((await project.devenv(['status'])).code).toBe(2);
    await project.ok(['down', '--data', '--yes']);
    expect(await processesWith(machine.folder)).toEqual([]);
  });
});

describe.concurrent('a checkout', () => {
  it('needs no git', async () => {
    await using machine = await makeMachine();
    const tools = join(machine.folder, 'bin');
    await mkdir(tools);
    await execa('sh', ['-c', 'for tool in node sh mkfifo sleep rm; do ln -s "$(command -v $tool)" "$0"; done', tools]);
    const project = await machine.project('shop', config({ processes: { web: { command: 'exec sleep 100' } } }));
    const { stderr } = await project.ok(['up', '--detach'], { env: { ...machine.env, PATH: tools } });
    expect(stderr).toContain('its path, because git is not installed');
    expect(await states(project)).toEqual({ web: 'ready' });
  });

  it.each([
    ['a broken repository', 'mkdir -p .git && echo garbage > .git/HEAD'],
    ['a worktree whose repository is gone', 'echo "gitdir: /no/such/place" > .git'],
  ])('may be in %s', async (_, make) => {
    await using machine = await makeMachine();
    const project = await machine.project('shop', config({ processes: { web: { command: 'exec sleep 100' } } }));
    await execa('sh', ['-c', make], { cwd: project.path });
    expect((await project.ok(['up', '--detach'])).stderr).toContain('its path, because ');
    expect(await states(project)).toEqual({ web: 'ready' });
  });
});

describe.skipIf(!isRoot)('a new folder for everything', () => {
  it('is no place that servers, which run as another user, can not get to', async () => {
    await using machine = await makeMachine();
    const project = await machine.project('shop', config({ services: { cache: { engine: 'redis', version: '7' } } }));
    const place = (name: string) => join(machine.folder, 'new', name);
    const env = { ...machine.env, XDG_STATE_HOME: place('s'), XDG_DATA_HOME: place('d'), XDG_RUNTIME_DIR: place('r') };
    await project.ok(['up', '--detach'], { env });
    expect((await project.ok(['redis', 'PING'], { env })).stdout.trim()).toBe('PONG');
    expect((await stat(join(place('s'), 'devenv-cli'))).mode & 0o077).toBe(0);
    await project.ok(['down', '--data', '--yes'], { env });
  });
});

describe.skipIf(isRoot && !canMount)('a read-only folder', () => {
  it('of the project is no hindrance', async () => {
    await using machine = await makeMachine();
    const project = await machine.project('shop', config({ processes: { web: { command: 'exec sleep 100' } } }));
    const files = config({ processes: { web: { command: 'exec sleep 100' } } });
    await using _folder = await readOnlyFolder(project.path, async () => {
      await project.write(files);
      await execa('git', ['init', '--quiet'], { cwd: project.path });
    });
    const { stderr } = await project.ok(['up', '--detach']);
    expect(stderr).toContain("its path, because the git folder can't be written");
    expect(await states(project)).toEqual({ web: 'ready' });
    await project.ok(['down', '--data', '--yes']);
  });

  it.each([
    ['XDG_STATE_HOME', { processes: { web: { command: 'exec sleep 100' } } }],
    ['XDG_RUNTIME_DIR', { processes: { web: { command: 'exec sleep 100' } } }],
    ['XDG_DATA_HOME', { services: { db: { engine: 'postgres', version: '17' } } }],
  ] as const)('for %s is named', async (variable, content) => {
    await using machine = await makeMachine();
    const folder = join(machine.folder, 'read-only');
    await using _folder = await readOnlyFolder(folder, async () => {});
    const project = await machine.project('shop', config(content));
    const env = { ...machine.env, [variable]: folder };
    for (let attempt = 1; attempt <= 2; attempt++) {
      expectFailure(await project.devenv(['up', '--detach'], { env }), { code: 4, says: [join(folder, 'devenv-cli')] });
    }
    await project.ok(['up', '--detach']);
    expect(Object.values(await states(project))).toEqual(['ready']);
  });
});

describe.skipIf(!canMount)('a full disk', () => {
  const processes = { web: { command: 'exec sleep 100' } };

  it('for the state is named, nothing is started, and down still ends what runs', async () => {
    await using machine = await makeMachine();
    await using disk = await mountDisk(join(machine.folder, 'small'), '256k');
    const project = await machine.project('shop', config({ processes }));
    const env = { ...machine.env, XDG_STATE_HOME: disk.folder };
    await disk.fill();
    for (const verb of [['up', '--detach'], ['env'], ['status']]) {
      expectFailure(await project.devenv(verb, { env }), { code: 4, says: [/the disk is full: \/\S*small/] });
    }
    expect((await processesWith(machine.folder)).map(({ command }) => command)).toEqual([]);
    const { stdout } = await execa('find', [disk.folder, '-type', 'f', '-not', '-name', 'ballast']);
    expect(stdout).toBe('');

    await disk.empty();
    await project.ok(['up', '--detach'], { env });
    await disk.fill();
    await project.ok(['down'], { env });
    expect((await processesWith(machine.folder)).map(({ command }) => command)).toEqual([]);
    await disk.empty();
    await project.ok(['up', '--detach'], { env });
    await project.ok(['down', '--data', '--yes'], { env });
  });

  it('for the data is named, and the next up mends it', async () => {
    await using machine = await makeMachine();
    await using disk = await mountDisk(join(machine.folder, 'small'), '10m');
    const project = await machine.project('shop', config({ services: { db: { engine: 'postgres', version: '17' } } }));
    const env = { ...machine.env, XDG_DATA_HOME: disk.folder };
    expectFailure(await project.devenv(['up', '--detach'], { env }), {
      code: 4,
      says: [/the disk is full: \/\S*small/],
    });
    await disk.remount('size=500m');
    await project.ok(['up', '--detach'], { env });
    expect((await project.ok(['psql', '-Atc', 'select 6 * 7'], { env })).stdout.trim()).toBe('42');
    await project.ok(['down', '--data', '--yes'], { env });
  });
});

describe.concurrent('an engine that devenv does not work with', () => {
  const engines: readonly (readonly [host: string, says: string])[] = [
    ['tcp://10.0.0.1', 'the Docker engine at tcp://10.0.0.1 (DOCKER_HOST) is on another machine'],
    ['tcp://build.example:2376', 'is on another machine'],
    ['ssh://me@build.example', 'the Docker engine at ssh://me@build.example (DOCKER_HOST) is on another machine'],
    ['unix:///no/such.sock', 'unix:///no/such.sock (DOCKER_HOST): there is no such socket'],
    ['tcp://127.0.0.1:1', 'tcp://127.0.0.1:1 (DOCKER_HOST): nothing listens there'],
  ];
  it.each(engines)('is refused: %s', async (host, says) => {
    await using machine = await makeMachine({ DOCKER_HOST: host });
    const services = { cache: { engine: 'redis', version: '7' } };
    const project = await machine.project('shop', config({ runtime: 'docker', services }));
    for (const args of [['up', '--detach'], ['status'], ['logs'], ['psql']]) {
      expectFailure(await project.devenv(args), { code: 3, says: [says] });
    }
    // Ending the machine asks for an engine too.
    await project.write(config({}));
  });
});

describe.concurrent('a list without the engine', () => {
  const gone = { DOCKER_HOST: 'unix:///no/such.sock' };
  const notice = 'environments on it may be missing, or not be as listed: unix:///no/such.sock (DOCKER_HOST)';

  it('says what may be missing', async () => {
    await using machine = await makeMachine(gone);
    const project = await machine.project('shop', config({ processes: { web: { command: 'exec sleep 100' } } }));
    await project.ok(['up', '--detach']);
    const { stdout, stderr } = await project.ok(['ls', '--json']);
    expect((JSON.parse(stdout) as { path: string }[]).map(({ path }) => path)).toEqual([project.path]);
    expect(stderr).toContain(notice);
    await project.ok(['down', '--data', '--yes']);
    const none = await project.ok(['ls']);
    expect(none.stdout).toBe('');
    expect(none.stderr).toMatch(/^No Docker engine answers, .*: there is no such socket$/);
  });

  it.skipIf(!dockerHost)('still names what was made there, and does not call it ended', async () => {
    await using machine = await makeMachine();
    const services = { cache: { engine: 'redis', version: '7' } };
    const project = await machine.project('shop', config({ runtime: 'docker', services }));
    await project.ok(['up', '--detach']);
    const env = { ...machine.env, ...gone };
    const { stdout, stderr } = await project.ok(['ls', '--json'], { env });
    expect(JSON.parse(stdout)).toEqual([expect.objectContaining({ path: project.path, runtime: 'docker' })]);
    expect(stderr).toContain(notice);
    const [{ id }] = JSON.parse(stdout) as [{ id: string }];
    expectFailure(await project.devenv(['down', id], { env }), { code: 3, says: ['there is no such socket'] });
  });
});

describe.concurrent('what embedded can not give', () => {
  const limits: readonly (readonly [what: string, service: object, says: readonly string[]])[] = [
    [
      'an image',
      { image: 'axllent/mailpit:v1.20', ports: { web: 8025 } },
      ["can't run the image axllent/mailpit:v1.20"],
    ],
    ['an extension', { engine: 'postgres', version: '17', extensions: ['postgis'] }, ['has no extension postgis']],
    [
      'an extension that is misspelt, with its place',
      { engine: 'postgres', version: '17', extensions: ['citex'] },
      ['no extension citex (did you mean citext?) (services.extra.extensions in devenv.config.json:1)'],
    ],
    [
      'a locale',
      { engine: 'postgres', version: '17', locale: 'de_DE.UTF-8' },
      ["can't promise the locale de_DE.UTF-8"],
    ],
    [
      'a volume',
      { engine: 'postgres', version: '17', volumes: ['./init:/docker-entrypoint-initdb.d'] },
      ["can't mount volumes (./init:/docker-entrypoint-initdb.d)"],
    ],
    [
      'several of these',
      { engine: 'redis', version: '7', image: 'redis:7', volumes: ['a:/a'] },
      ["can't run the image redis:7", "extra: the embedded runtime can't mount volumes (a:/a)"],
    ],
  ];
  it.each(limits)('is said before anything starts: %s', async (_, service, says) => {
    await using machine = await makeMachine();
    const content = { services: { extra: service }, processes: { web: { command: 'exec sleep 100' } } };
    const project = await machine.project('shop', config(content));
    const result = await project.devenv(['up', '--detach']);
    expectFailure(result, { code: 3, says: ['extra: the embedded ', ...says, 'devenv up --runtime docker'] });
    expect(await processesWith(machine.folder)).toEqual([]);
    expect(await listed(project)).toEqual([]);
  });

  it('a program that is not there, looked for from the project, whatever version it might be', async () => {
    await using machine = await makeMachine();
    const services = { extra: { engine: 'redis', program: './nope' } };
    const project = await machine.project('shop', { ...config({ services }), 'src/here': '' });
    const result = await project.devenv(['up', '--detach'], { cwd: join(project.path, 'src') });
    const place = 'services.extra.program in devenv.config.json:1';
    expectFailure(result, { code: 3, says: [`extra: ${join(project.path, 'nope')} is not there (${place})`] });
    expect(result.stderr).not.toMatch(/version|apt-get/);
  });

  it('is no reason to lose sight of what runs', async () => {
    await using machine = await makeMachine();
    const services = (more: object) => ({ services: { db: { engine: 'postgres', version: '17', ...more } } });
    const project = await machine.project('shop', config(services({})));
    await project.ok(['up', '--detach']);
    await project.write(config(services({ extensions: ['postgis'] })));
    expectFailure(await project.devenv(['up', '--detach']), { code: 3, says: ['has no extension postgis'] });
    expect((await project.json<Status>(['status', '--json'])).services).toMatchObject([{ name: 'db', version: '17' }]);
    expect((await project.ok(['psql', '-Atc', 'select 6 * 7'])).stdout.trim()).toBe('42');
    expect((await project.ok(['logs', 'db'])).stdout).toContain('ready to accept connections');
    await project.ok(['env']);
    await project.ok(['down']);
  });
});

describe.skipIf(!dockerHost)('on Docker', () => {
  const services = {
    cache: { engine: 'redis', version: '7' },
    mail: { image: 'devenv-test/http:1', ports: { web: 8025 } },
  };
  const processes = { web: { command: 'exec sleep 100', needs: ['cache', 'mail'] } };
  const ready = { cache: 'ready', mail: 'ready', web: 'ready' };
  /** On a busy machine one probe may be late. */
  const allReady = (project: Project) =>
    until('all are ready', async () => isDeepStrictEqual(await states(project), ready));
  const objectsOf = (project: Project) => engineObjects(`${Label.path}=${project.path}`);

  describe.concurrent('an image that can not be had', () => {
    const missing = { services: { ...services, nope: { image: 'registry.invalid/no/such:1', ports: { web: 80 } } } };
    it.each([
      ['a pull that fails', [], 4, "the image registry.invalid/no/such:1 can't be pulled"],
      ['--offline', ['--offline'], 3, 'is not on this machine, and --offline forbids to pull it'],
    ] as const)('ends before anything is made: %s', async (_, flags, code, says) => {
      await using machine = await makeMachine();
      const project = await machine.project('shop', config({ runtime: 'docker', ...missing, processes }));
      expectFailure(await project.devenv(['up', '--detach', ...flags]), { code, says: [says, 'docker pull'] });
      expect(await objectsOf(project)).toEqual(NO_OBJECTS);
      expect(await processesWith(machine.folder)).toEqual([]);
      await project.write(config({ runtime: 'docker', services, processes }));
      await project.ok(['up', '--detach', '--offline']);
      await allReady(project);
    });
  });

  describe.concurrent('an engine that stops half-way', () => {
    it.each([1, 6, 11])('after %d requests is named, and the next up converges', async (requests) => {
      await using folder = await socketFolder();
      await using proxy = await proxyEngine(dockerHost ?? '', join(folder.path, 'proxy.sock'), requests);
      await using machine = await makeMachine({ DOCKER_HOST: proxy.host });
      using _healed = healing(proxy);
      const project = await machine.project('shop', config({ runtime: 'docker', services, processes }));
      // 4 where the cut falls on a call that can't tell the engine from anything else.
      expectFailure(await project.devenv(['up', '--detach']), { code: [3, 4], says: [/engine/] });
      await converges(project, proxy);
    });

    it('while it makes pre-initialised data is named, and the next up converges', async () => {
      await using folder = await socketFolder();
      await using proxy = await proxyEngine(dockerHost ?? '', join(folder.path, 'proxy.sock'), 12);
      await using machine = await makeMachine({ DOCKER_HOST: proxy.host, XDG_CACHE_HOME: join(folder.path, 'cache') });
      using _healed = healing(proxy);
      const db = { engine: 'postgres', version: '17' };
      const project = await machine.project('shop', config({ runtime: 'docker', services: { db } }));
      expectFailure(await project.devenv(['up', '--detach']), { code: [3, 4], says: [/engine/] });
      proxy.heal();
      await project.ok(['up', '--detach']);
      expect(await states(project)).toEqual({ db: 'ready' });
    });

    it('while everything runs is named by every verb, and down ends it later', async () => {
      await using folder = await socketFolder();
      await using proxy = await proxyEngine(dockerHost ?? '', join(folder.path, 'proxy.sock'), 1e9);
      await using machine = await makeMachine({ DOCKER_HOST: proxy.host });
      using _healed = healing(proxy);
      const project = await machine.project('shop', config({ services, processes, runtime: 'docker' }));
      await project.ok(['up', '--detach']);
      proxy.cut();
      for (const args of [
        ['up', '--detach'],
        ['status'],
        ['logs'],
        ['redis', 'PING'],
        ['down'],
        ['down', '--data', '--yes'],
      ]) {
        expectFailure(await project.devenv(args), {
          code: 3,
          says: [/no (Docker )?engine answers/, 'Start the engine'],
        });
      }
      await converges(project, proxy);
    });

    async function converges(project: Project, proxy: EngineProxy): Promise<void> {
      proxy.heal();
      await project.ok(['up', '--detach']);
      await allReady(project);
      await project.ok(['down', '--data', '--yes']);
      expect(await objectsOf(project)).toEqual(NO_OBJECTS);
    }
  });

  it('data is not deleted for somebody who cannot be asked', async () => {
    await using machine = await makeMachine();
    const project = await machine.project('shop', config({ runtime: 'docker', services }));
    await project.ok(['up', '--detach']);
    await project.ok(['redis', 'SET', 'kept', 'yes']);
    expectFailure(await project.devenv(['down', '--data']), { code: 5, says: ['nobody can be asked', '--yes'] });
    expect((await project.ok(['redis', 'GET', 'kept'])).stdout.trim()).toBe('yes');
  });
});

/** Taking a machine down needs the engine, also after a test that failed. */
function healing(proxy: EngineProxy): Disposable {
  return { [Symbol.dispose]: () => proxy.heal() };
}

/** Short: the path of a socket may have 104 bytes. */
async function socketFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'dvp-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
