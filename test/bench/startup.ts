import { execa } from 'execa';
import { BIN } from '../support/project.ts';
import { compare, repeating } from './compare.ts';
import type { Scenario } from './measurement.ts';

/** The least that a program of Node can take, and what devenv adds to it. */
export const startup: Scenario = {
  name: 'startup',
  async measure(signal) {
    const node = async (...args: string[]): Promise<void> => void (await execa(process.execPath, args));
    const contenders = [
      repeating('node -e 0', () => node('-e', '0')),
      repeating('version', () => node(BIN, '--version')),
      repeating('help', () => node(BIN, '--help')),
    ];
    const times = await compare(contenders, { warmUps: 3, counted: 25, signal });
    const { 'node -e 0': bare, version, help } = times;
    if (!bare || !version || !help) throw new Error('the start was not measured');
    const reference = { name: 'node -e 0', ...bare };
    return [
      {
        name: 'devenv --version',
        unit: 'ms',
        target: { atMost: 1.3, of: 'reference' },
        devenv: version,
        reference,
      },
      { name: 'devenv --help', unit: 'ms', target: null, devenv: help, reference },
    ];
  },
};
