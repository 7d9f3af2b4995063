import { expect } from 'vitest';
import type { Result } from './project.ts';

export interface Failure {
  readonly code: number | readonly number[];
  /** All of these stand in what is said. */
  readonly says: readonly (string | RegExp)[];
  /** None of these stands anywhere. */
  readonly hides?: readonly string[];
}

/** How a command has to end when it can't do what was asked: an exit code, one message, no stack, no secret. */
export function expectFailure(result: Result, { code, says, hides = [] }: Failure): void {
  const { stdout, stderr } = result;
  expect([code].flat(), stderr).toContain(result.code);
  for (const text of says) {
    if (typeof text === 'string') expect(stderr).toContain(text);
    else expect(stderr).toMatch(text);
  }
  expect(stderr).not.toMatch(/^\s+at |at Object|file:\/\/|This is a bug|\[object /m);
  expect(stderr.match(/^error: |^Interrupted by/gim), stderr).toHaveLength(1);
  // No password in a URL, and not the key that all passwords are made from.
  expect(stdout + stderr).not.toMatch(/:\/\/[^:@\s/]*:(?!\*{4}@)[^@\s/]+@|a secret of the tests/);
  for (const secret of hides) expect(stdout + stderr).not.toContain(secret);
}
