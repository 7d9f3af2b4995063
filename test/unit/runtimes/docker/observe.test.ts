import { expect, it } from 'vitest';
import { Label } from '../../../../src/core/labels.ts';
import { howItEnded, stateOf } from '../../../../src/runtimes/docker/observe.ts';

it.each([
  ['Exited (0) 25 seconds ago', 'it ended 25 seconds ago'],
  ['Exited (137) About an hour ago', 'it ended about an hour ago with exit code 137'],
  ['Dead', 'dead'],
])('says how a container ended: %s', (status, words) => {
  expect(howItEnded(status)).toBe(words);
});

it.each([
  ['postgres', 'Exited (0) 25 seconds ago', 'stopped'],
  ['postgres', 'Exited (1) 25 seconds ago', 'failed'],
  ['redis', 'Exited (137) 2 days ago', 'failed'],
  ['redis', 'Exited (255) 2 days ago', 'stopped'],
  ['container', 'Exited (1) 25 seconds ago', 'failed'],
  ['container', 'Exited (143) 25 seconds ago', 'stopped'],
  ['container', 'Dead', 'stopped'],
])('tells a container of %s that failed from one that was stopped: %s', (engine, Status, state) => {
  expect(stateOf({ State: 'exited', Status, Labels: { [Label.engine]: engine } })).toBe(state);
});
