import { describe, expect, it } from 'vitest';
import type { Event } from '../../../src/core/events.ts';
import { plainDisplay } from '../../../src/display/plain.ts';

const EVENTS: readonly Event[] = [
  { type: 'decision', about: 'config', text: 'tier development, in /shop' },
  { type: 'runtime', runtime: 'docker', why: 'Docker 28 answers' },
  { type: 'notice', level: 'warning', message: 'something is odd' },
  { type: 'notice', level: 'info', message: 'waiting' },
  {
    type: 'plan',
    steps: [{ id: 'start-process web', kind: 'start-process', target: 'web', cause: 'it is not running', after: [] }],
    kept: [{ target: 'db', why: 'it answers' }],
  },
  { type: 'step-started', step: 'start-process web', at: 1 },
  { type: 'step-finished', step: 'start-process web', at: 2, ms: 1 },
  { type: 'log', source: 'web', stream: 'out', time: null, line: 'hello' },
  { type: 'process', name: 'web', state: 'ready', pid: 1, url: 'http://127.0.0.1:1' },
  { type: 'ready', at: 3, ms: 2 },
];

function lines(options: { readonly verbose?: boolean; readonly quiet?: boolean }): readonly string[] {
  const written: string[] = [];
  const emit = plainDisplay((line) => written.push(line), { verbose: false, quiet: false, color: false, ...options });
  for (const event of EVENTS) emit(event);
  return written;
}

describe('events as lines', () => {
  it('tell what is done', () => {
    expect(lines({})).toEqual([
      'docker  Docker 28 answers',
      'Warning: something is odd',
      'waiting',
      'web     starting: it is not running',
      'web     │ hello',
      'web     http://127.0.0.1:1',
      'Ready in 2 ms.',
    ]);
  });

  it('tell with --verbose what was decided, what is kept, and every step', () => {
    const added = lines({ verbose: true }).filter((line) => !lines({}).includes(line));
    expect(added).toEqual([
      'config  tier development, in /shop',
      'db      kept: it answers',
      'web     start-process  it is not running',
      'web     start-process took 1 ms',
    ]);
  });

  it('tell with --quiet only results and what is wrong', () => {
    expect(lines({ quiet: true })).toEqual([
      'Warning: something is odd',
      'web     │ hello',
      'web     http://127.0.0.1:1',
    ]);
  });
});
