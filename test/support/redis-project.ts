import type { RuntimeName } from '../../src/core/stack.ts';
import type { Machine } from './project.ts';

/** Brings up a project with one Redis, of the usual version where none is named; gives its address. */
export async function redisProject(machine: Machine, runtime: RuntimeName, version: string): Promise<URL> {
  const major = version === '' ? '' : `, version: ${version}`;
  const project = await machine.project('cached', {
    'devenv.config.yaml': `runtime: ${runtime}\nservices: { cache: { engine: redis${major} } }\nenv: { REDIS_URL: "\${cache.url}" }\n`,
  });
  await project.ok(['up', '--detach']);
  return new URL((await project.json<{ REDIS_URL: string }>(['env', '--format', 'json'])).REDIS_URL);
}
