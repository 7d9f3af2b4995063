import type { Key } from 'ink';
import { describe, expect, it } from 'vitest';
import { commands } from '../../../src/cli/commands.ts';
import type { Question } from '../../../src/core/events.ts';
import { keysRow } from '../../../src/tui/components/frame-rows.ts';
import { helpRows } from '../../../src/tui/help.ts';
import { globalBindings } from '../../../src/tui/keys/global.ts';
import { cameWithEscape, keyName, Presses } from '../../../src/tui/keys/key-name.ts';
import { splitWords } from '../../../src/tui/keys/prompt.ts';
import { panes } from '../../../src/tui/panes/index.ts';
import { logs } from '../../../src/tui/panes/logs/index.ts';
import { textOf } from '../../../src/tui/row.ts';
import { tinyRows } from '../../../src/tui/tiny.ts';
import { Keyboard, SHOP } from './support.ts';

const ran = (keyboard: Keyboard) =>
  keyboard.effects.flatMap((effect) => (effect.type === 'run' ? [effect.argv.join(' ')] : []));

/** Choices as `key label`. */
const toAsk = (text: string, choices: readonly string[], fallback: string): Question => ({
  ...{ id: 'x', text, fallback },
  choices: choices.map((choice) => ({ key: choice.slice(0, 1), label: choice.slice(2) })),
});

describe('a key', () => {
  it.each([
    [['r', 'y'], 'restart'],
    [['j', 'r'], 'restart db'],
    [['j', 'j', 'j', 'r'], 'restart web'],
    [['j', 'p'], 'psql --service db'],
    [['j', 'j', 'p'], 'redis --service cache'],
    [['p'], 'psql --service db'],
    [['j', 'e'], 'shell db'],
    [['j', 'j', 'j', 'o'], 'open web'],
    [['o'], 'open web'],
    [['u'], 'up'],
    [['D'], 'down --data'],
    [['j', 's'], 'start db'],
  ])('%j runs %s', (keys, command) => {
    expect(ran(new Keyboard().press(...keys))).toEqual([command]);
  });

  it('stops what runs', () => {
    const ready = { type: 'service', name: 'db', state: 'ready', url: '' } as const;
    expect(ran(new Keyboard([...SHOP, ready]).press('j', 's', 'k', 's', 'y'))).toEqual(['stop db', 'stop']);
  });

  it('asks before it stops or restarts all of them, and does so on yes only', () => {
    const ready = { type: 'service', name: 'db', state: 'ready', url: '' } as const;
    const keyboard = new Keyboard([...SHOP, ready]).press('r');
    expect(keyboard.state.overlay).toMatchObject({ question: { text: 'Restart all services and processes?' } });
    keyboard.press('enter', 's', 'n', 's', 'escape', 's', 'x', 'ctrl+c');
    expect(keyboard.effects).toEqual([]);
    expect(keyboard.state.overlay).toBeNull();
    expect(ran(new Keyboard().press('s'))).toEqual(['start']);
  });

  it.each([
    ['e', /select one\.$/],
    ['p', /select a service that has one/],
  ])('%s says what it is for where it means nothing', (key, words) => {
    const keyboard = new Keyboard().press('j', 'j', 'j', key);
    expect(keyboard.effects).toEqual([]);
    expect(keyboard.state.status?.text).toMatch(words);
  });

  it('that starts is named where nothing was started', () => {
    const text = (keyboard: Keyboard) => textOf(logs.rows(keyboard.context())[0] ?? []);
    expect(text(new Keyboard())).toBe('Not started: u starts it.');
    const ready = { type: 'service', name: 'db', state: 'ready', url: '' } as const;
    expect(text(new Keyboard([...SHOP, ready]))).toBe('Nothing was said yet.');
  });

  it('is bound once', () => {
    for (const pane of panes) {
      const keys = [...globalBindings, ...pane.bindings].flatMap((binding) => binding.keys);
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    }
  });

  it('of those that run a verb names one that there is', () => {
    const names = commands.map(({ name }) => name);
    const all = [...globalBindings].flatMap(({ keys }) => ran(new Keyboard().press('j', keys[0] ?? '')));
    expect(all.length).toBeGreaterThan(5);
    expect(all.filter((command) => !names.includes(command.split(' ')[0] ?? ''))).toEqual([]);
  });

  it('is in the help', () => {
    const text = helpRows(new Keyboard().context()).map(textOf).join('\n');
    for (const { label } of [...globalBindings, ...(panes[0]?.bindings ?? [])]) expect(text).toContain(label);
  });
});

