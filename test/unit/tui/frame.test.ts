import { describe, expect, it } from 'vitest';
import { headerRow, keysRow, statusRow } from '../../../src/tui/components/frame-rows.ts';
import { memberRows } from '../../../src/tui/components/member-rows.ts';
import { tabsRow } from '../../../src/tui/components/tabs-row.ts';
import { helpRows } from '../../../src/tui/help.ts';
import { layoutOf } from '../../../src/tui/layout.ts';
import { textOf } from '../../../src/tui/row.ts';
import { Keyboard, SHOP } from './support.ts';

const ready = (name: string) => ({ type: 'service', name, state: 'ready', url: '' }) as const;

const SMALL = { columns: 80, rows: 24 };

describe('what stands around a pane', () => {
  it('says how many are ready, and each one’s state by its shape', () => {
    const { model } = new Keyboard([...SHOP, ready('db'), { ...ready('cache'), state: 'starting' }]);
    const keyboard = new Keyboard();
    keyboard.model = model;
    const context = keyboard.context();
    expect(textOf(headerRow(context))).toMatch(/^shop \(main\) {2}docker {2}1\/3 ready/);
    expect(memberRows(context, 30).map((row) => textOf(row).trimEnd())).toEqual([
      'all',
      '● db',
      expect.stringMatching(/^◐ cache +starting$/),
      expect.stringMatching(/^· web +not started$/),
    ]);
  });

  it('has nothing but ASCII where there is no Unicode', () => {
    const context = { ...new Keyboard([...SHOP, ready('db')]).context(), unicode: false };
    const rows = [
      headerRow(context),
      ...memberRows(context, 30),
      tabsRow(context),
      keysRow(context),
      ...helpRows(context),
    ];
    expect(rows.map(textOf).join('\n')).toMatch(/^[\n\x20-\x7e]*$/);
  });

  it('has room for the figures and for every state at 80 columns', () => {
    const keyboard = new Keyboard(
      [
        ...SHOP,
        ready('db'),
        { type: 'usage', name: 'db', cpu: 0.02, memoryBytes: 61_000_000 },
        { type: 'service', name: 'cache', state: 'stopped', url: '' },
        { type: 'process', name: 'web', state: 'ready', pid: 7, url: null },
        { type: 'usage', name: 'web', cpu: 0.02, memoryBytes: 61_000_000 },
        { type: 'process', name: 'web', state: 'backoff', pid: null, url: null, why: 'exited with 1' },
      ],
      SMALL,
    );
    const { membersWidth } = layoutOf(keyboard.state);
    expect(memberRows(keyboard.context(), membersWidth).map((row) => textOf(row).trimEnd())).toEqual([
      'all',
      expect.stringMatching(/^● db +2 % +61 MB$/),
      expect.stringMatching(/^○ cache +stopped$/),
      expect.stringMatching(/^↻ web +backoff$/),
    ]);
  });

  it('says that something starts while it is made, not that it isn’t there', () => {
    const steps = [{ id: 'create-service db', kind: 'create-service', target: 'db', cause: 'x', after: [] }] as const;
    const keyboard = new Keyboard([
      ...SHOP,
      { type: 'plan', steps, kept: [] },
      { type: 'step-started', step: 'create-service db', at: 1 },
    ]);
    const db = () => textOf(memberRows(keyboard.context(), 30)[1] ?? []);
    expect(db()).toMatch(/^· db +not started$/);
    keyboard.state = { ...keyboard.state, starting: true };
    expect(db()).toMatch(/^◐ db +starting$/);
  });

  it('shows by what the logs are filtered at 80 columns', () => {
    const keyboard = new Keyboard(SHOP, SMALL).say('web', 'a warning of kiwis', 'a warning of plums');
    const tabs = () => textOf(tabsRow(keyboard.context()));
    expect(tabs()).toBe('1 Logs 2 Vars 3 Start 4 Details 5 Data 6 Mocks ');
    keyboard.press('/').type('kiwis|plums').press('enter', 'i', 'i', 'tab', 'k', 'w');
    const { width } = layoutOf(keyboard.state).pane;
    expect(tabs().slice(0, width)).toBe('1 Logs 2 3 4 5 6   /kiwis|plums  warning+  paused');
    keyboard.press('/').type(' and a lot more than has room').press('enter');
    expect(tabs().slice(0, width)).toBe('1 Logs 2 3 4 5 6   /kiwis|plum…  warning+  paused');
  });

  it.each([80, 120, 40])('names the keys that count at %i columns, each one whole', (columns) => {
    const text = textOf(keysRow(new Keyboard(SHOP, { columns, rows: 24 }).context())).trimEnd();
    expect(text).toMatch(/^\? keys {2}q quit {2}\/ filter {2}: verb/);
    if (columns >= 80) expect(text).toMatch(/r restart {2}s stop\/start {2}n error {2}c copy/);
    expect(text.length).toBeLessThanOrEqual(columns);
  });

  it('is never wider than the list', () => {
    const long = 'a-service-with-a-very-long-name-indeed';
    const keyboard = new Keyboard();
    const [first, ...others] = keyboard.model.members;
    keyboard.model = { ...keyboard.model, members: first ? [{ ...first, name: long }, ...others] : [] };
    const context = keyboard.context();
    for (const width of [18, 30, 40]) {
      for (const row of memberRows(context, width)) expect(textOf(row).length).toBeLessThanOrEqual(width);
    }
  });

  it('shows the command that does what a key did, and what came of it', () => {
    const keyboard = new Keyboard();
    const shown = (code: number | null, ...lines: readonly string[]) => {
      keyboard.state = { ...keyboard.state, running: { command: 'restart web', changesData: false, lines, code } };
      return textOf(statusRow(keyboard.context())).trimEnd();
    };
    expect(shown(null, 'stopping')).toBe('$ devenv restart web  runs  stopping');
    expect(shown(0, 'ready')).toBe('$ devenv restart web  done');
    expect(shown(5, 'Error: nothing was deleted')).toMatch(
      / {2}not done {2}x: all of it {2}Error: nothing was deleted$/,
    );
    expect(shown(4, 'web failed', 'Error: no', '  hint')).toBe(
      '$ devenv restart web  exit code 4  x: all of it  Error: no',
    );
  });
});
