import { expect, it } from 'vitest';
import { shortCommand } from '../../../src/lib/port-holder.ts';

it.each([
  [['redis-server', '*:6379'], 'redis-server *:6379'],
  [
    ['/var/cache/devenv-test-engine/packages/debian12-a5a83cc55/usr/sbin/docker-proxy', '-proto', 'tcp'],
    '…/usr/sbin/docker-proxy -proto tcp',
  ],
  [
    ['node', '/home/somebody/a/checkout/with/a/long/path/server.js', '--port'],
    'node …/with/a/long/path/server.js --port',
  ],
  [
    ['nginx: master process /usr/sbin/nginx -c /etc/nginx/nginx.conf -g daemon off;'],
    'nginx: master process /usr/sbin/nginx -c /etc/nginx/nginx.c…',
  ],
  [[`/opt/${'x'.repeat(40)}`], `…${'x'.repeat(35)}`],
])('a command line is cut so that it still tells what it is: %j', (argv, short) => {
  expect(shortCommand(argv)).toBe(short);
});