describe('the prompts', () => {
  it('filter while they are typed, and go back on Esc', () => {
    const keyboard = new Keyboard().say('web', 'apple', 'pear').press('/').type('app');
    expect(keyboard.context().logs.matches.length).toBe(1);
    keyboard.press('backspace', 'backspace', 'backspace').type('x');
    expect(keyboard.context().logs.matches.length).toBe(0);
    keyboard.press('escape');
    expect(keyboard.context().logs.matches.length).toBe(2);
    expect(keyboard.state.overlay).toBeNull();
  });

  it('run a verb on Enter, with or without the name of the program', () => {
    const keyboard = new Keyboard().press(':').type('logs web --grep "a b"').press('enter');
    keyboard.press(':').type('devenv status').press('enter').press(':', 'enter');
    expect(keyboard.effects).toEqual([
      { type: 'run', argv: ['logs', 'web', '--grep', 'a b'] },
      { type: 'run', argv: ['status'] },
    ]);
  });

  it('take pasted text as text, whatever is in it', () => {
    const keyboard = new Keyboard().press(':').paste('status\rdown --data\r');
    expect(keyboard.effects).toEqual([]);
    expect(keyboard.state.overlay).toMatchObject({ text: 'status down --data ' });
    expect(new Keyboard().paste('Dq').effects).toEqual([]);
  });

  it('are edited at the cursor, and scroll with it', () => {
    const keyboard = new Keyboard(SHOP, { columns: 40, rows: 20 }).press(':').type('stats').press('left', 'left');
    keyboard.press('backspace', 'right').type('u').press('home').type('x').press('end').type('!');
    expect(keyboard.state.overlay).toMatchObject({ text: 'xsttus!' });
    const long = 'a-quite-long-line-that-has-no-room-漢字-in-forty-columns';
    keyboard.press('ctrl+u').type(long);
    const shown = () => textOf(keysRow(keyboard.context()));
    expect(shown()).toMatch(/^:devenv ….*forty-columns {3}/);
    expect(shown().replace(/ {3}enter.*/, '').length).toBeLessThanOrEqual(40);
    keyboard.press('home');
    expect(shown()).toMatch(/^:devenv a-quite/);
  });

  it('bring back what was typed before', () => {
    const keyboard = new Keyboard().press(':').type('status').press('enter', ':').type('env').press('enter');
    const text = () => (keyboard.state.overlay as { text: string }).text;
    keyboard.press(':', 'up');
    expect(text()).toBe('env');
    keyboard.press('up', 'up');
    expect(text()).toBe('status');
    keyboard.press('down', 'down');
    expect(text()).toBe('');
    keyboard.press('escape', '/', 'up');
    expect(text()).toBe('');
  });

  it('say that a filter is no regular expression', () => {
    const keyboard = new Keyboard().say('web', 'apple').press('/').type('[app');
    expect(textOf(keysRow(keyboard.context()))).toMatch(/^\/\[app {3}no regular expression: taken as it stands$/);
    const [line = []] = logs.rows(keyboard.press('enter').context());
    expect(textOf(line)).toMatch(/^No line has \[app: it is no regular expression/);
  });

  it('split words as a shell does', () => {
    expect(splitWords(`a  'b c' d"e f"g ''`)).toEqual(['a', 'b c', 'de fg', '']);
  });
});

describe('keys that come in one piece', () => {
  it('are those keys, unless they were pasted', () => {
    const presses = new Presses();
    expect(presses.take(null, 'jj\r').map(({ name }) => name)).toEqual(['j', 'j', 'enter']);
    const control = presses.take(null, '/\u0015\u0003\u007f\t').map(({ name }) => name);
    expect(control).toEqual(['/', 'ctrl+u', 'ctrl+c', 'backspace', 'tab']);
    expect(presses.take(null, '[200~')).toEqual([]);
    expect(presses.take('q', 'q')).toEqual([{ name: null, input: 'q' }]);
    expect(presses.take(null, '[201~')).toEqual([]);
    expect(presses.take('q', 'q')).toEqual([{ name: 'q', input: 'q' }]);
  });

  // With what ink makes of them.
  it.each([
    ['\u001bq', 'q', { meta: true }, ['escape', 'q']],
    ['\u001b/', '/', {}, ['escape', '/']],
    ['\u001b\r', '\r', { return: true, meta: true }, ['escape', 'enter']],
    ['\u001b\u001b', '\u001b', { escape: true, meta: true }, ['escape', 'escape']],
    ['\u001b\u0003', '\u0003', {}, ['escape', 'ctrl+c']],
    ['\u001b\t', '\t', {}, ['escape', 'tab']],
    ['\u001b\u007f', '', { delete: true, meta: true }, ['escape', 'backspace']],
    ['\u001b\u001b[A', '', { upArrow: true, meta: true }, ['escape', 'up']],
    ['\u001b', '', { escape: true, meta: true }, ['escape']],
    ['\u001b[1;3A', '', { upArrow: true, meta: true }, ['up']],
    ['\u001b[A', '', { upArrow: true }, ['up']],
    ['\t', '\t', { tab: true }, ['tab']],
    ['\r', '\r', { return: true }, ['enter']],
    ['\n', '\n', {}, ['enter']],
    ['q', 'q', {}, ['q']],
  ])('are Esc and a key where Esc came first: %j', (sequence, input, flags, names) => {
    const presses = new Presses().take(keyName(input, flags as Key), input, cameWithEscape(sequence));
    expect(presses.map(({ name }) => name)).toEqual(names);
  });
});

describe('a question', () => {
  const question = toAsk('Sure?', ['y delete', 'n keep'], 'n');
  it.each([
    ['y', 'y'],
    ['Y', 'y'],
    ['enter', 'n'],
    ['escape', 'n'],
    ['ctrl+c', 'n'],
  ])('is answered by %s with %s, and by nothing else', (key, answer) => {
    const keyboard = new Keyboard();
    keyboard.state = { ...keyboard.state, overlay: { kind: 'question', question } };
    keyboard.press('r', 'q', ':', 'x');
    expect(keyboard.effects).toEqual([]);
    expect(keyboard.press(key).effects).toEqual([{ type: 'answer', key: answer }]);
    expect(keyboard.state.overlay).toBeNull();
  });
});

describe('where the terminal is too small', () => {
  const LEAVE = toAsk('Detach or stop?', ['d detach', 's stop'], 'd');
  const asked = (columns: number, rows: number, text = LEAVE.text) => {
    const keyboard = new Keyboard(SHOP, { columns, rows });
    keyboard.state = { ...keyboard.state, overlay: { kind: 'question', question: { ...LEAVE, text } } };
    return keyboard;
  };

  it('does nothing that nobody can see', () => {
    const keyboard = new Keyboard(SHOP, { columns: 20, rows: 5 }).press('r', 'D', ':', 'q');
    expect(keyboard.effects).toEqual([{ type: 'leave' }]);
    keyboard.state = { ...keyboard.state, overlay: { kind: 'help', scroll: 0 } };
    expect(keyboard.press('x', 'q').effects).toEqual([{ type: 'leave' }, { type: 'leave' }]);
  });

  it('asks what can be read there, and takes the answer', () => {
    const keyboard = asked(20, 5);
    expect(tinyRows(keyboard.state).map(textOf)).toEqual(['Detach or stop?', 'd detach', 's stop']);
    expect(keyboard.press('s').effects).toEqual([{ type: 'answer', key: 's' }]);
  });

  it.each([
    ['low', 20, 2, LEAVE.text],
    ['narrow', 5, 10, LEAVE.text],
    ['long a question', 20, 5, 'Delete the data of cache, db and others? It can’t be brought back, ever.'],
  ])('takes no answer to what it is too %s for', (_why, columns, rows, text) => {
    const keyboard = asked(columns, rows, text);
    expect(textOf(tinyRows(keyboard.state)[0] ?? [])).toBe('Too small.');
    expect(keyboard.press('s', 'y', 'd', 'enter').effects).toEqual([]);
    expect(keyboard.press('escape').effects).toEqual([{ type: 'answer', key: 'd' }]);
  });
});

describe('next error', () => {
  const shown = (keyboard: Keyboard) =>
    logs.rows(keyboard.context()).map((line) => `${line.some(({ inverse }) => inverse) ? '> ' : ''}${textOf(line)}`);

  it('marks the line that is copied, also from the list', () => {
    const keyboard = new Keyboard().say('web', 'Error: one', 'fine', 'Error: two', 'fine').press('j', 'j', 'j', 'N');
    expect(shown(keyboard)).toEqual(['Error: one', 'fine', '> Error: two', 'fine']);
    expect(keyboard.press('c').effects).toEqual([{ type: 'copy', text: 'Error: two' }]);
  });

  it('goes on from the other end, and says so', () => {
    const keyboard = new Keyboard().say('web', 'Error: one', 'fine', 'Error: two', 'fine').press('j', 'j', 'j', 'n');
    expect(keyboard.state.status?.text).toMatch(/^No error after this line/);
    expect(shown(keyboard)[0]).toBe('> Error: one');
    expect(shown(keyboard.press('n'))[2]).toBe('> Error: two');
    expect(keyboard.state.status).toBeNull();
    expect(new Keyboard().say('web', 'fine').press('n').state.status?.text).toBe(
      'There is no error among these lines.',
    );
  });
});
