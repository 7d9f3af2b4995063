import { connect, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Status } from '../../src/app/status.ts';
import type { MocksState } from '../../src/core/mocks.ts';
import { expectFailure } from '../support/failure.ts';
import { dockerHost, type Machine, makeMachine, type Project, testedRuntimes } from '../support/project.ts';
import { until } from '../support/until.ts';

/** Says what it was given, calls what it is told to, and keeps what it is told by others. */
const WEB = `
const { createServer } = require('node:http');
const seen = [];
createServer(async (request, answer) => {
  if (request.method === 'POST') {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push(JSON.parse(body).type);
    return answer.end();
  }
  answer.end(JSON.stringify(request.url === '/seen' ? seen : process.env));
}).listen(process.env.PORT, '127.0.0.1');
`;

const MANY = Array.from({ length: 4_000 }, (_, n) => n);

type Variables = Readonly<Record<string, string>>;

/** Calls the payments mock as Stripe is called. */
async function stripe(env: Variables, path: string, parameters?: Readonly<Record<string, string>>): Promise<unknown> {
  const headers = { authorization: `Bearer ${env.STRIPE_SECRET_KEY}` };
  const sent = parameters ? { method: 'POST', body: new URLSearchParams(parameters) } : {};
  return (await fetch(`${env.STRIPE_API_BASE}/v1/${path}`, { headers, ...sent })).json();
}

