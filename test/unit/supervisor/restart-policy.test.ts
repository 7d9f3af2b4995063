import { describe, expect, it } from 'vitest';
import { type Ending, judge, NO_HISTORY, type Verdict } from '../../../src/supervisor/restart-policy.ts';

const crash: Ending = { why: 'exited with 1', success: false, readyMs: null };
const end: Ending = { why: 'exited with 0', success: true, readyMs: 500 };
const server = { once: false, restart: 'on-failure' } as const;

function verdicts(ending: Ending, count: number): Verdict[] {
  const found: Verdict[] = [];
  for (let history = NO_HISTORY; found.length < count; ) {
    const verdict = judge(server, ending, history);
    found.push(verdict);
    if (verdict.next !== 'again') break;
    history = verdict.history;
  }
  return found;
}

describe('judge', () => {
  it('runs a failure again, ever later, and gives up after five without readiness', () => {
    expect(verdicts(crash, 9).map(({ next, why }) => `${next}: ${why}`)).toEqual([
      'again: exited with 1, again after 0.1 s',
      'again: exited with 1, again after 0.2 s',
      'again: exited with 1, again after 0.4 s',
      'again: exited with 1, again after 0.8 s',
      'failed: exited with 1, 5 times in a row',
    ]);
  });

  it('never gives up on one that was ready; waits 10 s at most, and little after a recovery', () => {
    const found = verdicts({ ...crash, readyMs: 200 }, 12);
    expect(found.every(({ next }) => next === 'again')).toBe(true);
    expect(found.at(-1)).toMatchObject({ delayMs: 10_000 });
    const history = { failures: 3, delayMs: 10_000 };
    expect(judge(server, { ...crash, readyMs: 10_000 }, history)).toMatchObject({ delayMs: 100 });
  });

  it('follows the restart policy', () => {
    expect(judge(server, end, NO_HISTORY)).toEqual({ next: 'stopped', why: 'exited with 0' });
    expect(judge({ once: false, restart: 'always' }, end, NO_HISTORY)).toMatchObject({ next: 'again' });
    expect(judge({ once: false, restart: 'no' }, crash, NO_HISTORY)).toEqual({ next: 'failed', why: 'exited with 1' });
    expect(judge(server, { ...crash, final: true }, NO_HISTORY)).toMatchObject({ next: 'failed' });
  });

  it('never runs a process again that runs once', () => {
    expect(judge({ once: true, restart: 'always' }, end, NO_HISTORY)).toMatchObject({ next: 'done' });
    expect(judge({ once: true, restart: 'always' }, crash, NO_HISTORY)).toMatchObject({ next: 'failed' });
  });
});
