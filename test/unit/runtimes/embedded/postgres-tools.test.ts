import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createContext } from '../../../../src/runtimes/embedded/context.ts';
import { toolCommand } from '../../../../src/runtimes/embedded/programs/postgres-tools.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dve-tools-'));
  const file = join(folder, 'pg_dump');
  await writeFile(file, '#!/bin/sh\necho "pg_dump (PostgreSQL) 98.3 (Debian 98.3-1)"\n');
  await chmod(file, 0o755);
  await mkdir(join(folder, 'cache'));
});
afterAll(() => rm(folder, { recursive: true }));

/** No major that any machine has, so that only what is on this PATH counts. */
const find = (major: string) => {
  const env = { PATH: `${folder}:/usr/bin:/bin`, XDG_CACHE_HOME: join(folder, 'cache'), HOME: folder };
  return toolCommand(createContext({ offline: true, env }), 'pg_dump', major, new AbortController().signal);
};

it('takes a program of exactly the major of the server', async () => {
  expect(await find('98')).toEqual({ file: join(folder, 'pg_dump'), env: {} });
});

it('says which one is there where its major is another, older or newer', async () => {
  for (const major of ['97', '99']) {
    await expect(find(major)).rejects.toMatchObject({
      code: 'noRuntime',
      message: `pg_dump of Postgres ${major} is not on this machine: ${join(folder, 'pg_dump')} is 98.3`,
    });
  }
});
