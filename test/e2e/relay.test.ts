import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import OpenAI from 'openai';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Status } from '../../src/app/status.ts';
import type { LoggedCall, MocksState } from '../../src/core/mocks.ts';
import { createAi } from '../../src/mocks/ai/ai.ts';
import { aiOptions } from '../support/ai-mocks.ts';
import { expectFailure } from '../support/failure.ts';
import { KEYS, servePayments } from '../support/payments.ts';
import { processesWith } from '../support/processes.ts';
import { type Machine, makeMachine, type Project } from '../support/project.ts';
import { type ServedMocks, serveMocks } from '../support/serve-mocks.ts';
import { until } from '../support/until.ts';

/**
 * A live key for the guard, put together here; it says that it is for tests, since with any other nothing but the provider
 * itself is called.
 */
const REAL = `sk-${'proj'}-devenv-upstream-Q7w2Zk3mT3BlbkFJx9Rb5Lp`;

const WEB = `
require('node:http').createServer((_, answer) => answer.end(JSON.stringify(process.env))).listen(process.env.PORT, '127.0.0.1');
`;

type Variables = Readonly<Record<string, string>>;

/** Answers of a provider, as its client sees them. */
async function answersTo(env: Variables): Promise<unknown[]> {
  const client = new OpenAI({ apiKey: env.OPENAI_API_KEY, baseURL: env.OPENAI_BASE_URL, maxRetries: 0 });
  const asked = { model: 'gpt-4o-mini', messages: [{ role: 'user' as const, content: 'Name three rivers.' }] };
  const chunks: unknown[] = [];
  for await (const chunk of await client.chat.completions.create({ ...asked, stream: true })) chunks.push(chunk);
  return [await client.chat.completions.create(asked), await client.chat.completions.create(asked), chunks];
}

async function variablesOf(project: Project): Promise<Variables> {
  return project.json<Variables>(['env', '--format', 'json']);
}

/** Every file below a folder that has a text in it. */
async function filesWith(folder: string, text: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const found = await Promise.all(files.map(async (file) => (await readFile(file, 'latin1')).includes(text)));
  return files.filter((_, index) => found[index]);
}

