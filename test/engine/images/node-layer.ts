import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LayerEntry } from './catalog.ts';

/** This machine's own node and, where it is installed beside it, npm. */
export function nodeLayer(): LayerEntry[] {
  const npm = join(dirname(dirname(process.execPath)), 'lib/node_modules/npm');
  return [
    { to: 'usr/local/bin/node', from: process.execPath, mode: 0o755 },
    {
      to: 'usr/local/bin/docker-entrypoint.sh',
      from: 'node/docker-entrypoint.sh',
      mode: 0o755,
    },
    { to: 'etc/passwd', from: 'node/passwd' },
    { to: 'etc/group', from: 'node/group' },
    { to: 'home/node', uid: 1000 },
    ...(existsSync(npm) ? npmEntries(npm) : []),
  ];
}

function npmEntries(npm: string): LayerEntry[] {
  const bin = '../lib/node_modules/npm/bin';
  return [
    { to: 'usr/local/lib/node_modules/npm', from: npm },
    { to: 'usr/local/bin/npm', link: `${bin}/npm-cli.js` },
    { to: 'usr/local/bin/npx', link: `${bin}/npx-cli.js` },
  ];
}
