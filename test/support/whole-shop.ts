import { randomInt } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Event } from '../../src/core/events.ts';
import type { RuntimeName } from '../../src/core/stack.ts';
import { queryPostgres } from './clients.ts';
import { engineObjects, NO_OBJECTS } from './engine-objects.ts';
import { processesWith } from './processes.ts';
import type { Machine, Project } from './project.ts';

/** A small project with a thing of each kind: a server with data, a process that runs once, one that stays. */
export function shopFiles(runtime: RuntimeName): Record<string, string> {
  return {
    'devenv.config.yaml': `
name: shop
runtime: ${runtime}
services:
  db: { engine: postgres, version: "17" }
processes:
  migrate: { command: echo ran >> migrate.txt, once: true, needs: [db] }
  web: { command: exec node web.js, port: ${randomInt(10_000, 20_000)}, ready: { http: / }, needs: [migrate] }
env:
  DATABASE_URL: \${db.url}
`,
    // Its answer is the URL of the database: one request shows that the process runs and what it was given.
    'web.js': `
require('http')
  .createServer((q, r) => { console.log('asked for ' + q.url); r.end(process.env.DATABASE_URL); })
  .listen(process.env.PORT, '127.0.0.1');
`,
  };
}

/** Everything that a command says with `--json`. */
export async function eventsOf(project: Project, args: readonly string[]): Promise<readonly Event[]> {
  const { stdout } = await project.ok([...args, '--json']);
  return stdout.split('\n').map((line) => JSON.parse(line) as Event);
}

/** Ids of the steps that a command plans and, unless it is told otherwise, carries out. */
export async function planOf(project: Project, args: readonly string[]): Promise<readonly string[]> {
  return find(await eventsOf(project, args), 'plan').steps.map(({ id }) => id);
}

export interface WholeShop {
  readonly id: string;
  readonly databaseUrl: string;
  readonly webPid: number;
}

/** Another `up` finds nothing to do, everything answers, and what exists is exactly what has to, once. */
export async function expectWhole(
  project: Project,
  runtime: RuntimeName,
  args: readonly string[] = [],
  database = 'shop',
) {
  const events = await eventsOf(project, ['up', '--detach', ...args]);
  const { steps, kept } = find(events, 'plan');
  expect(steps).toEqual([]);
  expect(kept.map(({ target }) => target)).toEqual(['db', 'migrate', 'web']);

  const { id } = find(events, 'environment');
  const web = events.find((event) => event.type === 'process' && event.name === 'web') as Event & { type: 'process' };
  const databaseUrl = await (await fetch(web.url ?? '')).text();
  expect(await queryPostgres(databaseUrl, 'select current_database()')).toBe(database);
  if (runtime === 'docker') {
    expect(await engineObjects(`devenv.environment=${id}`)).toEqual({
      containers: [`devenv-shop-${id}-db`],
      volumes: [`devenv-${id}-db`],
      networks: [`devenv-${id}`],
    });
  }
  return { id, databaseUrl, webPid: await onlyProcess(id, runtime) } satisfies WholeShop;
}

function find<T extends Event['type']>(events: readonly Event[], type: T): Event & { readonly type: T } {
  const found = events.find((event) => event.type === type);
  if (!found) throw new Error(`no ${type} among ${events.map((event) => event.type).join(', ')}`);
  return found as Event & { readonly type: T };
}

/** On the host run the web server, one supervisor, and one embedded Postgres or none. Gives the pid of the first. */
async function onlyProcess(id: string, runtime: RuntimeName): Promise<number> {
  const all = await processesWith(id);
  const marked = all.filter(({ variables }) => variables.includes(`DVE_ENVIRONMENT=${id}`));
  expect(marked.map(({ command }) => command)).toEqual(['node web.js']);
  expect(all.filter(({ command }) => command.includes('supervisor.js'))).toHaveLength(1);
  expect(all.filter(({ command }) => command.includes('postgres -D'))).toHaveLength(runtime === 'embedded' ? 1 : 0);
  return marked[0]?.pid ?? 0;
}

/** No object, process or folder is left of an environment. */
export async function expectGone(machine: Machine, id: string, runtime: RuntimeName): Promise<void> {
  expect((await processesWith(id)).map(({ command }) => command)).toEqual([]);
  if (runtime === 'docker') expect(await engineObjects(`devenv.environment=${id}`)).toEqual(NO_OBJECTS);
  for (const place of ['state', 'data']) {
    // An empty folder is nothing: it may stay where a removal was killed between the last file and the folder.
    const folder = join(machine.folder, place, 'devenv-cli', 'environments', id);
    expect(await readdir(folder).catch(() => []), place).toEqual([]);
  }
}
