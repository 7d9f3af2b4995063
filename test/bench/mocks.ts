import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MintedKeys, mintKeys } from '../../src/mocks/keys.ts';
import { type MocksSpec, SPEC } from '../../src/mocks/spec.ts';
import { compare, repeating } from './compare.ts';
import type { Measurement, Scenario } from './measurement.ts';
import { summarise } from './statistics.ts';

const MOCKS = join(import.meta.dirname, '..', '..', 'dist', 'mocks.js');
const KEYS = mintKeys((name) => name.replaceAll(' ', ''));
const CONNECTIONS = 16;

const CHAT = JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Describe a green tea.' }] });

interface Post {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const chatAt = (port: number): Post => ({
  ...{ port, path: '/openai/v1/chat/completions', body: CHAT },
  headers: { authorization: `Bearer ${KEYS.openai}`, 'content-type': 'application/json' },
});

/** What the mocks of an environment take, beside a server that answers the same bytes without a thought. */
export const mocks: Scenario = {
  name: 'mocks',
  async measure(signal) {
    await using running = await startMocks(KEYS);
    await using bare = await bareServer(await send(chatAt(running.port), new Agent()));
    return [
      await start(signal),
      ...(await latency(running.port, bare.port, signal)),
      await throughput(running.port, signal),
      await memory(running, signal),
    ];
  },
};

async function start(signal: AbortSignal): Promise<Measurement> {
  const begin = async (): Promise<void> => {
    await using _running = await startMocks(KEYS);
  };
  const { mocks: devenv } = await compare([repeating('mocks', begin)], { warmUps: 2, counted: 10, signal });
  return { name: 'mocks: start and end', unit: 'ms', target: { atMost: 150, of: 'unit' }, devenv: devenv ?? none() };
}

/** One call after the other over one connection: what the mock adds to a server that knows its answer. */
async function latency(ours: number, theirs: number, signal: AbortSignal): Promise<readonly Measurement[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const once1000 = (name: string, port: number) =>
    repeating(name, async () => {
      for (let n = 0; n < 1_000; n++) await send(chatAt(port), agent);
    });
  const contenders = [once1000('mock', ours), once1000('bare Node', theirs)];
  const found = await compare(contenders, { warmUps: 1, counted: 5, signal });
  agent.destroy();
  const { mock, 'bare Node': bare } = found;
  if (!mock || !bare) throw new Error('a contender is missing');
  const added = summarise(mock.values.map((ms, index) => (ms - (bare.values[index] ?? 0)) / 1_000));
  return [
    { name: 'mocks: a call adds to bare Node', unit: 'ms', target: { atMost: 3, of: 'unit' }, devenv: added },
    {
      ...{ name: 'mocks: 1,000 calls, one after the other', unit: 'ms', target: null, devenv: mock },
      reference: { name: 'bare Node', ...bare },
    },
  ];
}

/** 5,000 a second, as the time that twice as many take. */
async function throughput(port: number, signal: AbortSignal): Promise<Measurement> {
  const many = repeating('chats', () => sendMany(chatAt(port), 10_000));
  const { chats } = await compare([many], { warmUps: 1, counted: 5, signal });
  const target = { atMost: 2_000, of: 'unit' } as const;
  return { name: 'mocks: 10,000 chat completions', unit: 'ms', target, devenv: chats ?? none() };
}

/** Its memory after a million calls, all of which it would still have, were its log no ring. */
async function memory({ port, pid }: Running, signal: AbortSignal): Promise<Measurement> {
  const sizes: number[] = [];
  for (let done = 0; done < 1_000_000; done += 100_000) {
    signal.throwIfAborted();
    await sendMany(chatAt(port), 100_000);
    sizes.push(await residentMegabytes(pid));
  }
  const last = sizes.at(-1) ?? Number.NaN;
  const reference = { name: 'after 100,000', ...summarise(sizes.slice(0, 1)) };
  const target = { atMost: 1.5, of: 'reference' } as const;
  return { name: 'mocks: memory after 1,000,000 calls', unit: 'MB', target, devenv: summarise([last]), reference };
}

interface Running extends AsyncDisposable {
  readonly port: number;
  readonly pid: number;
}

async function startMocks(keys: MintedKeys): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'dve-bench-mocks-'));
  const port = await freePort();
  const spec: MocksSpec = {
    ...{ environment: 'bench', port, folder, seed: '1', startMs: Date.UTC(2026, 0, 15), keys, control: 'token' },
    ai: { latency: { ttftMs: 0, tokensPerSecond: null }, budget: null, models: null, rules: [] },
    payments: { webhook: null, dunningEnd: 'canceled' },
    modes: { openai: 'mock', anthropic: 'mock', stripe: 'mock' },
    ...{ recordings: join(folder, 'recordings'), upstreams: {}, byName: null },
  };
  const env = { PATH: process.env.PATH ?? '', [SPEC]: JSON.stringify(spec) };
  const child = spawn(process.execPath, [MOCKS], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  await Promise.race([once(child.stdout, 'data'), failed(child)]);
  return {
    port,
    pid: child.pid ?? 0,
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

async function failed(child: ChildProcess): Promise<never> {
  const [code] = await once(child, 'exit');
  throw new Error(`the mocks ended with ${code}`);
}

/** Answers everything with the same bytes. */
async function bareServer(answer: string): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createServer((incoming, response) => {
    incoming.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) });
      response.end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function freePort(): Promise<number> {
  await using server = await bareServer('');
  return server.port;
}

async function sendMany(post: Post, count: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let left = count;
  const one = async (): Promise<void> => {
    while (left-- > 0) await send(post, agent);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
  agent.destroy();
}

function send({ port, path, headers, body }: Post, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method: 'POST', headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`${path} answered ${response.statusCode}: ${text}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

function none(): never {
  throw new Error('a contender is missing');
}
