import { expect, it } from 'vitest';
import { statusOf } from '../../../src/app/status.ts';
import { NOTHING, type ObservedService } from '../../../src/core/observed.ts';
import { makeService, makeStack } from '../../support/stack.ts';

const running: ObservedService = {
  ...{ name: 'db', engine: 'postgres', version: '17', state: 'ready' },
  ...{ fingerprint: {}, created: '', fill: null },
};

it('the status of a service is that of what runs, not of what the configuration asks for by now', () => {
  const stack = makeStack({
    services: [makeService('db', { version: '16' }), makeService('cache', { engine: 'redis' })],
  });
  const { services } = statusOf(stack, { ...NOTHING, services: [running] });
  expect(services.map(({ engine, version, state }) => [engine, version, state])).toEqual([
    ['postgres', '17', 'ready'],
    ['redis', '17', 'missing'],
  ]);
});
