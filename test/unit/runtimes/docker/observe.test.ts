import { expect, it } from 'vitest';
import { howItEnded } from '../../../../src/runtimes/docker/observe.ts';

it.each([
  ['Exited (0) 25 seconds ago', 'it ended 25 seconds ago'],
  ['Exited (137) About an hour ago', 'it ended about an hour ago with exit code 137'],
  ['Dead', 'dead'],
])('says how a container ended: %s', (status, words) => {
  expect(howItEnded(status)).toBe(words);
});
