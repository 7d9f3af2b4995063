import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Mode } from '../../../src/core/mocks.ts';
import { type Host, openHost } from '../../../src/mocks/host.ts';
import { mintKeys } from '../../../src/mocks/keys.ts';
import { Lives } from '../../../src/mocks/lives.ts';
import type { Call } from '../../../src/mocks/provider.ts';
import type { MocksSpec } from '../../../src/mocks/spec.ts';
import { REAL } from '../../support/relays.ts';
import { canMount, type Disk, mountDisk } from '../../support/small-disk.ts';

const KEYS = mintKeys((name) => name.replaceAll(' ', ''));
const DAY = Date.UTC(2026, 0, 15);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dve-life-'));
});
afterEach(() => rm(folder, { recursive: true }));

interface Opening {
  readonly stripe?: Mode;
  /** Gathers what fails; without it nothing may. */
  readonly failures?: unknown[];
  /** Where Stripe itself is. */
  readonly upstream?: string;
  /** Gathers what a person is told; without it nothing may be. */
  readonly told?: string[];
}

function open({ stripe = 'mock', failures, upstream, told }: Opening = {}): Promise<Host> {
  const spec: MocksSpec = {
    ...{ environment: 'abc', port: 4000, folder, seed: '1', startMs: DAY, keys: KEYS, control: 'token' },
    ai: { latency: { ttftMs: 0, tokensPerSecond: null }, budget: null, models: null, rules: [] },
    payments: { webhook: null, dunningEnd: 'canceled' },
    ...{
      modes: { openai: 'mock', anthropic: 'mock', stripe },
      recordings: join(folder, 'recordings'),
      upstreams: upstream ? { stripe: upstream } : {},
      byName: null,
    },
  };
  const unexpected = (error: unknown): never => {
    throw error;
  };
  const failed = failures ? (error: unknown) => void failures.push(error) : unexpected;
  const tell = told ? (message: string) => void told.push(message) : unexpected;
  return openHost(spec, { wallClock: () => DAY, failed, tell, realKeys: { stripe: REAL } });
}

async function ask(host: Host, name: 'openai' | 'stripe', method: string, path: string, body = ''): Promise<string> {
  const key = name === 'stripe' ? KEYS.stripeSecret : KEYS.openai;
  const type = name === 'stripe' ? 'application/x-www-form-urlencoded' : 'application/json';
  const headers = { authorization: `Bearer ${key}`, 'content-type': type };
  const call: Call = { method, path, query: new URLSearchParams(), headers, body: Buffer.from(body) };
  const provider = host.mounts.find((mount) => mount.provider.name === name)?.provider;
  const answer = await provider?.answer(call);
  let text = '';
  for await (const { data } of answer?.parts ?? []) text += data.toString();
  return text;
}

const CHAT = JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Name three teas.' }] });

it('goes on after an end where it was: the same calls get the bytes that they would have got', async () => {
  const run = async (ends: boolean): Promise<readonly string[]> => {
    let host = await open();
    const said: string[] = [];
    for (let n = 0; n < 4; n++) {
      said.push(await ask(host, 'stripe', 'POST', '/v1/customers', `name=${n}`));
      said.push(await ask(host, 'openai', 'POST', '/v1/chat/completions', CHAT));
      if (!ends) continue;
      await host[Symbol.asyncDispose]();
      host = await open();
    }
    await host[Symbol.asyncDispose]();
    return said;
  };
  const whole = await run(false);
  await rm(folder, { recursive: true });
  const inPieces = await run(true);
  expect(new Set(whole).size).toBe(8);
  expect(inPieces).toEqual(whole);
});

it('goes on with the clock where calls of models have moved it', async () => {
  const created = async (host: Host): Promise<number> => {
    for (let n = 0; n < 1_500; n++) await ask(host, 'openai', 'GET', '/v1/models');
    return (JSON.parse(await ask(host, 'openai', 'POST', '/v1/chat/completions', CHAT)) as { created: number }).created;
  };
  const host = await open();
  const before = await created(host);
  await host[Symbol.asyncDispose]();
  await using again = await open();
  expect(await again.now()).toBeGreaterThanOrEqual(before * 1_000);
  expect(await created(again)).toBeGreaterThan(before);
});

it('goes over to a life that was said to be led while it began', async () => {
  await using host = await open();
  await ask(host, 'stripe', 'POST', '/v1/customers', 'name=Ada');
  await host.catchUp();
  expect(await ask(host, 'stripe', 'GET', '/v1/customers')).toContain('"Ada"');
  await new Lives(folder).lead('other', { same: false });
  await host.catchUp();
  expect(await ask(host, 'stripe', 'GET', '/v1/customers')).not.toContain('"Ada"');
});

