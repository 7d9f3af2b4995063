import { expect, it } from 'vitest';
import { makeMachine } from '../support/project.ts';

it('lines of logs begin in one column, whatever the names are', async () => {
  await using machine = await makeMachine();
  const project = await machine.project('columns', {
    'devenv.config.yaml': [
      'runtime: embedded',
      'processes:',
      '  a: { command: echo one, once: true }',
      '  a-long-name-of-it: { command: echo two, once: true, needs: [a] }',
    ].join('\n'),
  });
  await project.ok(['up', '--detach']);
  const { stdout } = await project.ok(['logs']);
  expect(stdout.trimEnd().split('\n')).toEqual(['a                 one', 'a-long-name-of-it two']);
  expect((await project.ok(['logs', 'a'])).stdout.trimEnd()).toBe('a         one');
});
