import { describe, expect, it } from 'vitest';
import type { DatabaseState } from '../../../src/core/data/state.ts';
import type { Event } from '../../../src/core/events.ts';
import { keysRow, statusRow } from '../../../src/tui/components/frame-rows.ts';
import { data } from '../../../src/tui/panes/data/index.ts';
import { startup } from '../../../src/tui/panes/startup/index.ts';
import { textOf } from '../../../src/tui/row.ts';
import { copy, databaseState } from '../../support/copies.ts';
import { Keyboard, SHOP } from './support.ts';

const MINUTE = 60_000;
const NOW = 100 * MINUTE;
const COPIES = [
  copy('baseline', 10 * MINUTE, { baseline: 'abcdef0123456789' }),
  copy('spare', 11 * MINUTE, { baseline: 'abcdef0123456789' }),
  copy('undo', 70 * MINUTE, { label: 'seed', baseline: null }),
  copy('snapshot', 80 * MINUTE, { label: 'before-import', baseline: null }),
  copy('undo', 90 * MINUTE, { label: 'reset', baseline: null }),
  copy('redo', 99 * MINUTE, { label: 'restore', baseline: null }),
];
const LOADED = databaseState(COPIES, { baseline: 'abcdef0123456789' });

const RUNNING: Event = { type: 'service', name: 'db', state: 'ready', url: null };

function opened(databases: readonly DatabaseState[] = [LOADED], size = { columns: 120, rows: 30 }): Keyboard {
  return new Keyboard([...SHOP, RUNNING, { type: 'data', databases }], size).press('5');
}

const rows = (keyboard: Keyboard) => data.rows(keyboard.context(NOW)).map((row) => textOf(row).trimEnd());
const argvs = (keyboard: Keyboard) =>
  keyboard.effects.map((effect) => ('argv' in effect ? effect.argv.join(' ') : effect.type));