describe.each(testedRuntimes)('mocks on %s', (runtime) => {
  describe.skipIf(runtime === 'docker' && !dockerHost)('of an environment', () => {
    let machine: Machine;
    let shop: Project;
    let env: Variables;

    beforeAll(async () => {
      machine = await makeMachine({ OPENAI_BASE_URL: 'https://models.example.com/v1' });
      shop = await machine.project('shop', {
        'devenv.config.yaml': `
name: shop
runtime: ${runtime}
services: { db: { engine: postgres, version: "17" } }
processes:
  web: { command: node web.js, port: 3000, env: { STRIPE_SECRET_KEY: mine } }
data: { seed: [seed.sql] }
mocks: { ai: { budget: { tokens: 20 } }, payments: { webhook: web/hooks } }
`,
        '.env': '# keys\nOPENAI_API_KEY=from-the-file\n',
        'seed.sql': 'create table things (n int)',
        'web.js': WEB,
        // More than fits into a variable of a process.
        'mocks/many.yaml': `rules:\n${MANY.map((n) => `  - { match: { contains: "case ${n}." }, text: "answer ${n}" }\n`).join('')}`,
      });
    });
    afterAll(() => machine[Symbol.asyncDispose]());

    const names = async () => {
      const { data } = (await stripe(env, 'customers')) as { data: { name: string }[] };
      return data.map(({ name }) => name).reverse();
    };
    const ask = async <T>(path: string): Promise<T> => {
      const { processes } = await shop.json<Status>(['status', '--json']);
      const url = processes.find(({ name }) => name === 'web')?.url;
      return (await (await fetch(`${url}${path}`)).json()) as T;
    };

    it('give the app keys and addresses of their own, whatever else says so, and tell whose value is not used', async () => {
      const { stderr } = await shop.ok(['up', '--detach']);
      expect(stderr).toContain('OPENAI_API_KEY of .env:2 is not used');
      expect(stderr).toContain('OPENAI_BASE_URL of the shell is not used');
      expect(stderr).toContain('STRIPE_SECRET_KEY of processes.web.env is not used');
      env = await shop.json<Variables>(['env', '--format', 'json']);
      const at = env.STRIPE_API_BASE;
      expect(at).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      const given = await ask<Variables>('/');
      const minted = {
        OPENAI_API_KEY: expect.stringMatching(/^sk-devenv-mock-[0-9a-f]{30}$/),
        OPENAI_BASE_URL: `${at}/openai/v1`,
        ANTHROPIC_API_KEY: expect.stringMatching(/^sk-ant-devenv-mock-[0-9a-f]{30}$/),
        ANTHROPIC_BASE_URL: `${at}/anthropic`,
        STRIPE_SECRET_KEY: expect.stringMatching(/^sk_test_devenv_mock_[0-9a-f]{30}$/),
        STRIPE_PUBLISHABLE_KEY: expect.stringMatching(/^pk_test_devenv_mock_[0-9a-f]{30}$/),
        STRIPE_WEBHOOK_SECRET: expect.stringMatching(/^whsec_devenv_mock_[0-9a-f]{30}$/),
      };
      expect(env).toMatchObject(minted);
      for (const name of Object.keys(minted)) expect(given[name]).toBe(env[name]);
    });

    it('follow rules of files, however many', async () => {
      const body = JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Say case 3999.' }] });
      const headers = { authorization: `Bearer ${env.OPENAI_API_KEY}`, 'content-type': 'application/json' };
      const answer = await fetch(`${env.OPENAI_BASE_URL}/chat/completions`, { method: 'POST', headers, body });
      expect(await answer.json()).toMatchObject({ choices: [{ message: { content: 'answer 3999' } }] });
    });

    it('count what a budget leaves, and say who has refused', async () => {
      const body = JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'What is tea, in short?' }] });
      const headers = { authorization: `Bearer ${env.OPENAI_API_KEY}`, 'content-type': 'application/json' };
      const ask = () => fetch(`${env.OPENAI_BASE_URL}/chat/completions`, { method: 'POST', headers, body });
      expect((await ask()).status).toBe(200);
      expect((await ask()).status).toBe(429);
      const { budget } = await shop.json<MocksState>(['mocks', '--json']);
      expect(budget).toEqual({ tokens: 20, used: expect.any(Number) });
      expect((await shop.ok(['mocks'])).stdout).toMatch(/^budget +\d+ of 20 tokens: calls are refused$/m);
      expect((await shop.ok(['mocks', 'log'])).stdout).toMatch(/ 429 .*mocks\.ai\.budget/);
    });

    it('answer for this environment alone', async () => {
      const other = { ...env, STRIPE_SECRET_KEY: 'sk_test_devenv_mock_of_another' };
      expect(await stripe(other, 'customers')).toMatchObject({ error: { type: 'invalid_request_error' } });
      const control = await fetch(`${env.STRIPE_API_BASE}/_devenv/state`);
      expect(control.status).toBe(401);
    });

    it('keep a log of calls, and send one again', async () => {
      await stripe(env, 'customers', { name: 'Ada' });
      const lines = (await shop.ok(['mocks', 'log', '--json'])).stdout.split('\n').map((line) => JSON.parse(line));
      const last = lines.at(-1);
      expect(last).toMatchObject({ provider: 'stripe', method: 'POST', path: '/v1/customers', status: 200 });
      const shown = await shop.json<{ request: string; answer: string }>(['mocks', 'show', String(last.id), '--json']);
      expect(shown.request).toBe('name=Ada');
      expect(JSON.parse(shown.answer)).toMatchObject({ object: 'customer', name: 'Ada' });
      await shop.ok(['mocks', 'replay', String(last.id)]);
      expect(await names()).toEqual(['Ada', 'Ada']);
      expectFailure(await shop.devenv(['mocks', 'show', '4711']), { code: 4, says: ['no call 4711'] });
    });

    it('tell the process of the configuration what happened, in its order', async () => {
      await until('both events have come', async () => (await ask<string[]>('/seen')).length === 2);
      expect(await ask('/seen')).toEqual(['customer.created', 'customer.created']);
    });

    it('go with the database: reset, undo, snapshots', async () => {
      await shop.ok(['snapshot', 'save', 'two']);
      const { stdout } = await shop.ok(['reset']);
      expect(stdout).toContain(' and mocks (');
      expect(await names()).toEqual([]);
      await stripe(env, 'customers', { name: 'Grace' });
      await shop.ok(['undo']);
      expect(await names()).toEqual(['Ada', 'Ada']);
      await stripe(env, 'customers', { name: 'Edsger' });
      await shop.ok(['snapshot', 'restore', 'two']);
      expect(await names()).toEqual(['Ada', 'Ada']);
      await shop.ok(['undo']);
      expect(await names()).toEqual(['Ada', 'Ada', 'Edsger']);
    });

    it('have a clock that goes on when it is told to, never back', async () => {
      const clock = async () => Date.parse((await shop.json<{ now: string }>(['time', '--json'])).now);
      const before = await clock();
      await shop.ok(['time', '+30d']);
      expect(await clock()).toBe(before + 30 * 86_400_000);
      const { created } = (await stripe(env, 'customers', { name: 'Late' })) as { created: number };
      expect(created).toBe(Math.floor((before + 30 * 86_400_000) / 1_000));
      expectFailure(await shop.devenv(['time', '2020-01-01']), { code: 5, says: ['never goes back'] });
      expectFailure(await shop.devenv(['time', 'soon']), { code: 2, says: ['no duration and no date'] });
      expectFailure(await shop.devenv(['time', '2027-02-30']), { code: 2, says: ['no duration and no date'] });
      expectFailure(await shop.devenv(['time', '+99999d']), { code: 2, says: ['at most 20 years'] });
    });

    it('come back with what they knew after a SIGKILL, on their address', async () => {
      const { pid } = await shop.json<MocksState>(['mocks', '--json']);
      process.kill(pid, 'SIGKILL');
      await until('others answer', async () => {
        const { code, stdout } = await shop.devenv(['mocks', '--json']);
        return code === 0 && (JSON.parse(stdout) as MocksState).pid !== pid;
      });
      expect(await names()).toEqual(['Ada', 'Ada', 'Edsger', 'Late']);
    });

    it('are followed by a database that is reset while they are stopped', async () => {
      await shop.ok(['stop', 'mocks']);
      expectFailure(await shop.devenv(['mocks']), { code: 4, says: ['the mocks are not running', 'devenv up'] });
      await shop.ok(['reset']);
      await shop.ok(['up', '--detach']);
      expect(await names()).toEqual([]);
    });

    it('go with the only database also where nothing tells its data', async () => {
      await shop.write({ 'devenv.config.local.yaml': 'data: null\n' });
      await shop.ok(['up', '--detach']);
      await stripe(env, 'customers', { name: 'Kept' });
      const kept = await names();
      await shop.ok(['snapshot', 'save', 'bare']);
      await stripe(env, 'customers', { name: 'Later' });
      await shop.ok(['snapshot', 'restore', 'bare']);
      expect(await names()).toEqual(kept);
      await shop.ok(['undo']);
      expect(await names()).toEqual([...kept, 'Later']);
      await shop.write({ 'devenv.config.local.yaml': '' });
      await shop.ok(['up', '--detach']);
    });

    it('show no key in what is printed or logged', async () => {
      const { stdout, stderr } = await shop.ok(['up', '--detach', '--verbose']);
      const said = [
        stdout,
        stderr,
        (await shop.ok(['logs'])).stdout,
        (await shop.ok(['env', 'why', 'STRIPE_SECRET_KEY'])).stdout,
      ];
      for (const text of said) expect(text).not.toContain(env.STRIPE_SECRET_KEY);
    });

    it('leave nothing behind, and go only when that was confirmed', async () => {
      await stripe(env, 'customers', { name: 'Last' });
      expectFailure(await shop.devenv(['down', '--data']), { code: 5, says: ['needs a confirmation'] });
      expect((await names()).at(-1)).toBe('Last');
      expectFailure(await shop.devenv(['mocks', 'reset']), { code: 5, says: ['goes with db', 'devenv reset'] });
      await shop.write({ 'devenv.config.local.yaml': 'services: { db: null }\ndata: null\n' });
      await shop.ok(['down', '--data', '--yes']);
      await shop.ok(['up', '--detach']);
      env = await shop.json<Variables>(['env', '--format', 'json']);
      // Without a database, and before anything was paid for, there is nothing to be asked about.
      await shop.ok(['down', '--data']);
      await shop.ok(['up', '--detach']);
      env = await shop.json<Variables>(['env', '--format', 'json']);
      await stripe(env, 'customers', { name: 'Alone' });
      expectFailure(await shop.devenv(['reset']), { code: 2, says: ['no Postgres', 'devenv mocks reset'] });
      expectFailure(await shop.devenv(['mocks', 'undo']), { code: 5, says: ['no reset of the mocks'] });
      await shop.ok(['mocks', 'reset']);
      expect(await names()).toEqual([]);
      await shop.ok(['mocks', 'undo']);
      expect(await names()).toEqual(['Alone']);
      await shop.ok(['mocks', 'undo']);
      expect(await names()).toEqual([]);
      await shop.ok(['stop', 'mocks']);
      await shop.ok(['mocks', 'undo']);
      await shop.ok(['up', '--detach']);
      expect(await names()).toEqual(['Alone']);
      expectFailure(await shop.devenv(['down', '--data']), { code: 5, says: ['needs a confirmation'] });
      await shop.ok(['down', '--data', '--yes']);
      await expect(fetch(`${env.STRIPE_API_BASE}/v1/customers`)).rejects.toThrow();
    });
  });
});

