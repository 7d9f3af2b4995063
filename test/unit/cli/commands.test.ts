import { describe, expect, it } from 'vitest';
import { commands } from '../../../src/cli/commands.ts';

/** What they print is another program's, or a script. */
const WITHOUT_DATA = ['attach', 'run', 'psql', 'redis', 'shell', 'completion'];

describe('the command table', () => {
  it('has --json wherever data is printed', () => {
    const without = commands.filter(({ options }) => !options.some(({ flags }) => flags === '--json'));
    expect(without.map(({ name }) => name)).toEqual(WITHOUT_DATA);
  });

  it('never gives one verb the same flag twice', () => {
    for (const { name, options } of commands) {
      const spellings = options.flatMap(({ flags }) => flags.split(/[ ,]+/).filter((part) => part.startsWith('-')));
      expect(new Set(spellings).size, name).toBe(spellings.length);
    }
  });
});
