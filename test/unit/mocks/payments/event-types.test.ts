import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { EVENT_TYPES } from '../../../../src/mocks/payments/events/types.ts';

it("are those of the official client's types", async () => {
  const main = createRequire(import.meta.url).resolve('stripe');
  const declared = await readFile(join(dirname(main), 'resources', 'WebhookEndpoints.d.ts'), 'utf8');
  const [, union = ''] = /type EnabledEvent = (.*?);/.exec(declared) ?? [];
  const types = [...union.matchAll(/'([^']+)'/g)].map(([, type]) => type);
  expect(types.length).toBeGreaterThan(200);
  expect(['*', ...EVENT_TYPES]).toEqual(types);
});
