import { describe, expect, it } from 'vitest';
import type { Surroundings } from '../../../../src/app/doctor/finding.ts';
import { runCheck } from '../../../../src/app/doctor/index.ts';
import { UserError } from '../../../../src/core/errors.ts';

const around = {} as Surroundings;

describe('a check', () => {
  it('that never ends becomes a finding', async () => {
    const found = await runCheck({ name: 'x', run: () => new Promise(() => {}) }, around, 20);
    expect(found).toEqual([{ status: 'warning', what: 'it could not be checked within 0.02 s' }]);
  });

  it('that throws becomes one too, with what its error advises', async () => {
    const run = async () => {
      throw new UserError('no luck', { hints: ['Try this.'] });
    };
    expect(await runCheck({ name: 'x', run }, around)).toEqual([
      { status: 'problem', what: 'it could not be checked: no luck', mend: 'Try this.' },
    ]);
    const crash = async () => {
      throw new TypeError('x is not a function');
    };
    expect(await runCheck({ name: 'x', run: crash }, around)).toEqual([
      { status: 'warning', what: 'it could not be checked: x is not a function' },
    ]);
  });
});
