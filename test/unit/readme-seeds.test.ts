import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { ways } from '../../src/config/seed/column.ts';
import { kinds } from '../../src/config/seed/redis.ts';
import { readSeedFile } from '../../src/config/seed-file.ts';
import { packNames } from '../../src/config/seed-pack.ts';
import { project } from './config/project.ts';

const readme = readFileSync('README.md', 'utf8');
const section = readme.slice(readme.indexOf('### Seed files')).split(/\n##+ /)[0] ?? '';
const blocks = [...section.matchAll(/```(\w+)\n([^`]*(?:`[^`\n]+`[^`]*)*)```/g)].map(([, format = '', text = '']) => ({
  format,
  text,
}));

describe('the README on seed files', () => {
  it('shows files that are read as they stand there', async () => {
    expect(blocks.map(({ format }) => format)).toEqual(['yaml', 'ts', 'ts']);
    const root = await project(
      Object.fromEntries(blocks.map(({ format, text }, index) => [`${index}.${format}`, text])),
    );
    vi.stubEnv('XDG_CACHE_HOME', root);
    const read = blocks.map(({ format }, index) => readSeedFile(`${index}.${format}`, root));
    expect((await Promise.all(read)).map(({ kind }) => kind)).toEqual(['description', 'description', 'script']);
    vi.unstubAllEnvs();
  });

  it('names every way to make a value, every type of key and every pack', async () => {
    const named = [...Object.keys(ways), ...Object.keys(kinds), ...(await packNames('seeds'))];
    expect(named.filter((name) => !section.includes(`\`${name}\``))).toEqual([]);
  });
});
