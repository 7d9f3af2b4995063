import { describe, expect, it } from 'vitest';
import { shortCommand } from '../../../src/lib/port-holder.ts';

describe('the command of who holds a port', () => {
  it('is whole where it is short', () => {
    expect(shortCommand(['/usr/bin/node', 'server.js'])).toEqual({
      program: 'node',
      command: '/usr/bin/node server.js',
    });
  });

  it('keeps the end of long paths, which tells', () => {
    const folder = '/var/cache/engine/packages/debian12-a5a83cc5500000000000000/usr/bin';
    expect(shortCommand([`${folder}/docker-proxy`, '-proto', 'tcp'])).toEqual({
      program: 'docker-proxy',
      command: '…/docker-proxy -proto tcp',
    });
    const { command } = shortCommand([`${folder}/node`, `${folder}/server.js`, 'x'.repeat(80)]);
    expect(command).toMatch(/^…\/node …\/server\.js x+…$/);
    expect(command).toHaveLength(60);
  });
});
