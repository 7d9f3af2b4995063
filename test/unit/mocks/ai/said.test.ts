import { describe, expect, it } from 'vitest';
import { Draws } from '../../../../src/lib/draws.ts';
import { documentFor, inputsFor } from '../../../../src/mocks/ai/writing/structured.ts';
import { promptOf } from './prompts.ts';

const text = { type: 'string' };
const number = { type: 'number' };
const whole = { type: 'integer' };
const object = (properties: Record<string, unknown>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
const list = (items: unknown) => ({ type: 'array', items });
const draws = (): Draws => new Draws(1, 'test').at(0);

function extracted(from: string, name: string, properties: Record<string, unknown>): Promise<unknown> {
  return documentFor(promptOf([from], { format: { kind: 'schema', name, schema: object(properties) } }), draws());
}

describe('what a text says is what is extracted of it', () => {
  it('events', async () => {
    const asked = 'Alice and Bob are going to a science fair on Friday.';
    expect(await extracted(asked, 'event', { name: text, date: text, participants: list(text) })).toEqual({
      name: 'Science fair',
      date: 'Friday',
      participants: ['Alice', 'Bob'],
    });
  });

  it('invoices: dates by the word before them, numbers with their thousands', async () => {
    const asked = 'Invoice INV-2031 dated 2025-03-04 from Acme GmbH, total 1,234.50 EUR, due 2025-04-03';
    const date = { type: 'string', format: 'date' };
    expect(
      await extracted(asked, 'invoice', {
        ...{ invoice_number: text, total: number, currency: text },
        ...{ dueDate: date, date, vendor: text },
      }),
    ).toEqual({
      ...{ invoice_number: 'INV-2031', total: 1234.5, currency: 'EUR' },
      ...{ dueDate: '2025-04-03', date: '2025-03-04', vendor: 'Acme GmbH' },
    });
  });

  it('tickets: their numbers, whom they are from, their mood and urgency', async () => {
    const asked =
      "I am very angry! My order #A-48213 hasn't arrived. Call me at +49 30 1234567 or anna@example.org. Anna Schmidt";
    expect(
      await extracted(asked, 'ticket', {
        ...{ order_number: text, phone: text, email: text, customer_name: text, is_urgent: { type: 'boolean' } },
        sentiment: { enum: ['positive', 'neutral', 'negative'] },
        priority: { enum: ['low', 'medium', 'high'] },
        category: { enum: ['billing', 'shipping', 'technical'] },
      }),
    ).toEqual({
      ...{ order_number: 'A-48213', phone: '+49 30 1234567', email: 'anna@example.org', customer_name: 'Anna Schmidt' },
      ...{ is_urgent: true, sentiment: 'negative', priority: 'high', category: 'shipping' },
    });
  });

  it('of several dates, times and days each once', async () => {
    const date = { type: 'string', format: 'date' };
    const time = { type: 'string', format: 'time' };
    const stay = 'Book a hotel in Rome, 2025-04-03 – 2025-04-07';
    expect(await extracted(stay, 'booking', { check_in: date, check_out: date })).toEqual({
      ...{ check_in: '2025-04-03', check_out: '2025-04-07' },
    });
    const hours = 'The shop opens 9:00 – 17:30';
    expect(await extracted(hours, 'hours', { opens: time, closes: time })).toEqual({
      ...{ opens: '09:00:00Z', closes: '17:30:00Z' },
    });
    expect(await extracted('Shifts on Monday and Thursday', 'week', { first_day: text, second_day: text })).toEqual({
      ...{ first_day: 'Monday', second_day: 'Thursday' },
    });
  });

  it('companies by names that JavaScript has too', async () => {
    const said = await extracted('What is the stock price of Constructor?', 'quote', { symbol: text });
    expect(said).toEqual({ symbol: 'CONS' });
    const asked = promptOf(['Answer in JSON with keys constructor and toString'], { format: { kind: 'json' } });
    const result = { role: 'tool', callId: 'a', text: '{"x": 1}' } as const;
    const guessed = await documentFor({ ...asked, turns: [...asked.turns, result] }, draws());
    expect(Object.keys(guessed as object)).toEqual(['constructor', 'toString']);
  });

  it('people and where they live', async () => {
    const address = object({ city: text, zip: text });
    expect(await extracted('Alice Smith lives in Berlin 10115', 'x', { name: text, last_name: text, address })).toEqual(
      {
        name: 'Alice Smith',
        last_name: 'Smith',
        address: { city: 'Berlin', zip: '10115' },
      },
    );
    const people = list(object({ name: text, age: whole }));
    expect(await extracted('Alice (30) and Bob (25) live in Paris.', 'x', { people })).toEqual({
      people: [
        { name: 'Alice', age: 30 },
        { name: 'Bob', age: 25 },
      ],
    });
  });

  it('lists: an item for each thing that is told', async () => {
    const asked = '2 blue mugs at 4.50 EUR each and three teapots at 20 EUR';
    const lines = list(object({ product: text, quantity: whole, price: number }));
    expect(await extracted(asked, 'order', { lines })).toEqual({
      lines: [
        { product: 'blue mugs', quantity: 2, price: 4.5 },
        { product: 'teapots', quantity: 3, price: 20 },
      ],
    });
  });

  it('applications: jobs, and what a list names', async () => {
    const asked = 'John Doe, 34, is a software engineer at Google in Rome. Skills: Python, Go and SQL.';
    expect(await extracted(asked, 'x', { name: text, job_title: text, company: text, skills: list(text) })).toEqual({
      ...{ name: 'John Doe', job_title: 'Software engineer', company: 'Google', skills: ['Python', 'Go', 'SQL'] },
    });
  });

  it('as many as are asked for', async () => {
    const users = list(object({ name: text }));
    const made = (await extracted('Generate 4 users', 'x', { users })) as { users: { name: string }[] };
    expect(new Set(made.users.map(({ name }) => name)).size).toBe(4);
  });

  it('forms: what is named as it is asked for', async () => {
    const asked = 'Name: Zarquon Beeble\nOrder number: 99\nAmount: 12,50 €\nStatus: shipped';
    expect(await extracted(asked, 'x', { name: text, order_number: whole, amount: number, status: text })).toEqual({
      ...{ name: 'Zarquon Beeble', order_number: 99, amount: 12.5, status: 'shipped' },
    });
  });

  it('what was said before, where the last message says nothing of it', async () => {
    const format = { kind: 'schema' as const, name: 'x', schema: object({ name: text, city: text }) };
    const prompt = promptOf(['My name is Bob, I live in Oslo.', 'I moved to Rome.'], { format });
    expect(await documentFor(prompt, draws())).toEqual({ name: 'Bob', city: 'Rome' });
  });
});

it.each<[string, string, Record<string, unknown>, unknown]>([
  ['send a mail to bob@example.com', 'send_mail', { to: text }, { to: 'bob@example.com' }],
  [
    'Send a mail to bob@example.com about the late invoice saying it will be paid.',
    'send_mail',
    { to: text, subject: text, body: text },
    { to: 'bob@example.com', subject: 'The late invoice', body: 'It will be paid' },
  ],
  [
    'Book a flight from Paris to London from 2025-05-01 to 2025-05-09 for 2 adults',
    'book_flight',
    { to: text, from: text, end_date: text, start_date: text, passengers: whole },
    { to: 'London', from: 'Paris', end_date: '2025-05-09', start_date: '2025-05-01', passengers: 2 },
  ],
  ['Add 3 and 5', 'add', { a: number, b: number }, { a: 3, b: 5 }],
  ['What is 12*7?', 'calculator', { expression: text }, { expression: '12*7' }],
  [
    'Convert 100 USD to EUR',
    'convert',
    { amount: number, from: text, to: text },
    { amount: 100, from: 'USD', to: 'EUR' },
  ],
  [
    'Search for blue mugs under 20 EUR',
    'search',
    { query: text, max_price: number },
    { query: 'blue mugs under 20 EUR', max_price: 20 },
  ],
  [
    'Remind me to call Bob on 2025-03-04 at 3pm',
    'remind',
    { title: text, at: { type: 'string', format: 'date-time' } },
    { title: 'Call Bob on 2025-03-04 at 3pm', at: '2025-03-04T15:00:00Z' },
  ],
  ['Where is my order 4711?', 'get_order', { order_id: text }, { order_id: '4711' }],
  [
    'Translate "good morning" to French',
    'translate',
    { text, target_language: text },
    { text: 'Good morning', target_language: 'French' },
  ],
])('%j becomes the arguments of %s', async (asked, name, properties, input) => {
  expect(await inputsFor({ name, description: '', schema: object(properties) }, promptOf([asked]), draws())).toEqual([
    input,
  ]);
});

it('the items of a list differ, as far as they can', async () => {
  const properties = {
    tags: list(text),
    steps: list(text),
    scores: list(number),
    sizes: list({ enum: ['s', 'm', 'l'] }),
  };
  const made = (await extracted('Tell me of tea', 'x', properties)) as Record<string, unknown[]>;
  for (const items of Object.values(made)) expect(new Set(items).size).toBe(items.length);
});

it('nothing is taken that says something else', async () => {
  const made = await extracted('2 mugs for 20 EUR', 'x', { confidence: number, price: number, quantity: whole });
  expect(made).toMatchObject({ price: 20, quantity: 2 });
  expect((made as { confidence: number }).confidence).toBeLessThan(1);
});

describe('one call of a tool for each of several things', () => {
  const tool = (properties: Record<string, unknown>) => ({ name: 'x', description: '', schema: object(properties) });

  it('where it takes one at a time', async () => {
    const prompt = promptOf(['Compare the weather in Paris and London']);
    expect(await inputsFor(tool({ city: text }), prompt, draws())).toEqual([{ city: 'Paris' }, { city: 'London' }]);
    const orders = promptOf(['Cancel the orders A-12 and B-17']);
    expect(await inputsFor(tool({ order_id: text }), orders, draws())).toEqual([
      { order_id: 'A-12' },
      { order_id: 'B-17' },
    ]);
  });

  it('but not where calls are to come one by one, or one takes several', async () => {
    const alone = promptOf(['Compare the weather in Paris and London'], { parallel: false });
    expect(await inputsFor(tool({ city: text }), alone, draws())).toEqual([{ city: 'Paris' }]);
    const flight = promptOf(['A flight from Paris to London']);
    expect(await inputsFor(tool({ from_city: text, to_city: text }), flight, draws())).toEqual([
      { from_city: 'Paris', to_city: 'London' },
    ]);
    expect(await inputsFor(tool({ cities: list(text) }), flight, draws())).toEqual([{ cities: ['Paris', 'London'] }]);
  });
});
