import type Dockerode from 'dockerode';
import { expect, test } from 'vitest';
import { Label } from '../../../../src/core/labels.ts';
import { createDockerRuntime } from '../../../../src/runtimes/docker/index.ts';

/** An engine that takes a filter as a hint only, and answers with more than was asked for. */
function generousEngine() {
  const objects = [
    { Name: 'ours', Id: 'ours', ...labels('ours', 'cache') },
    { Name: 'ours-other', Id: 'ours-other', ...labels('ours', 'two') },
    { Name: 'theirs', Id: 'theirs', ...labels('theirs', 'cache') },
    { Name: 'a-persons', Id: 'a-persons', Labels: null },
  ];
  const removed: string[] = [];
  const handle = (name: string) => ({
    inspect: async () => ({ State: { Running: true, Restarting: false, Status: 'running' } }),
    remove: async () => void removed.push(name),
  });
  const docker = {
    listContainers: async () => objects.map((object) => ({ ...object, State: 'running', Status: 'Up' })).toReversed(),
    listVolumes: async () => ({ Volumes: objects }),
    listNetworks: async () => objects,
    getContainer: handle,
    getVolume: handle,
    getNetwork: handle,
  };
  const engine = { docker: docker as unknown as Dockerode, about: 'generous', address: 'unix:///none' };
  return { runtime: createDockerRuntime(engine, { offline: true }), removed };
}

function labels(environment: string, service: string) {
  return { Labels: { [Label.environment]: environment, [Label.service]: service, [Label.engine]: 'redis' } };
}

test('only the data of the service of the environment is removed', async () => {
  const { runtime, removed } = generousEngine();
  await runtime.removeData('ours', 'cache', 'all');
  expect(removed).toEqual(['ours']);
});

test("an environment's container is found, not another's of the same service", async () => {
  const { runtime, removed } = generousEngine();
  await runtime.removeService('ours', 'cache');
  expect(removed).toEqual(['ours']);
});

test('networks of others stay', async () => {
  const { runtime, removed } = generousEngine();
  await runtime.removeNetwork('theirs');
  expect(removed).toEqual(['theirs']);
});

test('what is observed is of the one environment, and what is listed is ours', async () => {
  const { runtime } = generousEngine();
  const { services, data } = await runtime.observeId('ours');
  expect(services.map(({ name }) => name)).toEqual(['two', 'cache']);
  expect(data.map(({ service }) => service)).toEqual(['cache', 'two']);
  expect((await runtime.environments()).map(({ id }) => id).sort()).toEqual(['ours', 'theirs']);
});

test('a container that goes while it is looked at is no container', async () => {
  const gone = Object.assign(new Error('no such container'), { statusCode: 404 });
  const docker = {
    listContainers: async () =>
      ['cache', 'two'].map((name) => ({ Id: name, State: 'created', Status: 'Created', ...labels('ours', name) })),
    listVolumes: async () => ({ Volumes: [] }),
    listNetworks: async () => [],
    getContainer: (id: string) => ({
      inspect: async () => (id === 'two' ? { State: { Status: 'exited' } } : Promise.reject(gone)),
    }),
  };
  const engine = { docker: docker as unknown as Dockerode, about: 'quick', address: 'unix:///none' };
  const { services } = await createDockerRuntime(engine, { offline: true }).observeId('ours');
  expect(services.map(({ name, state }) => [name, state])).toEqual([['two', 'stopped']]);
});
