import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OutputRows } from '../../../src/tui/output.ts';
import { variables } from '../../../src/tui/panes/variables/index.ts';
import { row, textOf } from '../../../src/tui/row.ts';
import { wrapRow } from '../../../src/tui/wrap-row.ts';
import { Keyboard, SHOP } from './support.ts';

const URL = `postgres://postgres:****@127.0.0.1:28666/${'shop'.repeat(12)}`;

describe('a line that is too long', () => {
  it('goes on below, indented, each piece with its look', () => {
    expect(wrapRow(row({ text: 'one two ', bold: true }, 'three four'), 10)).toEqual([
      [{ text: 'one two ', bold: true }],
      [{ text: '  ' }, { text: 'three ' }],
      [{ text: '  ' }, { text: 'four' }],
    ]);
    expect(wrapRow(row('one'), 10)).toEqual([row('one')]);
    expect(wrapRow([], 10)).toEqual([[]]);
  });

  it('loses nothing but spaces at which it is broken', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '漢', 'é'), maxLength: 60 });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), fc.integer({ min: 6, max: 30 }), (texts, width) => {
        const wrapped = wrapRow(row(...texts), width)
          .map(textOf)
          .join('');
        expect(wrapped.replaceAll(' ', '')).toBe(texts.join('').replaceAll(' ', ''));
      }),
    );
  });

  it('is read and copied whole from a list', () => {
    const keyboard = new Keyboard(SHOP, { columns: 80, rows: 24 });
    keyboard.variables = [{ name: 'DATABASE_URL', shared: { value: URL, origin: 'base' }, losers: [], own: [] }];
    const rows = () => variables.rows(keyboard.context()).map(textOf);
    expect(rows().join('')).toContain(URL);
    expect(rows()[0]?.length).toBeGreaterThan(keyboard.context().logs.area.width);
    keyboard.press('2', 'w');
    for (const line of rows()) expect(line.length).toBeLessThanOrEqual(keyboard.context().logs.area.width);
    expect(
      rows()
        .map((line) => line.trim())
        .join(''),
    ).toContain(URL);
    const text = `DATABASE_URL ${URL}\n             from base`;
    expect(keyboard.press('y').effects).toEqual([{ type: 'copy', text }]);
  });

  it('takes no time that anybody would notice, whatever a verb prints', () => {
    const lines = Array.from({ length: 5_000 }, () => 'lorem ipsum '.repeat(40));
    const state = { ...new Keyboard().state, running: { command: 'logs', changesData: false, lines, code: 0 } };
    const rows = new OutputRows();
    const began = performance.now();
    expect(rows.of(state).length).toBeGreaterThan(20_000);
    expect(rows.of({ ...state })).toBe(rows.of(state));
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('is read and copied whole from what a verb printed', () => {
    const keyboard = new Keyboard(SHOP, { columns: 40, rows: 20 });
    const running = {
      command: 'doctor',
      changesData: false,
      lines: [`disk ${URL}`, '\u001b[31mred\u001b[2J'],
      code: 0,
    };
    keyboard.state = { ...keyboard.state, running, overlay: { kind: 'output', scroll: 0 } };
    const texts = keyboard.context().output.map(textOf);
    expect(texts.every((line) => line.length <= 40)).toBe(true);
    expect(texts.map((line) => line.trim()).join('')).toContain(URL);
    expect(texts.at(-1)).toBe('red');
    expect(keyboard.press('c').effects).toEqual([{ type: 'copy', text: `disk ${URL}\nred` }]);
    expect(keyboard.state.overlay).not.toBeNull();
  });
});
