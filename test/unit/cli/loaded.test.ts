import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';

const SRC = resolve(import.meta.dirname, '../../../src');

/** Files and libraries that come along with a file before it does anything. */
function loadedBy(start: string): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (file: string): void => {
    if (found.has(relative(SRC, file))) return;
    found.add(relative(SRC, file));
    const source = readFileSync(file, 'utf8');
    for (const [, named] of source.matchAll(/^(?:import|export) (?!type )(?:[^;]*? from )?'([^']+)';$/gm)) {
      if (named?.startsWith('.')) add(join(dirname(file), named));
      else if (named) found.add(named);
    }
  };
  add(join(SRC, start));
  return found;
}

it('finds what is loaded', () => {
  expect([...loadedBy('app/data/seed.ts')]).toContain('data/seed/plan.ts');
  expect([...loadedBy('cli/commands/reset.ts')]).toContain('data/postgres/swap.ts');
});

// Together they take longer to load than all that a reset asks of the servers.
it.each(['reset', 'undo', 'up'])('%s waits for nothing of seeding, and for no client library', (verb) => {
  const heavy = [...loadedBy(`cli/commands/${verb}.ts`)].filter((name) =>
    /^data\/seed\/|^(@redis|pg|dockerode|@faker-js|@eslint-community)/.test(name),
  );
  expect(heavy).toEqual([]);
});
