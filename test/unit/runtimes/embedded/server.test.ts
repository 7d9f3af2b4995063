import { expect, test } from 'vitest';
import { withoutPrefix } from '../../../../src/lib/telling-line.ts';
import { plainName } from '../../../../src/runtimes/embedded/folders.ts';
import { fillIn } from '../../../../src/runtimes/embedded/server/argv.ts';
import { userForServers } from '../../../../src/runtimes/embedded/server-user.ts';

test('the words in braces are replaced, wherever they are in an argument, and nothing else', () => {
  const places = { data: '/d', files: '/f', run: '/r', port: 5433 };
  const argv = ['postgres', '-D', '{data}', '-p', '{port}', '{files}/a.conf', '-k{run}', '{other}', '{data}:{data}'];
  expect(fillIn(argv, places)).toEqual(['postgres', '-D', '/d', '-p', '5433', '/f/a.conf', '-k/r', '{other}', '/d:/d']);
});

test('a place with a dollar sign stays as it is', () => {
  expect(fillIn(['{data}'], { data: '/a$&b', files: '', run: '', port: 0 })).toEqual(['/a$&b']);
});

test.each([
  [
    '2026-11-21 10:00:00.123 UTC [4711] FATAL:  lock file "postmaster.pid" already exists',
    'FATAL:  lock file "postmaster.pid" already exists',
  ],
  [
    '4711:M 21 Nov 2026 10:00:00.123 # Warning: Could not create server TCP listening socket',
    'Warning: Could not create server TCP listening socket',
  ],
  ['*** FATAL CONFIG FILE ERROR (Redis 7.0.15) ***', '*** FATAL CONFIG FILE ERROR (Redis 7.0.15) ***'],
])('of the line %j a person sees %j', (line, shown) => {
  expect(withoutPrefix(line)).toBe(shown);
});

test('servers of root run as nobody, with the numbers of the password file', () => {
  const passwd = 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin\n';
  expect(userForServers(passwd)).toEqual({ uid: 65534, gid: 65533 });
  expect(userForServers('nobody:*:-2:-2:Unprivileged User:/var/empty:/usr/bin/false')).toEqual({
    uid: 4294967294,
    gid: 4294967294,
  });
  expect(userForServers('root:x:0:0::/root:/bin/sh')).toBeNull();
});

test.each(['', '..', '../x', 'a/b', '.hidden', '-x'])('%j is no name for a folder', (name) => {
  expect(() => plainName(name)).toThrow('Not a plain name');
});
