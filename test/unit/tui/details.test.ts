import { describe, expect, it } from 'vitest';
import type { Event } from '../../../src/core/events.ts';
import { details } from '../../../src/tui/panes/details/index.ts';
import { textOf } from '../../../src/tui/row.ts';
import { Keyboard, SHOP } from './support.ts';

const AT = new Date(2026, 0, 1, 10, 0, 0).getTime();
const SIZE = { columns: 120, rows: 40 };
const web = (part: Partial<Event & { type: 'process' }>): Event => ({
  ...{ type: 'process', name: 'web', state: 'ready', pid: 7, url: null, ...part },
});
const shown = (keyboard: Keyboard) =>
  details.rows(keyboard.context(AT)).map((row) => textOf(row).trimEnd().replace(/ {2,}/g, '  '));

describe('the details', () => {
  it('of a process say what it is, where, since when, and how often it was started again', () => {
    const keyboard = new Keyboard([...SHOP, web({ since: AT, restarts: 2 })], SIZE).press('j', 'j', 'j', '4');
    expect(shown(keyboard)).toEqual(
      expect.arrayContaining([
        '● ready',
        'since  10:00:00',
        'restarts 2',
        'port  5002',
        'command  npm run dev',
        'folder  /shop/web',
        'needs  db',
        'pid  7',
      ]),
    );
  });

  it('of a service say which port was given instead of the one that was asked for', () => {
    const text = shown(new Keyboard(SHOP, SIZE).press('j', '4')).join('\n');
    expect(text).toMatch(/^· not started$/m);
    expect(text).toMatch(/^u starts it\.$/m);
    expect(text).toMatch(/^port {2}5000; the configuration asks for 5432/m);
    expect(text).toMatch(/^image {2}postgres:17$/m);
  });

  it('have no figures of what has died', () => {
    const usage: Event = { type: 'usage', name: 'web', cpu: 0.5, memoryBytes: 9_000_000 };
    const dead = web({ state: 'backoff', pid: null, why: 'exited with 1, again after 6.4 s' });
    const text = shown(new Keyboard([...SHOP, web({}), usage, dead], SIZE).press('j', 'j', 'j', '4')).join('\n');
    expect(text).toMatch(/^↻ backoff {2}exited with 1, again after 6\.4 s$/m);
    expect(text).not.toMatch(/^(cpu|memory|pid)/m);
  });

  it('keep to what tells among the events', () => {
    const db = (state: 'starting' | 'ready', why?: string): Event => ({
      ...{ type: 'service', name: 'db', state, url: '', ...(why ? { why } : {}) },
    });
    const events = [db('starting', 'read ECONNRESET'), db('starting', 'it closed the connection'), db('ready')];
    const keyboard = new Keyboard([...SHOP, ...events], SIZE);
    expect(keyboard.model.happenings.map(({ text }) => text)).toEqual(['starting', 'ready']);
  });
});