describe.skipIf(!dockerHost || !testedRuntimes.includes('docker'))('mocks, from a container', () => {
  it('are reached by the address and with the key that it is given', async () => {
    await using machine = await makeMachine();
    const run = `
      process.on('SIGTERM', process.exit);
      require('node:http').createServer(async (request, answer) => {
        const { STRIPE_API_BASE, STRIPE_SECRET_KEY, KEY } = process.env;
        const headers = { authorization: 'Bearer ' + STRIPE_SECRET_KEY };
        const called = await fetch(STRIPE_API_BASE + '/v1/customers', { method: 'POST', headers, body: 'name=Box' });
        answer.end(JSON.stringify({ status: called.status, base: STRIPE_API_BASE, same: KEY === STRIPE_SECRET_KEY }));
      }).listen(8000);`;
    const shop = await machine.project('boxed', {
      'devenv.config.yaml': JSON.stringify({
        runtime: 'docker',
        services: {
          worker: {
            ...{ image: 'node:20', ports: { http: 8000 }, command: ['node', '-e', run] },
            env: { STRIPE_SECRET_KEY: 'mine', KEY: '${STRIPE_SECRET_KEY}' },
          },
        },
        mocks: { payments: {} },
      }),
    });
    await shop.ok(['up', '--detach']);
    const { stdout: url } = await shop.ok(['open', 'worker', '--print']);
    expect(await (await fetch(url.trim())).json()).toEqual({
      ...{ status: 200, same: true },
      base: expect.stringMatching(/^http:\/\/mocks:\d+$/),
    });
    const { listening, totals } = await shop.json<MocksState>(['mocks', '--json']);
    expect(totals.calls).toBe(1);
    // The configuration names nobody, and the API hasn't either.
    expect((await shop.ok(['mocks', 'events'])).stdout).toContain('No event was sent: mocks.payments.webhook');
    expect((await shop.ok(['mocks', 'events', '--json'])).stdout).toBe('');
    expect(listening).toEqual([expect.stringMatching(/^10\.213\./), expect.stringMatching(/^127\.0\.0\.1:/)]);
  });
});

