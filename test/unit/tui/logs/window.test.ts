import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogEvent } from '../../../../src/core/events.ts';
import { LogStore } from '../../../../src/tui/logs/log-store.ts';
import { Matches } from '../../../../src/tui/logs/matches.ts';
import {
  findError,
  type LogsInput,
  type LogsState,
  moveCursor,
  NEW_LOGS,
  placeCursor,
  visibleLines,
} from '../../../../src/tui/logs/window.ts';
import { textOf } from '../../../../src/tui/row.ts';

function say(store: LogStore, line: string, source = 'web'): void {
  store.push({ source, line, time: '2026-01-01T10:00:00.000Z' } satisfies Pick<LogEvent, 'source' | 'line' | 'time'>);
}

function world(lines: readonly string[], { width = 20, height = 4, text = '' } = {}): LogsInput {
  const store = new LogStore(1_000);
  for (const line of lines) say(store, line);
  const matches = new Matches(store, { source: null, level: 'debug', text });
  return { store, matches, sources: ['web'], area: { width, height } };
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}`);
const texts = (state: LogsState, input: LogsInput) =>
  visibleLines(state, input).flatMap(({ rows }) => rows.map((line) => textOf(line)));

describe('the window on the logs', () => {
  it('follows the newest lines, and stays where the cursor is put', () => {
    const input = world(numbered(10));
    expect(texts(NEW_LOGS, input)).toEqual(['line 6', 'line 7', 'line 8', 'line 9']);
    const moved = moveCursor(NEW_LOGS, -1, input);
    say(input.store, 'line 10');
    expect(texts(moved, input)).toEqual(['line 6', 'line 7', 'line 8', 'line 9']);
    expect(input.store.at(moved.cursor)?.plain).toBe('line 8');
    expect(texts(NEW_LOGS, input)).toEqual(['line 7', 'line 8', 'line 9', 'line 10']);
  });

  it('moves only when the cursor leaves it', () => {
    const input = world(numbered(10));
    const up = moveCursor(NEW_LOGS, -4, input);
    expect(texts(up, input)).toEqual(['line 5', 'line 6', 'line 7', 'line 8']);
    expect(texts(moveCursor(up, 1, input), input)).toEqual(texts(up, input));
    expect(texts(moveCursor(up, 4, input), input)).toEqual(['line 6', 'line 7', 'line 8', 'line 9']);
    expect(texts(moveCursor(up, -100, input), input)).toEqual(['line 0', 'line 1', 'line 2', 'line 3']);
  });

  it('wraps long lines under their beginning', () => {
    const input = { ...world(['a', 'one two three four five six', 'z']), sources: ['web', 'worker'] };
    expect(texts({ ...NEW_LOGS, wrap: true }, input)).toEqual([
      'web    one two three',
      '        four five ',
      '       six',
      'web    z',
    ]);
  });

  it('shows the filtered lines only, and what they were found by', () => {
    const input = world(['apple', 'pear', 'APPLE pie'], { text: 'apple' });
    const state = { ...NEW_LOGS, text: 'apple' };
    expect(texts(state, input)).toEqual(['apple', 'APPLE pie']);
    const [, second] = visibleLines(state, input);
    expect(second?.rows[0]).toEqual([{ text: 'APPLE', inverse: true }, { text: ' pie' }]);
  });

  it('finds errors on both sides of the cursor', () => {
    const input = world(['Error: one', ...numbered(8), 'FATAL: two', 'ok']);
    const last = findError(NEW_LOGS, -1, input) ?? -1;
    expect(input.store.at(input.matches.at(last) ?? -1)?.plain).toBe('FATAL: two');
    const there = placeCursor(NEW_LOGS, last, input);
    expect(findError(there, 1, input)).toBeUndefined();
    expect(input.matches.at(findError(there, -1, input) ?? -1)).toBe(0);
  });

  it('never shows more than fits, and always the cursor, whatever is pressed', () => {
    const line = fc.string({ maxLength: 60, unit: fc.constantFrom('a', 'b', ' ', 'é', '漢', '\u001b[31m', '\t') });
    const move = fc.oneof(fc.integer({ min: -7, max: 7 }), fc.constant(100), fc.constant(-100));
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 40 }),
        fc.array(move, { maxLength: 12 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 12 }),
        (lines, moves, wrap, height) => {
          const input = world(lines, { width: 15, height });
          let state: LogsState = { ...NEW_LOGS, wrap };
          for (const by of moves) {
            state = moveCursor(state, by, input);
            const shown = visibleLines(state, input);
            expect(shown.map(({ number }) => number)).toContain(state.cursor);
            const before = shown.slice(0, -1).reduce((sum, one) => sum + one.rows.length, 0);
            expect(before).toBeLessThan(height);
          }
        },
      ),
    );
  });
});

describe('the store of lines', () => {
  it('keeps the last ones, under the same numbers', () => {
    const store = new LogStore(3);
    for (const text of numbered(5)) say(store, text);
    expect([store.start, store.end]).toEqual([2, 5]);
    expect(store.at(1)).toBeUndefined();
    expect(store.at(2)?.plain).toBe('line 2');
    expect(store.at(4)?.plain).toBe('line 4');
  });

  it('knows which lines match while some come and others go', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('yes', 'no'), { maxLength: 200 }),
        fc.integer({ min: 1, max: 50 }),
        (all, room) => {
          const store = new LogStore(room);
          const matches = new Matches(store, { source: null, level: 'debug', text: 'yes' });
          for (const [index, text] of all.entries()) {
            say(store, text);
            if (index % 7 === 0) void matches.length;
          }
          const wanted = all.flatMap((text, number) => (text === 'yes' && number >= store.start ? [number] : []));
          expect(Array.from({ length: matches.length }, (_, index) => matches.at(index))).toEqual(wanted);
        },
      ),
    );
  });
});