describe('the pane of the data', () => {
  it('shows the baseline, how a reset would go, and all states with their age and the key that leads there', () => {
    expect(rows(opened()).slice(0, 10)).toEqual([
      'shop  8.0 MB  on db',
      'baseline  abcdef01  1.0 MB  1 h ago',
      'reset     ready: R swaps it in, 1 of 2 spares',
      '',
      expect.stringMatching(/^▷ redo {5}after the restore +1\.0 MB +1 min ago +ctrl\+r$/),
      expect.stringMatching(/^● live {5}shop +8\.0 MB +now$/),
      expect.stringMatching(/^◁ undo {5}before the reset +1\.0 MB +10 min ago +U$/),
      expect.stringMatching(/^◆ snapshot before-import +1\.0 MB +20 min ago +enter$/),
      expect.stringMatching(/^◁ undo {5}before the seed +1\.0 MB +30 min ago +2 x U$/),
      expect.stringMatching(/^■ baseline abcdef01 +1\.0 MB +1 h ago +R$/),
    ]);
  });

  it('fits every size, and keeps the selected state in sight', () => {
    for (const [columns, height] of [
      [40, 10],
      [80, 24],
      [200, 60],
    ] as const) {
      const keyboard = opened([LOADED], { columns, rows: height }).press('G');
      const { area } = keyboard.context().logs;
      const shown = data.rows(keyboard.context(NOW));
      expect(shown.length).toBeLessThanOrEqual(area.height);
      for (const row of shown) expect(textOf(row).trimEnd().length).toBeLessThanOrEqual(area.width);
      expect(shown.some((row) => textOf(row).startsWith('■') && row[0]?.inverse)).toBe(true);
    }
    expect(rows(opened([LOADED], { columns: 80, rows: 24 })).join('\n')).toMatch(
      /^◁ undo {5}before the reset .* 10 min ago$/m,
    );
  });

  it('tells by shapes where there are neither colours nor Unicode', () => {
    const context = { ...opened().context(NOW), unicode: false };
    const shapes = data.rows(context).flatMap((row) => /^([>*<+#]) \w/.exec(textOf(row))?.[1] ?? []);
    expect(shapes.join('')).toBe('>*<+<#');
  });

  it('has the keys at once, and gives them back to the list', () => {
    const keyboard = opened();
    expect(keyboard.state.focus).toBe('pane');
    expect(keyboard.press('1').state.focus).toBe('members');
    expect(keyboard.press('5', 'escape', 'j').state.selected).toBe('db');
    keyboard.press('enter');
    expect(keyboard.state.focus).toBe('pane');
    expect(keyboard.effects).toEqual([]);
  });

  it('goes to the selected state by the verb that does the same', () => {
    expect(argvs(opened().press('j', 'enter'))).toEqual(['undo']);
    expect(argvs(opened().press('j', 'j', 'enter'))).toEqual(['snapshot restore before-import']);
    expect(argvs(opened().press('G', 'enter'))).toEqual(['reset']);
    expect(argvs(opened().press('k', 'enter'))).toEqual(['redo']);
    expect(argvs(opened().press('R', 'U', 'ctrl+r'))).toEqual(['reset', 'undo', 'redo']);

    const farther = opened().press('j', 'j', 'j', 'enter');
    expect(farther.effects).toEqual([]);
    expect(farther.state.status?.text).toBe('It is 2 steps away: press U 2 times.');
    expect(opened().press('enter').state.status?.text).toMatch(/^This is what is live/);
  });

  it('says which command each of its keys is', () => {
    expect(rows(opened().press('j', 'j')).slice(-4)).toEqual([
      expect.stringMatching(/^Saved \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.$/),
      'enter devenv snapshot restore before-import',
      '=     devenv snapshot diff before-import',
      'X     devenv snapshot rm before-import',
    ]);
    expect(rows(opened()).slice(-2)).toEqual(['S     devenv snapshot save NAME', '+     devenv seed --rows 1000']);
  });

  it('saves under a name that is asked for, and seeds as many rows as are typed', () => {
    expect(argvs(opened().press('S').type('mine').press('enter'))).toEqual(['snapshot save mine']);
    expect(argvs(opened().press('+', 'backspace').press('enter'))).toEqual(['seed --rows 100']);
    expect(argvs(opened().press('S', 'escape'))).toEqual([]);
  });

  it('removes a snapshot only after a question', () => {
    const keyboard = opened().press('j', 'j', 'X');
    expect(keyboard.effects).toEqual([]);
    const { overlay } = keyboard.state;
    expect(overlay?.kind === 'question' && overlay.question.text).toBe(
      "Remove the snapshot before-import? It can't be brought back.",
    );
    expect(argvs(keyboard.press('n'))).toEqual([]);
    expect(argvs(keyboard.press('X', 'y'))).toEqual(['snapshot rm before-import']);
    expect(opened().press('X').state.status?.text).toMatch(/^A snapshot can be removed: select one/);
  });

  it('stays with a state as long as that is there', () => {
    const keyboard = opened().press('j', 'j');
    keyboard.tell({ type: 'data', databases: [{ ...LOADED, copies: COPIES.filter(({ kind }) => kind !== 'redo') }] });
    expect(argvs(keyboard.press('enter'))).toEqual(['snapshot restore before-import']);
    keyboard.tell({ type: 'data', databases: [{ ...LOADED, copies: [] }] });
    expect(keyboard.press('enter').state.status?.text).toMatch(/^This is what is live/);
  });

  it('says what a reset would do where it is not at once', () => {
    const about = (more: Partial<DatabaseState>) => rows(opened([{ ...LOADED, ...more }])).slice(1, 4);
    expect(about({ copies: COPIES.filter(({ kind }) => kind !== 'spare') })[1]).toBe(
      'reset     R copies the baseline, 0 of 2 spares',
    );
    expect(about({ baseline: 'new', changed: 'migrations/1.sql changed since' })).toEqual([
      'baseline  abcdef01, outdated',
      'reset     R runs migrations and seeds anew',
      'migrations/1.sql changed since',
    ]);
    expect(about({ baseline: null })[0]).toMatch(/^Without data: in the configuration/);
    expect(about({ content: 'foreign', copies: [] })[0]).toBe('baseline  none: devenv has not loaded what is there');
  });

  it('says why nothing can be told', () => {
    const keyboard = opened([databaseState([], { why: 'connect ECONNREFUSED', sizeBytes: null })]);
    expect(rows(keyboard)[1]).toBe('connect ECONNREFUSED');
    keyboard.tell({ type: 'service', name: 'db', state: 'stopped', url: null });
    expect(rows(keyboard).filter((row) => row !== '')).toEqual(['shop  on db', 'db is stopped; u starts it.']);
    expect(keyboard.press('enter').effects).toEqual([]);
    expect(rows(opened([]))[0]).toMatch(/^No Postgres here/);
    expect(rows(new Keyboard().press('5'))[0]).toBe('Looking at the databases...');
  });

  it('shows several databases, or that of the selected service', () => {
    const other = {
      ...databaseState([copy('snapshot', 1, { label: 'x' })]),
      service: 'cache',
      database: 'events',
      usual: false,
    };
    const keyboard = opened([LOADED, other]);
    expect(rows(keyboard).join('\n')).toMatch(/^shop [\s\S]*^events /m);
    // The configuration says nothing of it, so that it has to be named.
    keyboard.press('G', 'enter');
    expect(argvs(keyboard)).toEqual(['snapshot restore x --service cache']);
    keyboard.press('escape', 'escape', 'j', 'j');
    expect(keyboard.state.selected).toBe('cache');
    expect(rows(keyboard).join('\n')).not.toMatch(/^shop /m);
  });

  it('acts on the database of the selected state where there are several, and asks which to reset', () => {
    const events = {
      ...databaseState(COPIES, { baseline: 'abcdef0123456789' }),
      service: 'events',
      database: 'events',
    };
    const both = () => opened([LOADED, events], { columns: 120, rows: 40 });
    expect(argvs(both().press('j', 'enter'))).toEqual(['undo --service db']);
    expect(argvs(both().press('G', 'enter'))).toEqual(['reset --service events']);
    expect(
      rows(both())
        .filter((row) => /^[▷◁■]/.test(row))
        .slice(0, 4),
    ).toEqual([
      expect.stringMatching(/enter$/),
      expect.stringMatching(/before the reset .* enter$/),
      expect.stringMatching(/before the seed .* ago$/),
      expect.stringMatching(/enter$/),
    ]);
    expect(both().press('j', 'j', 'j', 'enter').state.status?.text).toBe(
      'It is 2 steps away: go to the nearer ones first.',
    );
    expect(rows(both().press('j', 'j')).slice(-1)).toEqual(['X     devenv snapshot rm before-import --service db']);
    expect(rows(both()).join(' ')).toMatch(/U takes back the last +action, on all that it was on; R asks/);

    const asked = both().press('G', 'R');
    expect(asked.effects).toEqual([]);
    const { overlay } = asked.state;
    expect(
      overlay?.kind === 'question' && [overlay.question.text, ...overlay.question.choices.map(({ label }) => label)],
    ).toEqual(['Reset db, events?', ...['all', 'only events', 'cancel']]);
    expect(argvs(asked.press('o', 'R', 'a', 'R', 'enter', 'U'))).toEqual(['reset --service events', 'reset', 'undo']);
  });

  it('shows the keys that go with a database: how many, whose they are, and what is kept of them', () => {
    const kept = { created: new Date(0).toISOString() };
    const keys = { service: 'cache', keys: 1_234, why: null, lags: false };
    const copies = [
      { kind: 'baseline', label: '', keys: 12, ...kept },
      { kind: 'spare', label: '', keys: 12, ...kept },
      { kind: 'snapshot', label: 'mine', keys: 3, ...kept },
      { kind: 'undo', label: 'reset', keys: 9, ...kept },
      { kind: 'undo', label: 'seed', keys: 9, ...kept },
    ] as const;
    const shown = (redis: DatabaseState['redis']) => rows(opened([{ ...LOADED, redis }])).slice(3, 5);
    expect(shown([{ ...keys, copies }])).toEqual([
      'cache     1,234 keys of shop; kept: baseline 12, mine 3, 1 spare, 2 to undo',
      '',
    ]);
    expect(shown([{ ...keys, keys: 1, lags: true, copies: [] }])[0]).toBe(
      'cache     1 key, not yet as shop: the next command brings them there',
    );
    const queue = {
      service: 'queue-of-jobs',
      keys: null,
      why: 'queue-of-jobs: it is not running',
      lags: false,
      copies,
    };
    expect(shown([queue])[0]).toBe('queue-of-jobs  queue-of-jobs: it is not running');

    const other = { ...databaseState([]), service: 'events', database: 'events' };
    const keyboard = opened([{ ...LOADED, redis: [{ ...keys, copies }] }, other]).press('escape', 'escape', 'j', 'j');
    expect(keyboard.state.selected).toBe('cache');
    expect(rows(keyboard).join('\n')).toMatch(/^shop /m);
    expect(rows(keyboard).join('\n')).not.toMatch(/^events /m);
  });

  it('names its own keys first, each once', () => {
    expect(textOf(keysRow(opened([LOADED], { columns: 80, rows: 24 }).context())).trimEnd()).toBe(
      '? keys  q quit  R reset  U undo  enter go to it  S save  + seed  : verb',
    );
  });
});

describe('what changes the data', () => {
  const running = (keyboard: Keyboard, more: object) => {
    const began = { command: 'seed --rows 1000', changesData: true, lines: [], code: null, began: NOW - 2_500 };
    keyboard.state = { ...keyboard.state, running: { ...began, ...more } };
    return keyboard;
  };
  const status = (keyboard: Keyboard) => textOf(statusRow(keyboard.context(NOW))).trimEnd();
  const counted = { what: 'public.orders', done: 45_000, total: 100_000, unit: 'rows', elapsedMs: 500 };

  it('shows how far it is in rows, how fast, and for how long yet', () => {
    const keyboard = running(opened(), { counted });
    expect(rows(keyboard).slice(0, 2)).toEqual([
      'public.orders',
      expect.stringMatching(/^█+─+ 45 % {2}90,000 rows\/s {2}611 ms left {2}45,000 of 100,000 rows$/),
    ]);
    expect(status(keyboard)).toBe('$ devenv seed --rows 1000  runs 2.5 s  esc: end it');
    expect(status(keyboard.press('1'))).toMatch(
      /^\$ devenv seed --rows 1000 +█+─+ 45 % {2}90,000 rows\/s {2}611 ms left .* esc: end it$/,
    );
    const narrow = running(opened([LOADED], { columns: 80, rows: 24 }), { counted });
    expect(rows(narrow)[1]).toMatch(/^█+─+ 45 % {2}90,000 rows\/s {2}611 ms left$/);
  });

  it('is ended by esc and ctrl+c wherever one is, and they mean something else again after that', () => {
    for (const key of ['escape', 'ctrl+c']) {
      expect(argvs(running(opened(), {}).press(key))).toEqual(['cancel']);
      expect(argvs(running(new Keyboard(), {}).press(key))).toEqual(['cancel']);
    }
    const over = running(opened(), { code: 130 });
    expect(status(over)).toBe('$ devenv seed --rows 1000  ended by esc');
    expect(over.press('escape').state.focus).toBe('members');
    expect(argvs(over.press('ctrl+c'))).toEqual(['leave']);
    expect(argvs(running(opened(), { command: 'up', changesData: false }).press('ctrl+c'))).toEqual(['leave']);
  });

  it('says what came of it, with the key that takes it back', () => {
    const lines = ['db: shop was reset in 74 ms; devenv undo takes that back.'];
    expect(status(running(opened(), { command: 'reset', lines, code: 0 }))).toBe(
      '$ devenv reset  done  db: shop was reset in 74 ms; U takes that back.',
    );
  });

  it('says what went wrong and what to do about it, until the next one', () => {
    const lines = ['seed: a.yaml', 'Error: there is a snapshot x of shop already', '  Name it otherwise.'];
    const failed = running(opened(), { command: 'snapshot save x', lines, code: 5 });
    expect(rows(failed).slice(0, 3)).toEqual([lines[1], lines[2], '']);
    expect(rows(running(failed, {}))[0]).toBe('shop  8.0 MB  on db');
  });

  it('is counted in a start as well, one file after the other', () => {
    const id = 'load-data db';
    const step = { id, kind: 'load-data' as const, target: 'db', cause: 'it is empty', after: [] };
    const keyboard = new Keyboard([...SHOP, { type: 'plan', steps: [step], kept: [] }]).press('1');
    keyboard.state = { ...keyboard.state, starting: true };
    keyboard.tell({ type: 'step-started', step: id, at: 0 });
    keyboard.tell({ type: 'step-progress', step: id, message: 'seed: users', done: 500, total: 1_000 });
    const at = (now: number) => textOf(statusRow(keyboard.context(now))).trimEnd();
    expect(at(1_000)).toMatch(/^db: seed: users +█+─+ 50 % {2}500 rows\/s {2}1\.0 s left/);
    expect(startup.rows(keyboard.context(1_000)).map(textOf).join('\n')).toMatch(/seed: users/);
    keyboard.tell({ type: 'step-progress', step: id, message: 'migrate: done' });
    expect(at(1_000)).toBe('');
    keyboard.tell({ type: 'step-progress', step: id, message: 'seed: b', done: 1, total: 10 });
    keyboard.tell({ type: 'step-finished', step: id, at: 1, ms: 1 });
    expect(at(1_000)).toBe('');
  });
});
