import { describe, expect, it } from 'vitest';
import type { Event } from '../../../src/core/events.ts';
import { modelOf, SHOP } from './support.ts';

describe('the model', () => {
  it('knows members by the stack, and their states by events', () => {
    const model = modelOf([
      ...SHOP,
      { type: 'service', name: 'db', state: 'ready', url: 'postgres://x' },
      { type: 'process', name: 'web', state: 'ready', pid: 42, url: 'http://x' },
      { type: 'usage', name: 'web', cpu: 0.5, memoryBytes: 1_000_000 },
      { type: 'process', name: 'nobody', state: 'ready', pid: 1, url: null },
    ]);
    expect(model.members.map(({ name, state, pid, cpu }) => [name, state, pid, cpu])).toEqual([
      ['db', 'ready', null, null],
      ['cache', 'missing', null, null],
      ['web', 'ready', 42, 0.5],
    ]);
    expect(model.happenings.map(({ name, text }) => `${name} ${text}`)).toEqual(['db ready', 'web ready']);
  });

  it('keeps a pid that the end of an up does not tell, and forgets what a stopped one took', () => {
    const running: readonly Event[] = [
      ...SHOP,
      { type: 'process', name: 'web', state: 'ready', pid: 42, url: null },
      { type: 'usage', name: 'web', cpu: 0.5, memoryBytes: 1 },
    ];
    const web = (events: readonly Event[]) => modelOf(events).members.find(({ name }) => name === 'web');
    expect(web([...running, { type: 'process', name: 'web', state: 'ready', pid: null, url: null }])?.pid).toBe(42);
    const failed = web([
      ...running,
      { type: 'process', name: 'web', state: 'failed', pid: null, url: null, why: 'exited with 1' },
    ]);
    expect(failed).toMatchObject({ pid: null, cpu: null, why: 'exited with 1' });
  });
});
