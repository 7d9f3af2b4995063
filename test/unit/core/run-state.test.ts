import { expect, it } from 'vitest';
import type { ProcessState } from '../../../src/core/observed.ts';
import { type RunState, runState } from '../../../src/core/run-state.ts';

const on = { name: 'db', runs: true };
const off = { name: 'cache', runs: false };
const process = (state: Exclude<ProcessState, 'missing'>, pid: number | null = 1) => ({ state, pid });

it.each<[RunState, string, ...Parameters<typeof runState>]>([
  ['stopped', 'nothing but data', [], []],
  ['running', 'services alone', [on], []],
  ['running', 'processes alone', [], [process('ready')]],
  ['running', 'what is not ready yet', [on], [process('starting')]],
  ['running', 'what has done its work', [on], [process('done', null), process('ready')]],
  ['partly', 'a service that was stopped', [on, off], []],
  ['partly', 'a process that failed', [on], [process('failed', null)]],
  ['partly', 'a process between two starts', [on], [process('backoff', null)]],
  ['partly', 'processes without a supervisor', [], [process('failed')]],
  ['partly', 'processes whose service was stopped', [off], [process('ready')]],
  ['stopped', 'all stopped', [off], [process('stopped', null), process('done', null)]],
  ['stopped', 'a process that failed alone', [], [process('failed', null)]],
])('is %s: %s', (state, _, services, processes) => {
  expect(runState(services, processes)).toBe(state);
});
