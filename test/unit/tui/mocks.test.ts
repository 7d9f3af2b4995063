import { describe, expect, it } from 'vitest';
import type { EventDelivery, LoggedCall, MocksSeen, MocksState } from '../../../src/core/mocks.ts';
import { mocks } from '../../../src/tui/panes/mocks/index.ts';
import { textOf } from '../../../src/tui/row.ts';
import { Keyboard, SHOP } from './support.ts';

const STATE: MocksState = {
  ...{ environment: 'abc', pid: 1, clock: '2026-01-31T12:30:00.007Z', listening: ['127.0.0.1:4100'] },
  modes: { openai: 'mock', stripe: 'mock' },
  totals: { calls: 1234, unsupported: 2, tokens: { input: 1000, output: 34 }, money: { usd: 1250, jpy: 900 } },
  faults: [],
  budget: null,
  deliveries: { pending: 1, delivered: 3, failed: 0, outside: 0 },
};

function call(id: number, more: Partial<LoggedCall> = {}): LoggedCall {
  return {
    ...{ id, at: new Date(2026, 0, 31, 9, 5, id).toISOString(), provider: 'stripe', method: 'POST' },
    ...{ path: '/v1/customers', status: 200, ms: 12, cut: false, summary: `create customers → cus_${id}` },
    ...more,
  };
}

const DELIVERY: EventDelivery = {
  ...{ event: 'evt_4', type: 'customer.created', endpoint: 'devenv', url: 'http://127.0.0.1:3000/hooks' },
  state: 'pending',
  attempts: [
    { at: new Date(2026, 0, 31, 9, 6, 1).toISOString(), status: null, reply: 'connect ECONNREFUSED', ms: 3 },
    { at: new Date(2026, 0, 31, 9, 6, 2).toISOString(), status: 500, reply: 'oh\u001b]0;no\u0007\n', ms: 40 },
  ],
};

const CALLS = [
  call(1),
  call(2, { status: 402, summary: 'create payment_intents → card_declined', money: { amount: 1250, currency: 'usd' } }),
  call(3, { status: 500, rule: 'fail next', summary: 'server error' }),
  call(4, { events: ['evt_4'] }),
  call(5, { status: 404, unsupported: true, summary: 'GET /v1/treasury' }),
  call(6, {
    ...{ provider: 'openai', path: '/v1/chat/completions', cut: true, summary: 'chat\u001b[2J gpt' },
    tokens: { input: 12, output: 3 },
  }),
];

const SEEN: MocksSeen = { mocked: true, state: STATE, calls: CALLS, deliveries: [DELIVERY], whole: null };

function opened(seen: Partial<MocksSeen> = {}, size = { columns: 200, rows: 60 }): Keyboard {
  return new Keyboard([...SHOP, { type: 'mocks', seen: { ...SEEN, ...seen } }], size).press('6');
}

const rows = (keyboard: Keyboard) => mocks.rows(keyboard.context()).map((row) => textOf(row).trimEnd());
const selected = (keyboard: Keyboard) =>
  mocks.rows(keyboard.context()).flatMap((row) => (row[0]?.inverse ? [textOf(row)] : []))[0] ?? '';
const argvs = (keyboard: Keyboard) =>
  keyboard.effects.map((effect) => ('argv' in effect ? effect.argv.join(' ') : effect.type));

