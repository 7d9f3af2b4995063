import { describe, expect, it } from 'vitest';
import type { Event } from '../../../src/core/events.ts';
import { culprits, timingsOf } from '../../../src/core/timings.ts';
import { githubGroups, summaryLines } from '../../../src/display/ci.ts';

const step = (id: string, after: readonly string[] = []) => {
  const [kind = '', target = ''] = id.split(' ');
  return { id, kind: kind as 'start-service', target, cause: `because of ${target}`, after };
};
const began = (id: string, at: number): Event => ({ type: 'step-started', step: id, at });
const done = (id: string, at: number): Event => ({ type: 'step-finished', step: id, at, ms: 0 });
const failed = (id: string, at: number): Event => ({ type: 'step-failed', step: id, at, message: 'it ended with 3' });

const member = (name: string) => ({ name, needs: [], port: 1, askedPort: null });

const BEGINNING: readonly Event[] = [
  { type: 'runtime', runtime: 'docker', why: 'Docker' },
  { type: 'environment', id: 'abc', project: 'shop', branch: null, path: '/shop', basedOn: 'git' },
  {
    type: 'stack',
    services: [
      { ...member('db'), engine: 'postgres', version: '17', image: null, url: 'postgres://u:****@h/shop' },
      { ...member('cache'), engine: 'redis', version: '8', image: null, url: 'redis://h' },
    ],
    processes: [{ ...member('web'), command: 'node web.js', cwd: '/shop', url: 'http://h:1' }],
  },
  {
    type: 'plan',
    steps: [
      step('create-network network'),
      step('start-service db', ['create-network network']),
      step('ready-service db', ['start-service db']),
      step('start-service cache'),
      step('ready-service cache', ['start-service cache']),
      step('start-process web', ['ready-service db', 'ready-service cache']),
      step('ready-process web', ['start-process web']),
    ],
    kept: [{ target: 'mail', why: 'as it should be' }],
  },
  began('create-network network', 1_100),
  began('start-service cache', 1_100),
  done('create-network network', 1_200),
  began('start-service db', 1_200),
  done('start-service cache', 1_150),
  began('ready-service cache', 1_150),
  done('ready-service cache', 1_300),
  done('start-service db', 1_400),
  began('ready-service db', 1_400),
];

const WHOLE: readonly Event[] = [
  ...BEGINNING,
  done('ready-service db', 3_000),
  began('start-process web', 3_000),
  done('start-process web', 3_010),
  began('ready-process web', 3_010),
  done('ready-process web', 3_500),
];

const run = { began: 1_000, ended: 3_600, exitCode: 0 };

describe('timings of an up', () => {
  it('tells of each thing when it began, how long it took and where it is', () => {
    const { things, ms, planMs, kept, ...rest } = timingsOf(WHOLE, run);
    expect(rest).toMatchObject({ ok: true, exitCode: 0, project: 'shop', environment: 'abc', runtime: 'docker' });
    expect({ ms, planMs, kept }).toEqual({
      ms: 2_600,
      planMs: 100,
      kept: [{ target: 'mail', why: 'as it should be' }],
    });
    expect(things.map(({ name, kind, beganMs, ms, url }) => [name, kind, beganMs, ms, url])).toEqual([
      ['network', 'environment', 100, 100, null],
      ['cache', 'service', 100, 200, 'redis://h'],
      ['db', 'service', 200, 1_800, 'postgres://u:****@h/shop'],
      ['web', 'process', 2_000, 500, 'http://h:1'],
    ]);
  });

  it('finds the steps that the end waited for', () => {
    expect(timingsOf(WHOLE, run).slowestPath.map(({ step, ms }) => [step, ms])).toEqual([
      ['create-network network', 100],
      ['start-service db', 200],
      ['ready-service db', 1_600],
      ['start-process web', 10],
      ['ready-process web', 490],
    ]);
  });

  it('sums up for a person', () => {
    expect(summaryLines(timingsOf(WHOLE, run))).toEqual([
      'Ready in 2.6 s.',
      '  cache  ready at 300 ms, took 200 ms  redis://h',
      '  db     ready at 2.0 s, took 1.8 s    postgres://u:****@h/shop',
      '  web    ready at 2.5 s, took 500 ms   http://h:1',
      'Up already: mail.',
      'Slowest path: plan 100 ms, network 100 ms, db 1.8 s (ready-service 1.6 s), web 500 ms (ready-process 490 ms).',
    ]);
  });

  it('names what failed, and what did not begin because of it', () => {
    const events = [...BEGINNING, failed('ready-service db', 2_000)];
    const timings = timingsOf(events, { began: 1_000, ended: 2_100, exitCode: 4 });
    expect(timings.things.map(({ name, state, why }) => [name, state, why])).toEqual([
      ['network', 'done', null],
      ['cache', 'done', null],
      ['db', 'failed', 'it ended with 3'],
      ['web', 'unfinished', null],
    ]);
    expect(culprits(timings)).toEqual(['db']);
    const lines = summaryLines(timings);
    expect(lines[0]).toBe('Not ready after 1.1 s.');
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}web +did not begin/));
    expect(timings.slowestPath.at(-1)).toMatchObject({ step: 'ready-service db', ms: 600 });
  });

  it('takes what was still under way for the culprit when time ran out', () => {
    const timings = timingsOf(BEGINNING, { ...run, exitCode: 124 });
    expect(culprits(timings)).toEqual(['db']);
    expect(timings.slowestPath.map(({ step, ms, finished }) => [step, ms, finished])).toEqual([
      ['create-network network', 100, true],
      ['start-service db', 200, true],
      ['ready-service db', 2_200, false],
    ]);
    expect(summaryLines(timings).at(-1)).toBe(
      'Slowest path: plan 100 ms, network 100 ms, db 2.4 s (ready-service 2.2 s, cut off).',
    );
  });

  it('takes what failed for the end of the path, not what was cut off by it', () => {
    const events = [
      ...BEGINNING.filter((event) => !('step' in event && event.step === 'ready-service cache')),
      began('ready-service cache', 1_150),
    ];
    const timings = timingsOf([...events, failed('ready-service db', 2_000)], { ...run, exitCode: 4 });
    expect(timings.slowestPath.at(-1)?.step).toBe('ready-service db');
  });

  it('has something to say of an up that never came to a plan', () => {
    const timings = timingsOf([], { began: 1_000, ended: 1_050, exitCode: 2 });
    expect(timings).toMatchObject({
      ok: false,
      exitCode: 2,
      ms: 50,
      planMs: 50,
      things: [],
      slowestPath: [],
      kept: [],
    });
    expect(summaryLines(timings)).toEqual(['Not ready after 50 ms.']);
  });
});

it('lets GitHub fold lines without taking what is in them for commands', () => {
  const { begin, end } = githubGroups('word');
  expect([...begin('devenv up'), '::error::from the log', ...end()]).toEqual([
    '::group::devenv up',
    '::stop-commands::word',
    '::error::from the log',
    '::word::',
    '::endgroup::',
  ]);
});
