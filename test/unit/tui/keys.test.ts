import { describe, expect, it } from 'vitest';
import { commands } from '../../../src/cli/commands.ts';
import { helpRows } from '../../../src/tui/help.ts';
import { globalBindings } from '../../../src/tui/keys/global.ts';
import { Presses } from '../../../src/tui/keys/key-name.ts';
import { splitWords } from '../../../src/tui/keys/overlays.ts';
import { panes } from '../../../src/tui/panes/index.ts';
import { textOf } from '../../../src/tui/row.ts';
import { Keyboard, SHOP } from './support.ts';

const ran = (keyboard: Keyboard) =>
  keyboard.effects.flatMap((effect) => (effect.type === 'run' ? [effect.argv.join(' ')] : []));

describe('a key', () => {
  it.each([
    [['r'], 'restart'],
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
    expect(ran(new Keyboard([...SHOP, ready]).press('j', 's', 'k', 's'))).toEqual(['stop db', 'stop']);
  });

  it('says so where it means nothing', () => {
    const keyboard = new Keyboard().press('j', 'j', 'j', 'e');
    expect(keyboard.effects).toEqual([]);
    expect(keyboard.state.status?.text).toMatch(/means nothing here/);
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
});

describe('a question', () => {
  const question = {
    id: 'x',
    text: 'Sure?',
    choices: [
      { key: 'y', label: 'delete' },
      { key: 'n', label: 'keep' },
    ],
    fallback: 'n',
  };
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

it('does nothing that nobody can see where the terminal is too small', () => {
  const keyboard = new Keyboard(SHOP, { columns: 20, rows: 5 }).press('r', 'D', ':', 'q');
  expect(keyboard.effects).toEqual([{ type: 'leave' }]);
});