describe('the pane of the mocks', () => {
  it('sums up what was called and not spent, and lists the calls with how each ended', () => {
    expect(rows(opened()).slice(0, 8)).toEqual([
      '1,234 calls  2 not mocked  clock 2026-01-31 12:30Z  tokens not spent 1,034  money not moved 12.50 USD, 900 JPY  webhooks 1 pending, 3 delivered',
      expect.stringMatching(/^─+$/),
      expect.stringMatching(/^● 09:05:01 stripe 200 +12 ms {2}POST \/v1\/customers +create customers → cus_1$/),
      expect.stringMatching(/^▲ 09:05:02 stripe 402 .* create payment_intents → card_declined$/),
      expect.stringMatching(/^✖ 09:05:03 stripe 500 .* by fail next {2}server error$/),
      expect.stringMatching(/^● 09:05:04 stripe 200 .* webhook 500 {2}create customers → cus_4$/),
      expect.stringMatching(/^◇ 09:05:05 stripe 404 .* not mocked {2}GET \/v1\/treasury$/),
      expect.stringMatching(/^◌ 09:05:06 openai 200 .*POST \/v1\/chat\/completions +cut {2}chat gpt$/),
    ]);
  });

  it('says what the next calls are to meet', () => {
    const faults = [
      { provider: 'stripe', kind: '429', times: 2 } as const,
      { provider: null, kind: 'cut', times: 1 } as const,
    ];
    expect(rows(opened({ state: { ...STATE, faults } }))).toEqual(
      expect.arrayContaining(['the next 2 calls of stripe: 429', 'the next call: cut']),
    );
  });

  it('says whose calls are passed on, or answered from what was kept', () => {
    const modes = { openai: 'record', anthropic: 'mock', stripe: 'sandbox' } as const;
    expect(rows(opened({ state: { ...STATE, modes } }))[0]).toMatch(
      /^1,234 calls {2}2 not mocked {2}openai: record {2}stripe: sandbox {2}clock /,
    );
  });

  it('tells by shapes where there are neither colours nor Unicode', () => {
    const shown = mocks.rows({ ...opened().context(), unicode: false }).map(textOf);
    expect(shown.flatMap((text) => /^(.) \d\d:\d\d:\d\d /.exec(text)?.[1] ?? []).join('')).toBe('*!x*?~');
    expect(shown.join('\n')).toContain('customers -> cus_1');
  });

  it('fits every size, and keeps the selected call in sight', () => {
    for (const [columns, height] of [
      [40, 10],
      [80, 24],
      [200, 60],
    ] as const) {
      const many = Array.from({ length: 300 }, (_, index) => call(index + 1));
      const keyboard = opened({ calls: many }, { columns, rows: height });
      const { area } = keyboard.context().logs;
      for (const press of [[], ['pageup', 'k'], ['g'], ['G'], ['enter']]) {
        const shown = mocks.rows(keyboard.press(...press).context());
        expect(shown.length).toBeLessThanOrEqual(area.height);
        if (press[0] !== 'enter') expect(selected(keyboard)).toMatch(/^● 09:\d\d:\d\d /);
      }
    }
  });

  it('stays with the newest call until another is selected, and then with that', () => {
    const keyboard = opened();
    expect(selected(keyboard)).toContain('09:05:06');
    keyboard.tell({ type: 'mocks', seen: { ...SEEN, calls: [...CALLS, call(7)] } });
    expect(selected(keyboard)).toContain('09:05:07');
    keyboard.press('k', 'k');
    keyboard.tell({ type: 'mocks', seen: { ...SEEN, calls: [...CALLS, call(7), call(8)] } });
    expect(selected(keyboard)).toContain('09:05:05');
    expect(rows(keyboard).some((text) => text.startsWith('─── 3 newer, G: follow ─'))).toBe(true);
    expect(selected(keyboard.press('G'))).toContain('09:05:08');
    // After a restart of the mocks their numbers begin anew.
    keyboard.press('k');
    keyboard.tell({ type: 'mocks', seen: { ...SEEN, calls: [call(1)] } });
    expect(selected(keyboard)).toContain('09:05:01');
  });

  it('shows of the selected call what went in and out, and what the app said to its events', () => {
    const whole = {
      ...(CALLS[3] as LoggedCall),
      request: 'email=ada%40example.com&metadata[a]=b',
      answer: '{"id":"cus_4"}',
    };
    const text = rows(opened({ whole }).press('k', 'k')).join('\n');
    expect(text).toContain(
      [
        'POST /v1/customers',
        '● 200 in 12 ms  stripe  09:05:04',
        'create customers → cus_4',
        'webhooks',
        'customer.created  pending, 2 attempts  evt_4 to http://127.0.0.1:3000/hooks',
        '  09:06:01  no reply after 3 ms  connect ECONNREFUSED',
        '  09:06:02  500 in 40 ms  oh',
        'request',
        'email = ada@example.com',
        'metadata[a] = b',
        'answer',
        '{',
        '  "id": "cus_4"',
        '}',
      ].join('\n'),
    );
  });

  it('says where nobody was told of what happened, and how one is', () => {
    const text = rows(opened({ calls: [call(4, { events: ['evt_9'] })] })).join('\n');
    expect(text).toContain('evt_9 was told to nobody');
    expect(text).toMatch(/^mocks: \{ payments: \{ webhook: web\/PATH \} \}/m);
  });

  it('shows one call alone, scrolls it, and goes back', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`);
    const whole = { ...(CALLS[5] as LoggedCall), request: '', answer: lines.join('\n') };
    const keyboard = opened({ whole }, { columns: 80, rows: 24 });
    expect(rows(keyboard).at(-1)).toMatch(/^… \d+ more lines: enter$/);
    keyboard.press('enter');
    expect(rows(keyboard)[0]).toBe('POST /v1/chat/completions');
    keyboard.press('pagedown');
    expect(rows(keyboard)[0]).toBe('line 14');
    expect(rows(keyboard.press('G')).at(-1)).toBe('line 99');
    // It stays the same while others come.
    keyboard.tell({ type: 'mocks', seen: { ...SEEN, whole, calls: [...CALLS, call(7)] } });
    expect(rows(keyboard).at(-1)).toBe('line 99');
    keyboard.press('escape');
    expect(keyboard.state).toMatchObject({ focus: 'pane', call: { open: false } });
    expect(keyboard.press('escape').state.focus).toBe('members');
  });

  it('sends the selected call and its webhooks again, by the verbs that do the same', () => {
    expect(argvs(opened().press('a', 'k', 'k', 'a', 'h'))).toEqual([
      'mocks replay 6',
      'mocks replay 4',
      'mocks resend evt_4',
    ]);
    expect(opened().press('h').state.status?.text).toMatch(/^This call caused no events/);
    expect(opened({ deliveries: [] }).press('k', 'k', 'h').state.status?.text).toBe('Nobody was told of its events.');
    expect(opened({ calls: [] }).press('a').state.status?.text).toMatch(/^No call is selected/);
  });

  it('asks how the next call is to fail: one of the provider of the selected one', () => {
    expect(argvs(opened().press('f', '4'))).toEqual(['mocks fail openai --with 429']);
    expect(argvs(opened().press('g', 'f', 's'))).toEqual(['mocks fail stripe --with slow']);
    expect(argvs(opened({ calls: [] }).press('f', 'c'))).toEqual(['mocks fail --with cut']);
    expect(argvs(opened().press('f', 'enter', 'f', 't', 'n'))).toEqual([]);
    const faults = [{ provider: null, kind: '500', times: 1 } as const];
    expect(argvs(opened({ state: { ...STATE, faults } }).press('f', 't'))).toEqual(['mocks fail --with none']);
    expect(opened({ state: null }).press('f').state.status?.text).toBe('The mocks are not running.');
  });

  it('says how something is mocked where nothing is, and what is missing otherwise', () => {
    expect(rows(new Keyboard().press('6'))).toEqual(['Looking at the mocks...']);
    expect(rows(opened({ mocked: false, state: null, calls: [] })).join(' ')).toMatch(
      /^Nothing is mocked here\. .* mocks: \{ ai: \{\}, payments: \{\} \} /,
    );
    expect(rows(opened({ state: null }))[0]).toBe('The mocks are not running; u starts them.');
    expect(rows(opened({ calls: [] })).at(-1)).toMatch(/^No call yet/);
  });
});
