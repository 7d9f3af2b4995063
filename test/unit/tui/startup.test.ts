import { describe, expect, it } from 'vitest';
import type { ErrorEvent, Event } from '../../../src/core/events.ts';
import { headerRow, statusRow } from '../../../src/tui/components/frame-rows.ts';
import { details } from '../../../src/tui/panes/details/index.ts';
import { startup } from '../../../src/tui/panes/startup/index.ts';
import { textOf } from '../../../src/tui/row.ts';
import { Keyboard, SHOP } from './support.ts';

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

const DONE: readonly Event[] = [
  ...START,
  { type: 'step-finished', step: 'ready-service db', at: 1_400, ms: 200 },
  { type: 'step-started', step: 'start-process web', at: 1_400 },
  { type: 'step-finished', step: 'start-process web', at: 1_800, ms: 400 },
];
const NOTHING_TO_DO: readonly Event[] = [
  { type: 'plan', steps: [], kept: [] },
  { type: 'ready', at: 9_000, ms: 54 },
];
const HELD: ErrorEvent = {
  type: 'error',
  code: 4,
  message: 'web: its port 3000 is held by node\ndb: its port 5432 is held by postgres',
  hints: ['devenv up --new-ports'],
};

function opened(events: readonly (Event | ErrorEvent)[], { columns = 120, starting = false } = {}) {
  const keyboard = new Keyboard([...SHOP, ...events], { columns, rows: 20 }).press('3');
  keyboard.state = { ...keyboard.state, starting };
  return keyboard;
}

const rows = (keyboard: Keyboard, now = 9_000) =>
  startup.rows(keyboard.context(now)).map((row) => textOf(row).trimEnd());
const titleOf = (events: readonly (Event | ErrorEvent)[], starting = false) => rows(opened(events, { starting }))[0];

describe('the waterfall of a start', () => {
  it('shows what runs, and what the rest waits for', () => {
    const [title, , first, second, third] = rows(opened(START, { starting: true }), 1_600);
    expect(title).toBe('Starting...');
    expect(first).toMatch(/^db: start +█+ +200 ms there is none yet$/);
    expect(second).toMatch(/^db: ready +█+ +400 ms after start$/);
    expect(third).toMatch(/^web: start +waits for db: ready$/);
  });

  it('draws bars as long as the steps took, one after the other', () => {
    const [title, , first = '', second = '', third = ''] = rows(
      opened([...DONE, { type: 'ready', at: 1_800, ms: 900 }]),
    );
    expect(title).toBe('Ready in 900 ms.');
    const bar = (line: string) => [line.indexOf('█'), line.lastIndexOf('█')] as const;
    expect(bar(second)[0]).toBeGreaterThan(bar(first)[0]);
    expect(bar(third)[0]).toBe(bar(second)[1] + 1);
    const length = (line: string) => bar(line)[1] - bar(line)[0] + 1;
    expect(length(third) / length(first)).toBeCloseTo(2, 0);
  });

  it('has room for its words at 80 columns, and a gap before each bar', () => {
    for (const line of rows(opened(DONE, { columns: 80 })).slice(2)) {
      expect(line).toMatch(/^\w+: \w+ +█+ +\d+ ms (after start|after db: ready|there is none)/);
      expect(line).not.toMatch(/^[^█]*\w█/);
    }
  });
});

describe('how a start went', () => {
  it('is told by its steps where nobody has told that all is ready: after attach', () => {
    expect(titleOf(DONE)).toBe('Ready in 800 ms.');
  });

  it('stays as it was when another one has nothing to do', () => {
    expect(titleOf([...DONE, { type: 'ready', at: 1_800, ms: 900 }, ...NOTHING_TO_DO])).toBe('Ready in 900 ms.');
    const keyboard = opened([...DONE, ...NOTHING_TO_DO]);
    expect(rows(keyboard)[0]).toBe('Ready in 800 ms.');
    for (const name of ['db', 'cache']) keyboard.tell({ type: 'service', name, state: 'ready', url: '' });
    keyboard.tell({ type: 'process', name: 'web', state: 'ready', pid: 1, url: null });
    expect(textOf(headerRow(keyboard.context()))).toMatch(/3\/3 ready in 800 ms/);
    expect(titleOf(NOTHING_TO_DO)).toBe('Nothing was started: everything ran already.');
  });

  it('is not under way because of what was given up, or of another verb', () => {
    expect(titleOf(START)).toBe('Given up after 200 ms.');
    expect(rows(opened(START))[3]).toMatch(/given up$/);
    const keyboard = opened(DONE);
    keyboard.state = { ...keyboard.state, running: { command: 'logs -f', changesData: false, lines: [], code: null } };
    expect(rows(keyboard)[0]).toBe('Ready in 800 ms.');
  });

  it('says what failed, and after how long', () => {
    const failed: Event = { type: 'step-failed', step: 'ready-service db', at: 1_500, message: 'no space left' };
    const shown = rows(opened([...START, failed]));
    expect(shown.slice(0, 2)).toEqual(['Failed after 500 ms.', 'no space left']);
    expect(shown.at(-1)).toMatch(/^web: start +not begun$/);
  });

  it('says everything that kept it from beginning, with what to do, until the next one', () => {
    const keyboard = opened([...DONE, HELD]);
    expect(rows(keyboard)).toEqual([
      'Failed before anything was started.',
      'web: its port 3000 is held by node',
      'db: its port 5432 is held by postgres',
      '  devenv up --new-ports',
      '',
    ]);
    const inDetails = details.rows(keyboard.press('4').context()).map(textOf);
    expect(inDetails).toEqual(
      expect.arrayContaining(['web: its port 3000 is held by node', '  devenv up --new-ports']),
    );
    expect(titleOf([HELD, ...DONE])).toBe('Ready in 800 ms.');
  });

  it('stays in the status line while one looks around, in one line', () => {
    const keyboard = opened([HELD]).press('escape', 'j', 'j', 'k');
    expect(textOf(statusRow(keyboard.context()))).toMatch(/held by node; db: its port 5432/);
    keyboard.state = { ...keyboard.state, status: { text: 'It went wrong.', bad: true } };
    expect(textOf(statusRow(keyboard.press('j').context()))).toBe('It went wrong.');
  });
});
