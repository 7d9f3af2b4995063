import { describe, expect, it } from 'vitest';
import { judgeApiVersion } from '../../../../src/app/doctor/api-version.ts';
import { judgeClock } from '../../../../src/app/doctor/clock.ts';
import { type DiskFacts, judgeDisk } from '../../../../src/app/doctor/disk.ts';
import { judgeEngine } from '../../../../src/app/doctor/engine.ts';
import type { Found } from '../../../../src/app/doctor/finding.ts';
import { judgeMemory } from '../../../../src/app/doctor/memory.ts';
import { judgePath } from '../../../../src/app/doctor/path.ts';
import { judgePorts, type PortFacts } from '../../../../src/app/doctor/ports.ts';
import { judgeProject } from '../../../../src/app/doctor/project.ts';
import { judgeProxy } from '../../../../src/app/doctor/proxy.ts';
import { judgeRights, type PlaceFacts } from '../../../../src/app/doctor/rights.ts';
import { judgeSupervisors } from '../../../../src/app/doctor/supervisors.ts';
import { UserError } from '../../../../src/core/errors.ts';
import type { EngineDiagnosis } from '../../../../src/runtimes/docker/diagnose.ts';

const text = (found: readonly Found[]) =>
  found.map(({ status, what, why, mend }) =>
    [status, what, why, mend].filter((part) => part !== undefined).join(' | '),
  );

describe('the engine', () => {
  const nothing: EngineDiagnosis = { dockerHost: null, context: null, refused: null, tried: [], answer: null };
  const denied = {
    host: 'unix:///var/run/docker.sock',
    from: 'the usual socket',
    code: 'EACCES',
    words: 'no permission',
    socket: { uid: 0, group: 'docker', mode: 0o660 },
  };

  it('that is missing is a problem only for a project that has to have one', () => {
    expect(judgeEngine(nothing, null, 'me')[0]).toMatchObject({ status: 'warning' });
    expect(judgeEngine(nothing, 'embedded', 'me')[0]).toMatchObject({ status: 'warning' });
    expect(judgeEngine(nothing, 'docker', 'me')[0]).toMatchObject({ status: 'problem' });
  });

  it('that refuses the user is named with its socket, its rights and the group', () => {
    expect(text(judgeEngine({ ...nothing, tried: [denied] }, null, 'me'))).toEqual([
      'problem | no Docker engine answers at unix:///var/run/docker.sock (the usual socket): no permission | ' +
        '/var/run/docker.sock has mode 660 and belongs to user 0, group docker | ' +
        'sudo usermod -aG docker me, then log in again.',
    ]);
  });

  it.each([
    ['ENOENT', /Start the engine/],
    ['ECONNREFUSED', /has ended.*Start it again/],
    ['silent', /never answers.*Restart it/],
    ['EWHATEVER', /docker version/],
  ])('that fails with %s has a way out, which names what chose it', (code, way) => {
    const tried = [{ ...denied, code }];
    const byVariable = { ...nothing, dockerHost: denied.host, tried };
    expect(text(judgeEngine(byVariable, null, 'me'))[0]).toMatch(way);
    expect(text(judgeEngine(byVariable, null, 'me'))[0]).toMatch(/by DOCKER_HOST.*unset DOCKER_HOST/);
    expect(text(judgeEngine({ ...nothing, context: 'colima', tried }, null, 'me'))[0]).toContain(
      'docker context colima',
    );
  });

  it('that should listen on a port has left no socket', () => {
    const tried = [
      { ...denied, host: 'tcp://127.0.0.1:1', code: 'ECONNREFUSED', words: 'nothing listens there', socket: null },
    ];
    const [found] = text(judgeEngine({ ...nothing, dockerHost: 'tcp://127.0.0.1:1', tried }, null, 'me'));
    expect(found).toBe(
      'problem | no Docker engine answers at tcp://127.0.0.1:1 (by DOCKER_HOST): nothing listens there | ' +
        'Start the engine that should listen there. Or unset DOCKER_HOST.',
    );
  });

  it.each(['EACCES', 'ECONNREFUSED'])('whose socket is a plain file, which fails with %s, is told so', (code) => {
    const tried = [{ ...denied, code, words: 'it is no socket', socket: 'no socket' as const }];
    const [usual] = text(judgeEngine({ ...nothing, tried }, null, 'me'));
    expect(usual).toMatch(/: it is no socket \| \/var\/run\/docker\.sock is a file or folder .* Move it away/);
    const [chosen] = text(judgeEngine({ ...nothing, dockerHost: denied.host, tried }, null, 'me'));
    expect(chosen).toMatch(/Correct DOCKER_HOST, or unset it\.$/);
  });

  it('on another machine is refused with the words that up has for it', () => {
    const refused = { message: 'it is on another machine', hints: ['Unset DOCKER_HOST.'] };
    expect(text(judgeEngine({ ...nothing, refused }, null, 'me'))).toEqual([
      'problem | it is on another machine | Unset DOCKER_HOST.',
    ]);
  });

  it('is too old by its number, not by its letters', () => {
    expect(judgeApiVersion('1.41')[0]?.status).toBe('ok');
    expect(judgeApiVersion('1.100')[0]?.status).toBe('ok');
    expect(judgeApiVersion('1.9')[0]?.status).toBe('problem');
    expect(judgeApiVersion('2.0')[0]?.status).toBe('ok');
  });

  it.each([
    [0, 'ok'],
    [-4_000, 'ok'],
    [60_000, 'warning'],
    [-3_600_000, 'problem'],
  ])('whose clock is off by %i ms: %s', (skew, status) => {
    expect(judgeClock(skew)[0]?.status).toBe(status);
  });
});

