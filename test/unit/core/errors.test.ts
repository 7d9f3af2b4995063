import { describe, expect, it } from 'vitest';
import { systemProblem } from '../../../src/core/errors.ts';

describe('what the operating system refuses', () => {
  it('names the place that a program told of', () => {
    const said = "Command failed: cp -a /a /b\ncp: error writing '/data/db/base/1': No space left on device\ncp: more";
    expect(systemProblem(new Error(said))).toBe('the disk is full: /data/db/base/1');
  });

  it('names the place that the error has', () => {
    const error = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', path: '/state/x', syscall: 'write' });
    expect(systemProblem(error)).toBe('the disk is full: /state/x (write)');
  });

  it('is nothing else', () => {
    expect(systemProblem(new Error("cp: can't stat '/a': No such file or directory"))).toBeNull();
  });
});
