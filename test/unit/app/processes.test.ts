import { expect, it } from 'vitest';
import { resolveProcess } from '../../../src/app/stack/processes.ts';
import type { ProcessConfig } from '../../../src/config/config.ts';
import { differences } from '../../../src/core/reconcile/differences.ts';

const config: ProcessConfig = {
  ...{ command: 'run', port: undefined, ready: { timeout: 60 }, needs: [], restart: 'on-failure' },
  ...{ once: false, watch: [], env: {}, cwd: '.' },
};

it('what changed about a process is told key by key', () => {
  const around = { port: undefined, sources: [], attribute: () => undefined };
  const before = resolveProcess('/shop', 'web', config, around);
  const changed = { ...config, restart: 'always', ready: { http: '/up', timeout: 5 }, watch: ['src/**'] } as const;
  const after = resolveProcess('/shop', 'web', changed, around);
  expect(differences(before.fingerprint, before.fingerprint)).toEqual([]);
  expect(differences(before.fingerprint, after.fingerprint)).toEqual([
    'ready its port → /up',
    'restart on-failure → always',
    'timeout 60 s → 5 s',
    'watch is new',
  ]);
});
