import { describe, expect, it } from 'vitest';
import { commands } from '../../../src/cli/commands.ts';
import { bashScript } from '../../../src/cli/completion/bash.ts';
import { fishScript } from '../../../src/cli/completion/fish.ts';
import { verbModels } from '../../../src/cli/completion/model.ts';
import { zshScript } from '../../../src/cli/completion/zsh.ts';

const verbs = verbModels(commands);

describe('the model that completion is made from', () => {
  it('tells flags with and without a value, and what the value may be', () => {
    const up = verbs.find(({ name }) => name === 'up');
    const flag = (spelling: string) => up?.flags.find(({ spellings }) => spellings.includes(spelling));
    expect(flag('--detach')).toMatchObject({ spellings: ['-d', '--detach'], value: null, repeatable: false });
    expect(flag('--runtime')?.value).toEqual({ type: 'words', words: ['docker', 'embedded'] });
    expect(flag('-C')?.value).toEqual({ type: 'folders' });
    expect(flag('--timeout')?.value).toEqual({ type: 'anything' });
    expect(flag('--env')?.repeatable).toBe(true);
  });

  it('leaves out what is for programs', () => {
    const completion = verbs.find(({ name }) => name === 'completion');
    expect(completion?.flags.flatMap(({ spellings }) => spellings)).toEqual(['-h', '--help']);
  });

  it('offers names wherever a service or process is asked for', () => {
    const offering = verbs.filter(({ places }) => places.some(({ completes }) => completes.type === 'names'));
    expect(offering.map(({ name }) => name)).toEqual([
      ...['up', 'start', 'stop', 'down', 'logs', 'env', 'restart', 'shell', 'open'],
    ]);
  });
});

describe.each([
  ['bash', bashScript, (flag: string) => flag],
  ['zsh', zshScript, (flag: string) => flag],
  ['fish', fishScript, (flag: string) => flag.replace(/^--/, '-l ').replace(/^-(\w)$/, '-s $1')],
] as const)('the script for %s', (_shell, script, spelled) => {
  const text = script(verbs);

  it.each(verbs.map((verb) => [verb.name, verb] as const))('knows %s and its flags', (name, { flags }) => {
    const lines = text.split(/\n(?= {4}[a-z]+\)|complete )/).filter((part) => new RegExp(`\\b${name}\\b`).test(part));
    const spellings = flags.flatMap((flag) => flag.spellings.map(spelled));
    expect(spellings.filter((spelling) => !lines.some((part) => part.includes(spelling)))).toEqual([]);
    expect(lines.length).toBeGreaterThan(0);
  });
});