describe.skipIf(!dockerHost || !testedRuntimes.includes('docker'))("mocks, by Stripe's own name", () => {
  /** Calls as an app does that knows nothing of mocks, with the key that it is given or another. */
  const WORKER = `
    process.on('SIGTERM', process.exit);
    const { get } = require('node:https');
    const { lookup } = require('node:dns').promises;
    const { readFileSync } = require('node:fs');
    require('node:http').createServer(async (asked, answer) => {
      const key = asked.url === '/other' ? 'sk_test_of_another' : process.env.STRIPE_SECRET_KEY;
      const end = (told) => answer.end(JSON.stringify(told));
      if (asked.url === '/name')
        return end({ address: await lookup('api.stripe.com').then((found) => found.address, () => null) });
      if (asked.url === '/authority') return end({ pem: readFileSync(process.env.NODE_EXTRA_CA_CERTS, 'utf8') });
      get('https://api.stripe.com/v1/customers', { headers: { authorization: 'Bearer ' + key } }, async (response) => {
        let body = '';
        for await (const chunk of response) body += chunk;
        end({ status: response.statusCode, body: JSON.parse(body) });
      }).on('error', ({ message }) => end({ message }));
    }).listen(8000);`;
  const configOf = (byName: boolean, more: { seed?: number } = {}) =>
    JSON.stringify({
      runtime: 'docker',
      services: { worker: { image: 'node:20', ports: { http: 8000 }, command: ['node', '-e', WORKER] } },
      mocks: { payments: { byName }, ...more },
    });
  const ask = async <T>(shop: Project, path: string): Promise<T> => {
    const { stdout: url } = await shop.ok(['open', 'worker', '--print']);
    return (await (await fetch(`${url.trim()}${path}`)).json()) as T;
  };
  /** Whatever else may listen there on this machine. */
  const knockAtLoopback = () =>
    new Promise<string>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port: 443 });
      socket.once('error', ({ message }) => resolve(message));
      socket.once('connect', () => resolve('open'));
      socket.once('connect', () => socket.destroy());
    });
  const gatewayOf = async (shop: Project) => {
    const { listening } = await shop.json<MocksState>(['mocks', '--json']);
    return listening.map((address) => address.split(':')[0] ?? '').find((host) => host.startsWith('10.213.')) ?? '';
  };

  it('are reached by plain https, on the gateway alone, until it is taken back', async () => {
    await using machine = await makeMachine();
    const shop = await machine.project('named', { 'devenv.config.yaml': configOf(true) });
    const before = await knockAtLoopback();
    await shop.ok(['up', '--detach']);
    expect(await ask(shop, '/')).toMatchObject({
      status: 200,
      body: { object: 'list', data: [], url: '/v1/customers' },
    });
    expect(await ask(shop, '/other')).toMatchObject({
      status: 401,
      body: { error: { type: 'invalid_request_error' } },
    });
    const { listening } = await shop.json<MocksState>(['mocks', '--json']);
    const gateway = await gatewayOf(shop);
    expect(await ask(shop, '/name')).toEqual({ address: gateway });
    expect(listening.filter((address) => address.endsWith(':443'))).toEqual([`${gateway}:443`]);
    expect(await knockAtLoopback()).toBe(before);

    const { pem } = await ask<{ pem: string }>(shop, '/authority');
    await shop.ok(['down']);
    await shop.ok(['up', '--detach']);
    expect(await ask(shop, '/authority')).toEqual({ pem });

    // They are replaced, and still hold the port until then.
    await shop.write({ 'devenv.config.yaml': configOf(true, { seed: 2 }) });
    const { pid } = await shop.json<MocksState>(['mocks', '--json']);
    await shop.ok(['up', '--detach']);
    expect((await shop.json<MocksState>(['mocks', '--json'])).pid).not.toBe(pid);
    expect(await ask(shop, '/')).toMatchObject({ status: 200 });

    await shop.write({ 'devenv.config.yaml': configOf(false) });
    await shop.ok(['up', '--detach']);
    expect(await ask<{ address: string | null }>(shop, '/name')).not.toEqual({ address: await gatewayOf(shop) });
    const { listening: after } = await shop.json<MocksState>(['mocks', '--json']);
    expect(after.filter((address) => address.endsWith(':443'))).toEqual([]);
  });

  it('say who holds the port, and come once it is free', async () => {
    await using machine = await makeMachine();
    const shop = await machine.project('held', { 'devenv.config.yaml': configOf(false) });
    await shop.ok(['up', '--detach']);
    const gateway = await gatewayOf(shop);
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(443, gateway, resolve));
    await shop.write({ 'devenv.config.yaml': configOf(true) });
    const says = [`mocks.payments.byName: api.stripe.com can't lead to the mocks: port 443 of ${gateway} is held by`];
    expectFailure(await shop.devenv(['up', '--detach']), {
      code: 4,
      says: [...says, '127.0.0.1 alone', 'STRIPE_API_BASE'],
    });
    await new Promise((resolve) => holder.close(resolve));
    await shop.ok(['up', '--detach']);
    expect(await ask(shop, '/')).toMatchObject({ status: 200 });
  });
});
