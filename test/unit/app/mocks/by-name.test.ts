import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isByName, resolveByName, warnByName } from '../../../../src/app/mocks/by-name.ts';
import { mocksFolder } from '../../../../src/app/mocks/folder.ts';
import { openByName } from '../../../../src/app/mocks/open-by-name.ts';
import type { Event } from '../../../../src/core/events.ts';
import { Secret } from '../../../../src/core/secret.ts';
import type { Stack } from '../../../../src/core/stack.ts';
import { writeWhole } from '../../../../src/lib/files.ts';
import { Lives } from '../../../../src/mocks/lives.ts';
import { makeStack } from '../../../support/stack.ts';
import { load, project } from '../../config/project.ts';

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-01-15T12:00:00Z');

async function loadedWith(mocks: string, services = 'mail: { image: mail }') {
  return load(await project({ 'devenv.config.yaml': `services: { ${services} }\nmocks: { ${mocks} }\n` }));
}

describe('the name of a provider', () => {
  it('leads to the mocks in containers of plain images, where it is asked for', async () => {
    const { config } = await loadedWith('payments: { byName: true }');
    expect([isByName(config, 'docker'), isByName(config, 'embedded')]).toEqual([true, false]);
    expect(isByName((await loadedWith('payments: {}')).config, 'docker')).toBe(false);
    expect(isByName((await loadedWith('ai: {}')).config, 'docker')).toBe(false);
    const { config: engines } = await loadedWith('payments: { byName: true }', 'db: { engine: postgres }');
    expect(isByName(engines, 'docker')).toBe(false);
  });

  it('is said to do nothing where it can do nothing', async () => {
    const loaded = await loadedWith('payments: { byName: true }');
    expect(await told(loaded, makeStack({ runtime: 'embedded' }))).toContain('the embedded runtime has no containers');
    expect(await told(loaded, makeStack())).toContain('no service is a plain image');
    expect(await told(await loadedWith('payments: {}'), makeStack())).toBe('');
  });
});

describe('mocks that can’t be reached by a name', () => {
  const byName = { names: ['api.stripe.com'], authority: 'PEM', file: '/nowhere/by-name.json', fresh: null };
  const mocks = {
    process: 'mocks',
    port: 1,
    control: new Secret('token'),
    variables: [],
    follows: null,
    passedOn: [],
    byName,
  };

  it.each([
    [null, 'the network of this Docker engine is not on this machine'],
    ['192.0.2.1', 'nothing can listen on port 443 of 192.0.2.1: EADDRNOTAVAIL'],
  ])('are refused at %s, with another way', async (address, why) => {
    await expect(openByName(mocks, address)).rejects.toMatchObject({
      message: expect.stringContaining(`mocks.payments.byName: api.stripe.com can't lead to the mocks: ${why}`),
      hints: [expect.stringContaining('STRIPE_API_BASE')],
    });
  });
});

async function told(loaded: Awaited<ReturnType<typeof load>>, stack: Stack): Promise<string> {
  const events: Event[] = [];
  warnByName({ stack, loaded }, (event) => events.push(event));
  return events.map((event) => (event.type === 'notice' ? `${event.level}: ${event.message}` : event.type)).join('\n');
}

describe('the certificate for it', () => {
  let state: string;
  beforeAll(async () => {
    state = await mkdtemp(join(tmpdir(), 'dve-by-name-'));
    vi.stubEnv('XDG_STATE_HOME', state);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(state, { recursive: true });
  });

  it('is made once, and anew in its last thirty days', async () => {
    const first = await resolveByName('abc', NOW);
    expect(first.fresh).not.toBeNull();
    expect((await resolveByName('abc', NOW)).authority).not.toBe(first.authority);
    await writeWhole(first.file, first.fresh?.reveal() ?? '');
    const kept = { authority: first.authority, fresh: null };
    expect(await resolveByName('abc', NOW + 365 * DAY_MS)).toMatchObject(kept);
    expect((await resolveByName('abc', NOW + 367 * DAY_MS)).authority).not.toBe(first.authority);
    const lives = new Lives(mocksFolder('abc'));
    await lives.lead('after a reset', { same: false });
    await lives.drop(new Set());
    expect(await resolveByName('abc', NOW)).toMatchObject(kept);
    expect((await stat(first.file)).mode & 0o777).toBe(0o600);
    expect((await resolveByName('other', NOW)).authority).not.toBe(first.authority);
  });
});