describe('the disk', () => {
  const GB = 1_000_000_000;
  const place = (parts: Partial<DiskFacts>): DiskFacts => ({
    path: '/var',
    device: 1,
    use: 'data of embedded services',
    freeBytes: 50 * GB,
    freeFiles: 500,
    totalFiles: 1_000,
    ...parts,
  });

  it('is told once for each file system, with what suffers', () => {
    const found = judgeDisk([
      place({ freeBytes: GB }),
      place({ use: 'state and logs', freeBytes: GB }),
      place({ device: 2, path: '/run', use: 'sockets', freeBytes: 0 }),
    ]);
    expect(text(found)).toEqual([
      expect.stringMatching(/^warning \| only 1000 MB free at \/var \| little for data of embedded services \|/),
      expect.stringMatching(/^problem \| only 0 MB free at \/run \| too little for sockets \|/),
    ]);
  });

  it('may be full of files, where it counts them', () => {
    expect(judgeDisk([place({ freeFiles: 0 })])[0]?.status).toBe('problem');
    expect(judgeDisk([place({ freeFiles: 5 })])[0]?.status).toBe('warning');
    expect(judgeDisk([place({ freeFiles: 0, totalFiles: 0 })])[0]?.status).toBe('ok');
  });
});

it.each([
  [8_000_000_000, null, ['ok']],
  [600_000_000, null, ['warning']],
  [100_000_000, null, ['problem']],
  [8_000_000_000, 1_000_000_000, ['ok', 'warning']],
])('memory of %i bytes, and %s for the engine: %j', (availableBytes, engineBytes, statuses) => {
  const found = judgeMemory({ availableBytes, totalBytes: 16_000_000_000, engineBytes });
  expect(found.map(({ status }) => status)).toEqual(statuses);
});

