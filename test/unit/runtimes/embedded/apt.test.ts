import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createContext } from '../../../../src/runtimes/embedded/context.ts';
import {
  aptConfig,
  candidateVersion,
  dependencies,
  removeAptCaches,
  simulatedInstalls,
} from '../../../../src/runtimes/embedded/programs/apt.ts';
import { managerOf } from '../../../../src/runtimes/embedded/programs/system.ts';

test('the candidate is read from apt-cache policy', () => {
  const policy = 'redis-server:\n  Installed: (none)\n  Candidate: 5:7.0.15-1~deb12u10\n  Version table:\n';
  expect(candidateVersion(policy)).toBe('5:7.0.15-1~deb12u10');
  expect(candidateVersion(policy.replace('5:7.0.15-1~deb12u10', '(none)'))).toBeNull();
  expect(candidateVersion('')).toBeNull();
});

test('what a package depends on is read from apt-cache depends', () => {
  const output =
    'postgresql-client\n  Depends: postgresql-client-15\n |Depends: one\n  Depends: <virtual>\n  Suggests: two\n';
  expect(dependencies(output)).toEqual(['postgresql-client-15', 'one']);
});

test('what an installation would bring is read from a simulation', () => {
  const output = [
    'The following NEW packages will be installed:',
    '  libjemalloc2 redis-tools',
    'Inst libjemalloc2 (5.3.0-1 Debian:12.5/oldstable [amd64])',
    'Inst libssl3 [3.0.1-1] (3.0.2-1 Debian-Security:12 [amd64])',
    'Conf libjemalloc2 (5.3.0-1 Debian:12.5/oldstable [amd64])',
  ].join('\n');
  expect(simulatedInstalls(output)).toEqual(['libjemalloc2', 'libssl3']);
});

test("apt gets folders of our own, the machine's proxy and none of its hooks", () => {
  const dump = [
    'APT::Update::Post-Invoke:: "rm -f /var/cache/apt/archives/*.deb";',
    'Acquire::http::Proxy "http://proxy.example:3128";',
    'Acquire::Languages "none";',
    'Dir::State "var/lib/apt";',
  ].join('\n');
  const config = aptConfig('/home/me/.cache/apt', dump);
  expect(config).toContain('Acquire::http::Proxy "http://proxy.example:3128";');
  expect(config).toContain('Dir::State "/home/me/.cache/apt";');
  expect(config).not.toContain('Post-Invoke');
  expect(config).not.toContain('"var/lib/apt"');
});

test.each([
  ['ID=debian\nVERSION_ID="12"', 'apt'],
  ['ID=linuxmint\nID_LIKE="ubuntu debian"', 'apt'],
  ['ID="rocky"\nID_LIKE="rhel centos fedora"', 'dnf'],
  ['ID=alpine', 'apk'],
  ['ID=somethingelse', null],
  ['', null],
])('the package manager for %j is %j', (osRelease, manager) => {
  expect(managerOf(osRelease)).toBe(manager);
});

test('of what apt keeps for its speed nothing stays, the lists do', async () => {
  const root = await mkdtemp(join(tmpdir(), 'dve-apt-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const context = createContext({ offline: true, env: { XDG_CACHE_HOME: root, HOME: root } });
  const folder = join(context.paths.cache, 'apt');
  expect(folder.startsWith(root)).toBe(true);
  await mkdir(join(folder, 'lists'), { recursive: true });
  for (const name of ['pkgcache.bin', 'srcpkgcache.bin']) await writeFile(join(folder, name), '');
  await removeAptCaches(context);
  expect(await readdir(folder)).toEqual(['lists']);
});
