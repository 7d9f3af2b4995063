import { describe, expect, it } from 'vitest';
import type { Event } from '../../../src/core/events.ts';
import { startup } from '../../../src/tui/panes/startup/index.ts';
import { textOf } from '../../../src/tui/row.ts';
import { Keyboard, modelOf, SHOP } from './support.ts';

const step = (id: string, after: readonly string[] = []) => {
  const [kind = '', target = ''] = id.split(' ');
  return { id, kind: kind as 'start-service', target, cause: 'there is none yet', after };
};

const START: readonly Event[] = [
  {
    type: 'plan',
    steps: [
      step('start-service db'),
      step('ready-service db', ['start-service db']),
      step('start-process web', ['ready-service db']),
    ],
    kept: [],
  },
  { type: 'step-started', step: 'start-service db', at: 1_000 },
  { type: 'step-finished', step: 'start-service db', at: 1_200, ms: 200 },
  { type: 'step-started', step: 'ready-service db', at: 1_200 },
];

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

describe('the waterfall of a start', () => {
  const rows = (events: readonly Event[], now: number) => {
    const keyboard = new Keyboard([...SHOP, ...events], { columns: 120, rows: 20 }).press('3');
    return startup.rows(keyboard.context(now)).map(textOf);
  };

  it('shows what runs, and what the rest waits for', () => {
    const [title, , first, second, third] = rows(START, 1_600);
    expect(title).toBe('Starting…');
    expect(first).toMatch(/^start-service db +█+ +200 ms there is none yet$/);
    expect(second).toMatch(/^ready-service db +█+ +400 ms after start-service db$/);
    expect(third).toMatch(/^start-process web +waits for ready-service db$/);
  });

  it('draws bars as long as the steps took, one after the other', () => {
    const done: readonly Event[] = [
      ...START,
      { type: 'step-finished', step: 'ready-service db', at: 1_400, ms: 200 },
      { type: 'step-started', step: 'start-process web', at: 1_400 },
      { type: 'step-finished', step: 'start-process web', at: 1_800, ms: 400 },
      { type: 'ready', at: 1_800, ms: 900 },
    ];
    const [title, , first = '', second = '', third = ''] = rows(done, 9_000);
    expect(title).toBe('Ready in 900 ms.');
    const bar = (line: string) => [line.indexOf('█'), line.lastIndexOf('█')] as const;
    expect(bar(second)[0]).toBeGreaterThan(bar(first)[0]);
    expect(bar(third)[0]).toBe(bar(second)[1] + 1);
    const length = (line: string) => bar(line)[1] - bar(line)[0] + 1;
    expect(length(third) / length(first)).toBeCloseTo(2, 0);
  });

  it('says what failed', () => {
    const failed: readonly Event[] = [
      ...START,
      { type: 'step-failed', step: 'ready-service db', at: 1_500, message: 'no space left' },
    ];
    expect(rows(failed, 2_000).join('\n')).toMatch(/ready-service db: no space left/);
  });
});