describe('a proxy', () => {
  it('is fine when it is not asked for this machine', () => {
    expect(judgeProxy({})[0]?.status).toBe('ok');
    expect(judgeProxy({ NO_PROXY: '' })[0]?.status).toBe('ok');
    const http_proxy = 'http://proxy:3128';
    expect(judgeProxy({ http_proxy, no_proxy: 'localhost, 127.0.0.1' })[0]?.status).toBe('ok');
    expect(judgeProxy({ http_proxy, NO_PROXY: '*' })[0]?.status).toBe('ok');
  });

  it('is named without its password, with the line that mends it', () => {
    const found = judgeProxy({ HTTPS_PROXY: 'http://me:hunter2@proxy:3128', NO_PROXY: 'corp,localhost' });
    expect(text(found)[0]).toMatch(/^warning \| HTTPS_PROXY is set to http:\/\/me:\*+@proxy:3128, .*127\.0\.0\.1/);
    expect(found[0]?.mend).toBe('export NO_PROXY=corp,localhost,127.0.0.1 no_proxy=corp,localhost,127.0.0.1');
  });
});

describe('devenv on PATH', () => {
  const facts = { first: '/nix/devenv', ours: false, version: 'devenv 1.4.1 (x86_64-linux)', nix: true };

  it('may be another program, which is named with what it says', () => {
    expect(text(judgePath(facts))[0]).toMatch(/^warning \| .*\/nix\/devenv: it says devenv 1\.4\.1.*devenv\.nix.*Nix/);
  });

  it('may be another installation of this one, this one, or none', () => {
    expect(judgePath({ ...facts, version: '0.1.0', nix: false })[0]?.why).toContain('another installation');
    const stranger = judgePath({ ...facts, version: 'hello', nix: false })[0];
    expect(stranger?.why).toBe('another program has the same name');
    expect(judgePath({ ...facts, nix: false })[0]?.why).toMatch(/, the one that uses Nix$/);
    expect(judgePath({ ...facts, ours: true })[0]?.status).toBe('ok');
    expect(judgePath({ ...facts, first: null })[0]?.status).toBe('ok');
  });
});

describe('a port', () => {
  const port = (parts: Partial<PortFacts>): PortFacts => ({
    name: 'db',
    port: 20_001,
    free: false,
    holder: null,
    container: null,
    own: false,
    unasked: null,
    ...parts,
  });

  it('that is free or the environment’s own is fine', () => {
    expect(judgePorts([port({ free: true }), port({ name: 'web', own: true })], 'abc')).toMatchObject([
      { status: 'ok' },
    ]);
  });

  it.each([
    [
      { holder: { pid: 42, program: 'node', command: 'node server.js' } },
      /held by node server\.js \(pid 42\).*kill 42/,
    ],
    [
      { container: 'other-db', holder: { pid: 7, program: 'docker-proxy', command: 'docker-proxy' } },
      /the container other-db.*docker stop other-db/,
    ],
    [{}, /of another user.*sudo lsof/],
  ])('that somebody else has is named with its holder: %j', (parts, expected) => {
    expect(text(judgePorts([port(parts)], 'abc'))[0]).toMatch(/^problem \| db: its port 20001/);
    expect(text(judgePorts([port(parts)], 'abc'))[0]).toMatch(expected);
  });

  it.each(['docker-proxy', 'rootlesskit', 'containerd-shim-runc-v2', 'dockerd'])(
    'that an engine’s own %s has for a container is never to be freed by killing that',
    (program) => {
      const found = text(judgePorts([port({ holder: { pid: 42, program, command: program } })], 'abc'))[0];
      expect(found).toMatch(/docker ps --filter publish=20001/);
      expect(found).not.toContain('kill');
    },
  );

  it('whose own container can’t be told from another program is not checked', () => {
    const holder = { pid: 42, program: 'docker-proxy', command: 'docker-proxy' };
    const unasked = 'no Docker engine answers: nothing listens there';
    const found = judgePorts([port({ holder, unasked }), port({ name: 'web', port: 20_002, own: true })], 'abc');
    expect(text(found)).toEqual([
      'ok | web 20002: nobody else has them',
      `warning | db 20001: not checked | ${unasked}`,
    ]);
    expect(judgePorts([port({ free: true, unasked })], 'abc')).toMatchObject([{ status: 'ok' }]);
  });
});

