import { describe, expect, it } from 'vitest';
import { headerRow, keysRow, memberRows, statusRow, tabsRow } from '../../../src/tui/components/frame-rows.ts';
import { helpRows } from '../../../src/tui/help.ts';
import { textOf } from '../../../src/tui/row.ts';
import { Keyboard, SHOP } from './support.ts';

const ready = (name: string) => ({ type: 'service', name, state: 'ready', url: '' }) as const;

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
      expect.stringMatching(/^· web +missing$/),
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

  it('is never wider than the list', () => {
    const long = 'a-service-with-a-very-long-name-indeed';
    const stack = {
      ...SHOP[2],
      services: [{ name: long, engine: 'redis', version: '8', url: '' }],
    } as (typeof SHOP)[2];
    const context = new Keyboard([...SHOP.slice(0, 2), stack as never]).context();
    for (const width of [18, 30, 40]) {
      for (const row of memberRows(context, width)) expect(textOf(row).length).toBeLessThanOrEqual(width);
    }
  });

  it('shows the command that does what a key did, and what came of it', () => {
    const keyboard = new Keyboard();
    const shown = (code: number | null, ...lines: readonly string[]) => {
      keyboard.state = { ...keyboard.state, running: { command: 'restart web', lines, code } };
      return textOf(statusRow(keyboard.context())).trimEnd();
    };
    expect(shown(null, 'stopping')).toBe('$ devenv restart web  runs  stopping');
    expect(shown(0, 'ready')).toBe('$ devenv restart web  done');
    expect(shown(4, 'web failed', 'Error: no', '  hint')).toBe('$ devenv restart web  exit code 4  Error: no');
  });
});
