import { parse } from 'dotenv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDotenv } from '../../../src/config/parse-dotenv.ts';
import { loadFiles, problemsOf, yaml } from './project.ts';

const text = `# first
A=1 # comment
export B='single \${A} #'

C="two
lines\\nand a third"
D=\`back\`
E=
  F = spaced\r
A=again
`;

describe('.env', () => {
  it('gives values as dotenv reads them, with the line of each name', () => {
    expect(parseDotenv(text)).toEqual([
      { name: 'A', value: '1', line: 2 },
      { name: 'B', value: 'single ${A} #', line: 3 },
      { name: 'C', value: 'two\nlines\nand a third', line: 5 },
      { name: 'D', value: 'back', line: 7 },
      { name: 'E', value: '', line: 8 },
      { name: 'F', value: 'spaced', line: 9 },
      { name: 'A', value: 'again', line: 10 },
    ]);
  });

  it('agrees with dotenv on any text', () => {
    const part = fc.constantFrom(
      'A',
      'B',
      '=',
      ' ',
      '\n',
      '\r\n',
      '"',
      "'",
      '`',
      '#',
      '\\',
      '\\n',
      'export ',
      ': ',
      '$',
      '__proto__',
      'x.y',
    );
    fc.assert(
      fc.property(fc.string({ unit: part, maxLength: 40 }), (file) => {
        const ours = Object.fromEntries(parseDotenv(file).map(({ name, value }) => [name, value]));
        expect(ours).toEqual({ ...parse(file) });
      }),
      { numRuns: 3_000 },
    );
  });

  it('is read next to the configuration, as it is', async () => {
    const { sources, files, root } = await loadFiles({
      ...yaml('env: { A: x }\n'),
      '.env': 'A=1\nB=${A}\n',
      '.env.local': '\nA=2\n',
    });
    expect(sources.map(({ name, value, layer, place }) => [name, value.reveal(), layer, place])).toEqual([
      ['A', 'x', 'base', 'devenv.config.yaml:1'],
      ['A', '1', '.env', '.env:1'],
      ['B', '${A}', '.env', '.env:2'],
      ['A', '2', '.env.local', '.env.local:2'],
    ]);
    expect(files).toEqual(['devenv.config.yaml', '.env', '.env.local'].map((name) => `${root}/${name}`));
  });

  it('that cannot be read is one clear problem', async () => {
    expect(await problemsOf({ ...yaml(''), '.env': null })).toEqual([".env: can't be read: it is a folder"]);
  });
});
