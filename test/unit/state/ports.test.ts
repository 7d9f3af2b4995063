import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { allocatePorts, overruledPorts, releasePorts } from '../../../src/state/ports.ts';
import { freePort } from '../../support/ports.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dve-'));
  vi.stubEnv('XDG_STATE_HOME', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const checkout = (id: string) => ({ id, path: `/checkouts/${id}` });

test('a port is kept when the configuration asks for another, and that is known until ports are given anew', async () => {
  const [first, second] = [await freePort(), await freePort()];
  const asking = (preferred: number | null) => [{ name: 'web', preferred }];
  expect(await allocatePorts(checkout('abc'), asking(first))).toEqual(new Map([['web', first]]));
  expect(await overruledPorts('abc', asking(first))).toEqual([]);
  expect(await allocatePorts(checkout('abc'), asking(second))).toEqual(new Map([['web', first]]));
  expect(await overruledPorts('abc', asking(second))).toEqual([{ name: 'web', port: first, asked: second }]);
  expect(await overruledPorts('abc', asking(null))).toEqual([]);
  await allocatePorts(checkout('other'), asking(null));
  await releasePorts('other');
  expect(await overruledPorts('abc', asking(second))).toHaveLength(1);
  await releasePorts('abc');
  expect(await allocatePorts(checkout('abc'), asking(second))).toEqual(new Map([['web', second]]));
  expect(await overruledPorts('abc', asking(second))).toEqual([]);
});

test('some ports of an environment are given back, the others stay', async () => {
  const asking = (preferred: number | null) => ['db', 'web'].map((name) => ({ name, preferred }));
  const before = await allocatePorts(checkout('abc'), asking(null));
  await releasePorts('abc', [before.get('web') ?? 0]);
  const wanted = await freePort();
  const after = await allocatePorts(checkout('abc'), asking(wanted));
  expect([after.get('db'), after.get('web')]).toEqual([before.get('db'), wanted]);
});

test('another port because the one asked for was taken is no news', async () => {
  const taken = await freePort();
  await allocatePorts(checkout('first'), [{ name: 'web', preferred: taken }]);
  const ports = await allocatePorts(checkout('second'), [{ name: 'web', preferred: taken }]);
  expect(ports.get('web')).not.toBe(taken);
  expect(await overruledPorts('second', [{ name: 'web', preferred: taken }])).toEqual([]);
});