describe('a folder of devenv', () => {
  const place: PlaceFacts = {
    use: 'state',
    path: '/home/me/.local/state/devenv-cli',
    owner: 1000,
    mode: 0o700,
    isFolder: true,
    writable: true,
    nearest: '/home/me/.local/state/devenv-cli',
    foreign: [],
  };

  it('that is the user’s, or not there yet, is fine', () => {
    expect(judgeRights(place, 1000)).toEqual([]);
    expect(judgeRights({ ...place, owner: null, isFolder: false }, 1000)).toEqual([]);
  });

  it.each<[Partial<PlaceFacts>, RegExp]>([
    [{ owner: 0 }, /belongs to user 0.*sudo chown -R 1000/],
    [{ owner: 0, use: 'sockets' }, /belongs to user 0.*secrets.*XDG_RUNTIME_DIR/],
    [{ writable: false }, /can't be written.*chmod u\+rwx/],
    [{ writable: false, owner: null, nearest: '/home/me' }, /\/home\/me can't be written.*XDG_STATE_HOME/],
    [{ foreign: ['/a', '/b'] }, /\/a and 1 more.*somebody else.*sudo.*chown -R 1000/],
    [{ isFolder: false }, /is no folder/],
  ])('is a problem: %j', (parts, expected) => {
    expect(text(judgeRights({ ...place, ...parts }, 1000))[0]).toMatch(/^problem/);
    expect(text(judgeRights({ ...place, ...parts }, 1000))[0]).toMatch(expected);
  });

  it('that others can write to is mended by --fix', () => {
    const [found] = judgeRights({ ...place, mode: 0o777 }, 1000);
    expect(found).toMatchObject({ status: 'warning', mend: `chmod 755 ${place.path}` });
    expect(found?.fix).toBeTypeOf('function');
  });
});

describe('a supervisor', () => {
  it('that answers for an environment is fine', () => {
    const found = judgeSupervisors([{ environment: 'abc', is: { state: 'answers', pid: 1 } }], new Set(['abc']));
    expect(text(found)).toEqual(['ok | 1 of 1 answer']);
    expect(text(judgeSupervisors([], new Set()))).toEqual(['ok | none runs']);
  });

  it('is named with what to do, and only what is dead is mended by --fix', () => {
    const found = judgeSupervisors(
      [
        { environment: 'a', is: { state: 'answers', pid: 1 } },
        { environment: 'b', is: { state: 'silent', pid: 2 } },
        { environment: 'c', is: { state: 'dead', left: ['web'], files: [] } },
        { environment: 'd', is: { state: 'dead', left: [], files: [] } },
      ],
      new Set(['b', 'c', 'd']),
    );
    expect(text(found)).toEqual([
      expect.stringMatching(/^warning \| a supervisor \(pid 1\) runs for environment a/),
      expect.stringMatching(/^problem \| .* environment b \(pid 2\) does not answer .* devenv down b/),
      expect.stringMatching(/^problem \| .* environment c was killed and left web running/),
      expect.stringMatching(/^warning \| .* environment d is dead/),
    ]);
    expect(found.map(({ fix }) => fix !== undefined)).toEqual([false, false, false, true]);
  });
});

it('a project is judged by its configuration and by git', () => {
  const facts = { root: '/shop', mistake: null, environment: 'abc', runtime: null, processes: [], noGit: null };
  expect(text(judgeProject(facts))).toEqual(['ok | /shop, environment abc']);
  expect(text(judgeProject({ ...facts, root: null }))[0]).toMatch(/^ok/);
  expect(text(judgeProject({ ...facts, noGit: 'it is no git repository' }))[0]).toMatch(/^ok/);
  expect(text(judgeProject({ ...facts, noGit: "detected dubious ownership in repository at '/shop'" }))[0]).toMatch(
    /^warning .*safe\.directory \/shop/,
  );
  const mistake = new UserError('devenv.config.yaml:1:1: nmae: unknown key', { hints: ['Did you mean name?'] });
  expect(text(judgeProject({ ...facts, mistake }))).toEqual([
    'problem | devenv.config.yaml:1:1: nmae: unknown key | Did you mean name?',
  ]);
});