describe('a provider that is recorded', () => {
  let provider: ServedMocks;
  let machine: Machine;
  let shop: Project;
  let recorded: unknown[];

  beforeAll(async () => {
    const ai = createAi(aiOptions({ keys: { openai: REAL, anthropic: REAL } }));
    provider = await serveMocks([{ prefix: '/', provider: ai.openai }]);
    machine = await makeMachine({ OPENAI_API_KEY: REAL, DVE_MOCKS_UPSTREAMS: `openai=${provider.url}` });
    shop = await machine.project('shop', {
      'devenv.config.yaml': `
name: shop
runtime: embedded
processes: { web: { command: node web.js, port: 3000 } }
hooks: { ready: env > hook.txt }
mocks: { ai: { openai: record }, keys: { openai: { variable: OPENAI_API_KEY } } }
`,
      'web.js': WEB,
    });
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  it('is called with its own key by the mocks alone: no process, hook or command has it', async () => {
    const { stderr, stdout } = await shop.ok(['up', '--detach', '--verbose']);
    expect(stderr).toContain('Calls to openai are passed on with your key, and cost what they cost');
    const { processes } = await shop.json<Status>(['status', '--json']);
    const url = processes.find(({ name }) => name === 'web')?.url;
    const web = await (await fetch(`${url}`)).text();
    const hook = await readFile(join(shop.path, 'hook.txt'), 'utf8');
    const ran = await shop.ok(['run', '--', 'env']);
    const shown = await shop.ok(['config', '--explain']);
    for (const text of [stderr, stdout, web, hook, ran.stdout, shown.stdout, JSON.stringify(await variablesOf(shop))]) {
      expect(text).not.toContain(REAL);
    }
    for (const text of [web, hook, ran.stdout]) expect(text).toMatch(/OPENAI_API_KEY.{1,3}sk-devenv-mock-/);
    // Neither what anything was started with, nor its arguments; the mocks' process and the supervisor are among them.
    expect((await processesWith(machine.folder)).length).toBeGreaterThan(2);
    expect(await processesWith(REAL)).toEqual([]);
  });

  it('answers the official client, is logged as recorded, and leaves the key in no file', async () => {
    recorded = await answersTo(await variablesOf(shop));
    expect(provider.calls).toHaveLength(3);
    const { modes } = await shop.json<MocksState>(['mocks', '--json']);
    expect(modes).toEqual({ openai: 'record', anthropic: 'mock' });
    expect((await shop.ok(['mocks'])).stdout).toContain('record: passed on, and kept in mocks/recordings/openai');
    const log = (await shop.ok(['mocks', 'log', '--json'])).stdout
      .split('\n')
      .map((line) => JSON.parse(line) as LoggedCall);
    expect(log.map(({ rule, status }) => [rule, status])).toEqual(log.map(() => ['recorded', 200]));
    expect((await shop.ok(['mocks', 'log'])).stdout).toMatch(/chat\/completions gpt-4o-mini → 200, recorded$/m);
    expect(await readdir(join(shop.path, 'mocks', 'recordings', 'openai'))).toHaveLength(2);
    expect(await filesWith(machine.folder, REAL)).toEqual([]);
  });

  it('is still called when the process of the mocks was killed', async () => {
    const { pid } = await shop.json<MocksState>(['mocks', '--json']);
    process.kill(pid, 'SIGKILL');
    await until('the mocks are there again', async () => {
      const { code, stdout } = await shop.devenv(['mocks', '--json']);
      return code === 0 && (JSON.parse(stdout) as MocksState).pid !== pid;
    });
    const before = provider.calls.length;
    recorded = await answersTo(await variablesOf(shop));
    expect(provider.calls).toHaveLength(before + 3);
    expect(await processesWith(REAL)).toEqual([]);
  });

  it('is replayed without it and without the key, and a call that was never recorded is told and counted', async () => {
    await shop.ok(['down']);
    await provider[Symbol.asyncDispose]();
    const { OPENAI_API_KEY: _, DVE_MOCKS_UPSTREAMS: __, ...env } = machine.env;
    await shop.ok(['up', '--detach', '--set', 'mocks.ai.openai=replay'], { env });
    const given = await variablesOf(shop);
    expect(await answersTo(given)).toEqual(recorded);
    const client = new OpenAI({ apiKey: given.OPENAI_API_KEY, baseURL: given.OPENAI_BASE_URL, maxRetries: 0 });
    const asked = client.chat.completions.create({
      ...{ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Name four rivers.' }] },
    });
    await expect(asked).rejects.toThrow(
      /messages\[0\]\.content is "Name four rivers\.", and was "Name three rivers\."/,
    );
    const { totals, modes } = await shop.json<MocksState>(['mocks', '--json']);
    expect([totals.calls, totals.unsupported, modes.openai]).toEqual([4, 1, 'replay']);
  });
});

it('without a word about its variable, the guard keeps the same key out', async () => {
  await using machine = await makeMachine({ SOME_KEY: REAL });
  const config = 'name: shop\nruntime: embedded\nmocks: { ai: {} }\n';
  const shop = await machine.project('shop', { 'devenv.config.yaml': config });
  expectFailure(await shop.devenv(['up', '--detach']), {
    code: 4,
    says: ['SOME_KEY (the shell): OpenAI'],
    hides: [REAL],
  });
});

it('Stripe’s test mode is called with a test key, and the app’s own publishable key and webhook secret stay', async () => {
  const key = `sk_${'test'}_devenv_upstream_0123456789abcdef`;
  await using provider = await servePayments({ keys: { ...KEYS, secret: key } });
  await using machine = await makeMachine({ DVE_MOCKS_UPSTREAMS: `stripe=${provider.mocks.url}` });
  await writeFile(join(machine.env.HOME ?? '', 'stripe-key'), `${key}\n`);
  const own = {
    STRIPE_PUBLISHABLE_KEY: `pk_${'test'}_51own`,
    STRIPE_WEBHOOK_SECRET: `wh${'sec'}_Zk3mQ7w2x9Rb5LpTt8VcYh4NdJ6sFg`,
  };
  const shop = await machine.project('shop', {
    'devenv.config.yaml':
      'name: shop\nruntime: embedded\nmocks: { payments: { stripe: sandbox }, keys: { stripe: { file: ~/stripe-key } } }\n',
    '.env.local': Object.entries(own)
      .map((pair) => `${pair.join('=')}\n`)
      .join(''),
  });
  const { stderr } = await shop.ok(['up', '--detach']);
  expect(stderr).toContain('stripe listen --forward-to');
  const env = await variablesOf(shop);
  expect(env).toMatchObject({ ...own, STRIPE_SECRET_KEY: expect.stringMatching(/^sk_test_devenv_mock_/) });
  const { hostname, port } = new URL(env.STRIPE_API_BASE ?? '');
  const stripe = new Stripe(env.STRIPE_SECRET_KEY ?? '', { host: hostname, port: Number(port), protocol: 'http' });
  const { id } = await stripe.customers.create({ name: 'Ada' });
  const { data } = await provider.stripe.customers.list({}, { apiKey: key });
  expect(data.map((customer) => customer.id)).toEqual([id]);
  expect((await shop.ok(['mocks', 'log'])).stdout).toMatch(/post customers → 200, passed on$/m);
  expect(await readdir(shop.path)).not.toContain('mocks');
  expect(await filesWith(machine.env.XDG_STATE_HOME ?? '', key)).toEqual([]);
  await shop.ok(['restart', 'mocks']);
  expect((await stripe.customers.retrieve(id)).id).toBe(id);
});

describe('a key that can’t be had or used stops up, and is never shown', () => {
  const LIVE = `sk_${'live'}_51Habcdefghij0123456789`;
  let machine: Machine;
  let shop: Project;

  beforeAll(async () => {
    machine = await makeMachine({ LIVE, EMPTY: ' ' });
    shop = await machine.project('shop', { 'keys.txt': 'sk-proj-abcdefgh\n', 'fail.sh': `echo ${LIVE}; exit 3` });
    await mkdir(join(machine.env.HOME ?? '', '.keys'), { recursive: true });
    await writeFile(join(machine.env.HOME ?? '', '.keys', 'stripe'), `${LIVE}\n`);
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  const stopped = async (mocks: string, says: readonly (string | RegExp)[], args: readonly string[] = [], code = 4) => {
    await shop.write({ 'devenv.config.yaml': `name: shop\nruntime: embedded\nmocks:\n  ${mocks}\n` });
    expectFailure(await shop.devenv(['up', '--detach', ...args]), { code, says, hides: [LIVE] });
    await shop.ok(['down', '--data', '--yes']);
  };

  it.each([
    [
      'a live key of Stripe, from a variable',
      '{ payments: { stripe: sandbox }, keys: { stripe: { variable: LIVE } } }',
      [
        'mocks.keys.stripe.variable in devenv.config.yaml:4',
        'only one that begins with sk_test_ or rk_test_',
        'this one is live',
      ],
    ],
    [
      'to be recorded with',
      '{ payments: { stripe: record }, keys: { stripe: { file: ~/.keys/stripe } } }',
      ['the file ~/.keys/stripe gives', 'this one is live'],
    ],
    [
      'a variable that nobody sets',
      '{ ai: { openai: record }, keys: { openai: { variable: NOWHERE } } }',
      ['the variable NOWHERE is not set', 'mock or replay'],
    ],
    [
      'one that is empty',
      '{ ai: { openai: record }, keys: { openai: { variable: EMPTY } } }',
      ['the variable EMPTY gives is empty'],
    ],
    [
      'a file that is not there',
      '{ ai: { openai: record }, keys: { openai: { file: ~/.keys/nothing } } }',
      ["the file ~/.keys/nothing can't be read: it is not there"],
    ],
    [
      'a command that fails',
      '{ ai: { openai: record }, keys: { openai: { command: [sh, fail.sh] } } }',
      ['the command sh exited with 3', 'To see what it says: sh fail.sh'],
    ],
    [
      'a command that there isn’t',
      '{ ai: { openai: record }, keys: { openai: { command: [no-such-manager] } } }',
      ["can't be run: there is no command no-such-manager"],
    ],
  ])('%s', async (_, mocks, says) => {
    await stopped(mocks, says);
  });

  it('a file of the project', async () => {
    await stopped(`{ ai: { openai: record }, keys: { openai: { file: ${join(shop.path, 'keys.txt')} } } }`, [
      'is inside the project',
    ]);
  });

  it.each([
    ['record', 'preview'],
    ['record', 'staging'],
  ])('%s in %s', async (mode, tier) => {
    const mocks = `{ ai: { openai: ${mode} }, keys: { openai: { variable: LIVE } } }`;
    await stopped(
      mocks,
      [`mocks.ai.openai in devenv.config.yaml:4: \`${mode}\` is refused in ${tier}`],
      ['--tier', tier],
      5,
    );
  });

  it('sandbox in a preview', async () => {
    const mocks = '{ payments: { stripe: sandbox }, keys: { stripe: { variable: LIVE } } }';
    await stopped(
      mocks,
      ['mocks.payments.stripe in devenv.config.yaml:4: `sandbox` is refused in preview'],
      ['--tier', 'preview'],
      5,
    );
  });
});
