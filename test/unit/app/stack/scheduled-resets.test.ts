import { expect, it } from 'vitest';
import { scheduledResets } from '../../../../src/app/stack/scheduled-resets.ts';
import type { DataConfig } from '../../../../src/config/config.ts';

const entry = (service: string, reset: string | null): DataConfig => {
  return { service, reset, migrate: null, seed: [], allow: [], redis: null, spares: 2 };
};

it('is one process for all databases that are reset by a schedule, and another one when a schedule changes', () => {
  expect(scheduledResets([entry('db', null)], 'preview', [])).toEqual([]);
  const [[name, process] = []] = scheduledResets(
    [entry('db', 'daily'), entry('log', null), entry('events', '0 1 * * *')],
    'preview',
    [],
  );
  expect(name).toBe('data-resets');
  expect(process).toMatchObject({ needs: ['db', 'events'], env: { DVE_RESETS: 'db daily; events 0 1 * * *' } });
  expect(process?.command).toMatch(/main\.js data resets --tier preview$/);
});

it('is given what was let in for this up, for the migrations that it runs', () => {
  const [[, process] = []] = scheduledResets([entry('db', 'daily')], 'staging', ['SENTRY_KEY', 'MAIL_KEY']);
  expect(process?.command).toMatch(/--tier staging --allow-live SENTRY_KEY --allow-live MAIL_KEY$/);
});