it('leads another life while a call that is passed on still waits for its provider', async () => {
  let asked = () => {};
  const isAsked = new Promise<void>((resolve) => (asked = resolve));
  let reply = () => {};
  const provider = createServer((_, response) => {
    asked();
    reply = () => response.writeHead(200, { 'content-type': 'application/json' }).end('{"object":"list","data":[]}');
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  const { port } = provider.address() as AddressInfo;
  await using host = await open({ stripe: 'sandbox', upstream: `http://127.0.0.1:${port}` });
  const waiting = ask(host, 'stripe', 'GET', '/v1/customers');
  await isAsked;
  await host.lead({ life: 'next', same: false });
  expect(await ask(host, 'openai', 'GET', '/v1/models')).toContain('"list"');
  reply();
  expect(await waiting).toBe('{"object":"list","data":[]}');
  provider.close();
});

it('leads one life after the other, each with its own data', async () => {
  await using host = await open();
  const first = await ask(host, 'stripe', 'POST', '/v1/customers', 'name=Ada');
  await host.lead({ life: 'a', same: true });
  expect(await ask(host, 'stripe', 'GET', '/v1/customers')).toContain('"Ada"');
  await host.lead({ life: 'b', same: false });
  // An empty one begins as the first did.
  expect(await ask(host, 'stripe', 'POST', '/v1/customers', 'name=Ada')).toBe(first);
  await host.lead({ life: 'a', same: false });
  await host.moveClock(DAY + 1_000_000);
  expect(await host.now()).toBe(DAY + 1_000_000);
  await host.lead({ life: 'b', same: false });
  expect(await host.now()).toBeLessThan(DAY + 1_000);
});

it('writes a journal that has become long anew, while calls come', async () => {
  const long = 'x'.repeat(400);
  const path = join(folder, 'lives', 'first.ndjson');
  {
    await using host = await open();
    const id = (JSON.parse(await ask(host, 'stripe', 'POST', '/v1/customers')) as { id: string }).id;
    for (let n = 0; n < 700; n++) {
      const calls = Array.from({ length: 20 }, (_, k) =>
        ask(host, 'stripe', 'POST', `/v1/customers/${id}`, `description=${n}-${k}-${long}`),
      );
      await Promise.all(calls);
    }
    expect(JSON.parse(await ask(host, 'stripe', 'GET', `/v1/customers/${id}`)).description).toBe(`699-19-${long}`);
  }
  // Of fourteen thousand changes of a customer only the last is still so.
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  const puts = lines.flatMap((line) => (JSON.parse(line) as { is: { put?: { object: string }[] } }).is.put ?? []);
  expect(puts.filter(({ object }) => object === 'customer').length).toBeLessThan(14_000);
  await using again = await open();
  const { data } = JSON.parse(await ask(again, 'stripe', 'GET', '/v1/customers')) as {
    data: { description: string }[];
  };
  expect(data.map(({ description }) => description)).toEqual([`699-19-${long}`]);
});

it('keeps what a mock has done while another answers in its place, however long the journal', async () => {
  const path = join(folder, 'lives', 'first.ndjson');
  {
    await using host = await open();
    await ask(host, 'stripe', 'POST', '/v1/customers', `name=Ada&description=${'x'.repeat(400)}`);
  }
  const last = (await readFile(path, 'utf8')).trimEnd().split('\n').at(-1) ?? '';
  await appendFile(path, `${last}\n`.repeat(Math.ceil((17 * 1024 * 1024) / last.length)));
  {
    await using host = await open({ stripe: 'replay' });
    expect(await ask(host, 'stripe', 'GET', '/v1/customers')).toContain('nothing is recorded');
  }
  await using host = await open();
  expect(await ask(host, 'stripe', 'GET', '/v1/customers')).toContain('"Ada"');
});

describe.skipIf(!canMount)('a full disk', () => {
  let disk: Disk;
  beforeEach(async () => {
    disk = await mountDisk(folder, '60m');
  });
  afterEach(() => disk[Symbol.asyncDispose]());

  const names = async (host: Host): Promise<readonly string[]> => {
    const list = JSON.parse(await ask(host, 'stripe', 'GET', '/v1/customers')) as { data: { name: string }[] };
    return list.data.map(({ name }) => name);
  };

  it('fails the calls that it keeps from being remembered, and none after it has room again', async () => {
    await using host = await open({ failures: [] });
    await ask(host, 'stripe', 'POST', '/v1/customers', 'name=Ada');
    await disk.fill();
    const long = `name=Lost&description=${'x'.repeat(400)}`;
    const full = async (): Promise<void> => {
      for (let n = 0; n < 20; n++) await ask(host, 'stripe', 'POST', '/v1/customers', long);
    };
    await expect(full()).rejects.toThrow('ENOSPC');
    await disk.empty();
    await ask(host, 'stripe', 'POST', '/v1/customers', 'name=Grace');
    const known = await names(host);
    expect(known.at(0)).toBe('Grace');
    expect(known.at(-1)).toBe('Ada');
    await host[Symbol.asyncDispose]();
    await using again = await open();
    expect(await names(again)).toEqual(known);
  });

  it('leaves a long journal as it is, until it has room for a shorter one', async () => {
    const path = join(folder, 'lives', 'first.ndjson');
    {
      await using host = await open();
      await ask(host, 'stripe', 'POST', '/v1/customers', `name=Ada&description=${'x'.repeat(400)}`);
    }
    const last = (await readFile(path, 'utf8')).trimEnd().split('\n').at(-1) ?? '';
    await appendFile(path, `${last}\n`.repeat(Math.ceil((17 * 1024 * 1024) / last.length)));
    await disk.fill();
    const failures: unknown[] = [];
    {
      await using host = await open({ failures });
      expect(await names(host)).toEqual(['Ada']);
    }
    expect(failures).toEqual([expect.objectContaining({ code: 'ENOSPC' })]);
    const long = (await stat(path)).size;
    await disk.empty();
    await using host = await open();
    expect(await names(host)).toEqual(['Ada']);
    expect((await stat(path)).size).toBeLessThan(long / 100);
  });
});

it('tells once of another version of an API that calls ask for', async () => {
  const told: string[] = [];
  const host = await open({ told });
  const headers = { authorization: `Bearer ${KEYS.stripeSecret}`, 'stripe-version': '2024-06-20' };
  const call: Call = { method: 'GET', path: '/v1/customers', query: new URLSearchParams(), headers, body: Buffer.of() };
  const { provider } = host.mounts.find((mount) => mount.provider.name === 'stripe') ?? {};
  for (let n = 0; n < 2; n++) expect((await provider?.answer(call))?.status).toBe(200);
  await host[Symbol.asyncDispose]();
  expect(told).toEqual([expect.stringContaining('version 2024-06-20')]);
});
