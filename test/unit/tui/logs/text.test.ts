import { describe, expect, it } from 'vitest';
import type { Event } from '../../../../src/core/events.ts';
import type { ProcessState } from '../../../../src/core/observed.ts';
import { plainText, shownText } from '../../../../src/display/clean.ts';
import { endingOf } from '../../../../src/tui/logs/ending.ts';
import { parsePattern } from '../../../../src/tui/logs/filter.ts';
import { levelOf } from '../../../../src/tui/logs/level.ts';
import { LogStore } from '../../../../src/tui/logs/log-store.ts';
import { Matches } from '../../../../src/tui/logs/matches.ts';
import { findError, NEW_LOGS } from '../../../../src/tui/logs/window.ts';
import { modelOf, SHOP } from '../support.ts';

describe('a line of a log', () => {
  it.each([
    ['plain text', 'GET / 200', 'GET / 200'],
    ['colours, which stay', '\u001b[32mok\u001b[39m', '\u001b[32mok\u001b[39m\u001b[0m'],
    ['moves of the cursor, which go', 'a\u001b[2J\u001b[1;1Hb', 'ab'],
    ['a title for the window', '\u001b]0;evil\u0007text', 'text'],
    ['something for the clipboard', 'x\u001b]52;c;ZXZpbA==\u0007y', 'xy'],
    ['a tab and a bell', 'a\tb\u0007', 'a    b'],
    ['a bar that was written over', '10 %\r20 %\r30 %', '30 %'],
    ['an end of Windows', 'text\r', 'text'],
    ['a cut off sequence', 'text\u001b[3', 'text'],
    ['C1 controls', 'a\u009b31mb', 'a31mb'],
  ])('is cleaned of %s', (_what, line, shown) => {
    expect(shownText(line)).toBe(shown);
    expect(plainText(shown)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  });

  it.each([
    ['2026-11-21 10:00:00 UTC [1] FATAL:  the database system is starting up', 'error'],
    ['{"level":50,"msg":"x"}', 'error'],
    ['{"level":"error","msg":"x"}', 'error'],
    ['Uncaught TypeError: x is not a function', 'error'],
    ['level=warn msg=x', 'warning'],
    ['(node:1) Warning: old', 'warning'],
    ['DEBUG: query', 'debug'],
    ['compiled with 0 errors', 'info'],
    ['{"level":"info","time":1,"msg":"job done","err":null}', 'info'],
    ['{"time":1,"msg":"an error of old","level":30}', 'info'],
    ['{"message":"x","severity":"ERROR"}', 'error'],
    ['{"msg":"he sent {\\"level\\":\\"error\\"}","level":"debug"}', 'debug'],
    ['ts=1 level=info msg="retry after error"', 'info'],
    ['[info] no error handler was given', 'info'],
    ['2026-11-21T10:00:00.000Z INFO  error budget: 12', 'info'],
    ['2026-11-21 10:00:00 UTC [1] LOG:  could not receive data: error', 'info'],
    ['warn: error rate rises', 'warning'],
    ['TypeError: x is not a function', 'error'],
    ['ValueError: no such thing', 'error'],
    ['Traceback (most recent call last):', 'error'],
    ['GET /errors 200', 'info'],
    ['2026-11-21 10:00:00 UTC [1] LOG:  checkpoint complete', 'info'],
  ])('sounds as grave as it is: %s', (line, level) => {
    expect(levelOf(line)).toBe(level);
  });
});

describe('a stack trace', () => {
  const store = new LogStore();
  const say = (source: string, line: string) => store.push({ source, line, time: null });
  say('web', 'TypeError: x is not a function');
  say('worker', 'all is well');
  say('web', '    at read (app.js:1:2)');
  say('worker', '    { jobs: 3 }');
  say('web', '\tat main (app.js:3:4)');
  say('web', 'listening again');
  say('web', '  indented');

  it('is as grave as its first line, whatever comes between', () => {
    const levels = Array.from({ length: store.end }, (_, number) => store.at(number)?.level);
    expect(levels).toEqual(['error', 'info', 'error', 'info', 'error', 'info', 'info']);
  });

  it('is one error to go to', () => {
    const matches = new Matches(store, { source: null, level: 'debug', text: '' });
    const input = { store, matches, sources: ['web', 'worker'], area: { width: 80, height: 10 } };
    expect(findError(NEW_LOGS, -1, input)).toBe(0);
  });
});

describe('the end of a process', () => {
  const process = (state: ProcessState, why?: string): Event => ({
    ...{ type: 'process', name: 'web', state, pid: null, url: null, ...(why ? { why } : {}) },
  });
  const ran = modelOf([...SHOP, process('ready')]);

  it('is in the log, where it happened', () => {
    const store = new LogStore();
    const ending = endingOf(ran, process('backoff', 'exited with 1, again after 1 s'));
    if (ending) store.tell(ending, '2026-01-01T10:00:00.000Z');
    expect(store.at(0)).toMatchObject({ source: 'web', plain: '── exited with 1, again after 1 s', level: 'error' });
    expect(endingOf(ran, process('stopped'))).toMatchObject({ line: '── stopped', level: 'info' });
  });

  it('is not told of one that had ended before anybody looked, and not twice', () => {
    expect(endingOf(modelOf(SHOP), process('failed', 'exited with 1'))).toBeNull();
    const failed = modelOf([...SHOP, process('ready'), process('failed', 'exited with 1')]);
    expect(endingOf(failed, process('failed', 'exited with 1'))).toBeNull();
    expect(endingOf(ran, process('starting'))).toBeNull();
  });
});

describe('a filter', () => {
  it.each([
    ['get', 'GET /', true],
    ['get|post', 'a post', true],
    ['!get', 'GET /', false],
    ['!get', 'other', true],
    ['^a', 'ba', false],
    ['a(', 'call a(b)', true],
    ['a(', 'call ab', false],
    ['', 'anything', true],
    ['!', 'anything', true],
  ])('%s on %s', (typed, line, passes) => {
    expect(parsePattern(typed).matches(line)).toBe(passes);
  });
});
