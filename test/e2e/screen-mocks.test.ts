import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EventDelivery, LoggedCall, MocksState } from '../../src/core/mocks.ts';
import { type Machine, makeMachine, type Project } from '../support/project.ts';
import { hasTmux, openScreen, type Screen } from '../support/screen.ts';

/** Takes webhooks; of somebody it doesn't know only the second time. */
const WEB = `
const { createServer } = require('node:http');
const seen = new Set();
createServer(async (request, answer) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const again = seen.has(body);
  seen.add(body);
  const refused = body.includes('bad@') && !again;
  answer.writeHead(refused ? 500 : 200).end(refused ? 'nobody I know' : 'thanks \\u001b[31mmuch\\u001b[2J');
}).listen(process.env.PORT, '127.0.0.1');
`;

/** What is mocked has a process of its own, which is the same on both runtimes. */
describe.skipIf(!hasTmux)('the mocks on the screen (tmux)', () => {
  let machine: Machine;
  let shop: Project;
  let screen: Screen;
  let env: Readonly<Record<string, string>>;

  beforeAll(async () => {
    machine = await makeMachine({ LANG: 'C.UTF-8' });
    shop = await machine.project('shop', {
      'devenv.config.yaml': `
name: shop
runtime: embedded
processes: { web: { command: node web.js, port: 3000 } }
mocks: { ai: {}, payments: { webhook: web/hooks } }
`,
      'web.js': WEB,
    });
    await shop.ok(['up', '--detach']);
    env = await shop.json(['env', '--format', 'json']);
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  beforeEach(async () => {
    screen = await openScreen(shop);
    await screen.devenv('attach');
    await screen.shows(/2\/2 ready/);
    await screen.type('6');
    await screen.shows(/│\d+ calls? .*clock \d{4}-\d\d-\d\d \d\d:\d\dZ/);
  });
  afterEach(async () => {
    await screen.type('qd');
    expect(await screen.ended()).toBe(0);
    await screen[Symbol.asyncDispose]();
  });

  const stripe = async (path: string, parameters: Readonly<Record<string, string>>): Promise<number> => {
    const headers = { authorization: `Bearer ${env.STRIPE_SECRET_KEY}` };
    const body = new URLSearchParams(parameters);
    return (await fetch(`${env.STRIPE_API_BASE}/v1/${path}`, { headers, method: 'POST', body })).status;
  };
  const calls = async (): Promise<readonly LoggedCall[]> => lines(await shop.ok(['mocks', 'log', '--json']));
  const state = () => shop.json<MocksState>(['mocks', '--json']);

  it('are listed as they are called, with what went in and out and what the app said to the webhooks', async () => {
    await stripe('customers', { email: 'ada@example.com' });
    await screen.shows(/│● [\d:]{8} stripe 200 .*POST \/v1\/customers .*webhook 200 {2}create customers → cus_\w+/);
    await screen.shows(/│customer\.created {2}delivered {2}evt_\w+ to http:\/\/127\.0\.0\.1:\d+\/hooks/);
    // Without what a terminal would obey.
    await screen.shows(/│ {2}[\d:]{8} {2}200 in \d+ ms {2}thanks much\n/);
    await screen.shows(/│request\n.*│email = ada@example\.com\n.*│answer\n.*│\{\n.*│ {2}"id": "cus_/);

    const { OPENAI_BASE_URL, OPENAI_API_KEY } = env;
    await fetch(`${OPENAI_BASE_URL}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${OPENAI_API_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'About tea' }], stream: true }),
    }).then((response) => response.text());
    await screen.shows(/│● [\d:]{8} openai 200 .*chat gpt-4o-mini/);
    await screen.shows(/│[\d,]+ tokens in, [\d,]+ out, none of it real/);
    await screen.shows(/│answer in words\n/);
    await screen.shows(/│2 calls .* tokens not spent \d+/);
    await screen.type('kj');
    await screen.press('Enter');
    await screen.shows(/5 Data {2}6 Mocks *\n.*│POST \/v1\/chat\/completions\n/);
    await screen.press('Escape');

    await stripe('treasury/financial_accounts', {});
    await screen.shows(/│◇ [\d:]{8} stripe 404 .*not mocked/);
    await screen.shows(/│3 calls {2}1 not mocked/);
  });

  it('are sent again, made to fail, and their webhooks resent, by keys', async () => {
    await stripe('customers', { email: 'bad@example.com' });
    await screen.shows(
      /│customer\.created {2}delivered, 2 attempts .*\n.*500 in \d+ ms {2}nobody I know\n.*200 in \d+ ms/,
    );
    const before = (await calls()).length;
    await screen.type('h');
    await screen.shows(/^\$ devenv mocks resend evt_\w+ {2}done/m);
    await screen.shows(/│customer\.created {2}delivered {2}evt_.*\n.*200 in \d+ ms/);

    await screen.type('a');
    await screen.shows(/^\$ devenv mocks replay \d+ {2}done/m);
    await screen.shows(new RegExp(`│${before + 1} calls`));

    await screen.type('f');
    await screen.shows(/^What is to happen to the next call of stripe\?\n4 429/m);
    await screen.type('4');
    await screen.shows(/│the next call of stripe: 429/);
    expect(await stripe('customers', {})).toBe(429);
    await screen.shows(/│▲ [\d:]{8} stripe 429 .*by fail next {2}too many requests/);
    expect((await state()).faults).toEqual([]);
    expect((await calls()).at(-1)).toMatchObject({ status: 429, rule: 'fail next' });
    expect(await stripe('customers', {})).toBe(200);
  });

  it('are looked for again after their process has ended', async () => {
    await stripe('customers', {});
    await screen.shows(/│● [\d:]{8} stripe 200 /);
    const { pid } = await state();
    process.kill(pid, 'SIGKILL');
    await screen.shows(/│No call yet/);
    await stripe('customers', { name: 'after' });
    await screen.shows(/│1 call .*\n.*\n.*│● [\d:]{8} stripe 200 /);
    expect((await state()).pid).not.toBe(pid);
  });

  it('tell scripts of their events, and are made to fail from a shell', async () => {
    await stripe('customers', { name: 'told' });
    await screen.shows(/│customer\.created {2}delivered /);
    const told = lines<EventDelivery>(await shop.ok(['mocks', 'events', '--json']));
    const [event = ''] = (await calls()).at(-1)?.events ?? [];
    expect(told.at(-1)).toMatchObject({ event, type: 'customer.created', state: 'delivered' });
    expect((await shop.ok(['mocks', 'events'])).stdout).toMatch(
      new RegExp(`^${event}  customer\\.created  http://127\\.0\\.0\\.1:\\d+/hooks  delivered, 200 in \\d+ ms`, 'm'),
    );
    expect((await shop.ok(['mocks', 'resend', event])).stdout).toContain(`${event} is sent again`);

    expect((await shop.ok(['mocks', 'fail', '--with', '500', '--times', '2'])).stdout.trim()).toBe(
      'the next 2 calls: 500',
    );
    expect([await stripe('customers', {}), await stripe('customers', {}), await stripe('customers', {})]).toEqual([
      500, 500, 200,
    ]);
  });
});

function lines<T>({ stdout }: { readonly stdout: string }): readonly T[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}
