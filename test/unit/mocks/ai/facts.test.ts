import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountsIn, numberOf } from '../../../../src/mocks/ai/facts/amounts.ts';
import { mailsIn, phonesIn } from '../../../../src/mocks/ai/facts/contacts.ts';
import { daysIn, timesIn } from '../../../../src/mocks/ai/facts/dates.ts';
import { labelBefore } from '../../../../src/mocks/ai/facts/fact.ts';
import { factsIn } from '../../../../src/mocks/ai/facts/facts.ts';
import { fieldsIn } from '../../../../src/mocks/ai/facts/fields.ts';
import { idsIn } from '../../../../src/mocks/ai/facts/ids.ts';
import { matterOf } from '../../../../src/mocks/ai/facts/matter.ts';
import { moodOf, urgencyOf } from '../../../../src/mocks/ai/facts/mood.ts';
import { namesIn } from '../../../../src/mocks/ai/facts/names.ts';
import { streetsIn } from '../../../../src/mocks/ai/facts/places.ts';
import { relation, relationTo } from '../../../../src/mocks/ai/facts/related.ts';
import { segmentsOf } from '../../../../src/mocks/ai/facts/segments.ts';

it.each([
  ['total 5 EUR, due 2025-04-03', '2025', ['due']],
  ['Invoice number: 17', '17', ['number', 'invoice']],
  ['Anna. 17', '17', []],
  ['from Oslo (17)', '17', ['oslo', 'from']],
])('the label in %j of %j is %j', (text, fact, label) => {
  expect(labelBefore(text, text.indexOf(fact))).toEqual(label);
});

it('as many facts as a text can hold are read in time that grows with its length', () => {
  const start = performance.now();
  expect(factsIn('1900 Ab '.repeat(2500)).zips).toHaveLength(2500);
  expect(performance.now() - start).toBeLessThan(600);
});

it('the facts of a text are read once while it is talked about', () => {
  const facts = factsIn('Anna in Oslo');
  expect(factsIn('Anna in Oslo')).toBe(facts);
  for (let index = 0; index < 20; index += 1) factsIn(`text ${index}`);
  expect(factsIn('Anna in Oslo')).not.toBe(facts);
  expect(factsIn('Anna in Oslo')).toEqual(facts);
});

it('a word is related to many as it is to the nearest of them', () => {
  const words = 'orders due sent paris'.split(' ');
  for (const word of 'order deadline payable forward city ordered tea'.split(' '))
    expect(relationTo(words)(word)).toBe(Math.max(...words.map((other) => relation(word, other))));
});

describe('numbers', () => {
  it.each([
    ['1,234.50', 1234.5],
    ['1.234,50', 1234.5],
    ["1'000", 1000],
    ['12,50', 12.5],
    ['1,234', 1234],
    ['1,2,3', null],
    ['1.2.3', null],
  ])('%s is %j', (written, value) => {
    expect(numberOf(written)).toBe(value);
  });

  it('are read as English and German write them', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.constantFrom('en-US', 'de-DE'), (cents, locale) => {
        const written = (cents / 100).toLocaleString(locale, { minimumFractionDigits: 2 });
        expect(numberOf(written)).toBeCloseTo(cents / 100, 6);
      }),
    );
  });

  it('have their unit and currency', () => {
    const read = (text: string): unknown[] =>
      amountsIn(text).map(({ value, unit, currency }) => [value, unit[0] ?? null, currency]);
    expect(read('3 mugs at $4.50, two cups for 9 euros, 20% off')).toEqual([
      [3, 'mugs', null],
      [4.5, null, 'USD'],
      [2, 'cups', null],
      [9, 'euros', 'EUR'],
      [20, 'percent', null],
    ]);
    expect(read('1,2,3')).toEqual([
      [1, null, null],
      [2, null, null],
      [3, null, null],
    ]);
  });
});

describe('dates', () => {
  it.each([
    ['2025-03-04', '2025-03-04'],
    ['on March 4th, 2024', '2024-03-04'],
    ['4 March', '2025-03-04'],
    ['04.03.2025', '2025-03-04'],
    ['3/4/2025', '2025-03-04'],
    ['next Friday', null],
  ])('%s is %j', (text, iso) => {
    expect(daysIn(text).map(({ value }) => value.iso)).toEqual([iso]);
  });

  it('are days of the calendar', () => {
    expect(daysIn('2025-02-30, 31.04.2025 and 13/13/2025')).toEqual([]);
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2099-12-31'), noInvalidDate: true }), (date) => {
        const iso = date.toISOString().slice(0, 10);
        const written = date.toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' });
        expect(daysIn(`${iso} and ${written}`).map(({ value }) => value.iso)).toEqual([iso, iso]);
      }),
    );
  });

  it('go with times', () => {
    expect(timesIn('at 3pm, 15:30 or 12 am; 25:00 and 13pm are none').map(({ value }) => value)).toEqual([
      '15:00',
      '15:30',
      '00:00',
    ]);
  });
});

it('addresses, numbers of phones and ids are known by their form', () => {
  const values = (facts: readonly { value: string }[]): string[] => facts.map(({ value }) => value);
  expect(values(mailsIn('to bob@example.com, or a.b+c@x.co.uk.'))).toEqual(['bob@example.com', 'a.b+c@x.co.uk']);
  expect(values(phonesIn('+49 30 1234567, (030) 123456, 415-555-0100 and not 2025-03-04'))).toEqual([
    '+49 30 1234567',
    '(030) 123456',
    '415-555-0100',
  ]);
  expect(values(idsIn('order #A-48213, invoice INV-2031, ticket no. 17, 3 mugs'))).toEqual([
    'A-48213',
    'INV-2031',
    '17',
  ]);
  expect(values(streetsIn('12 Main Street, Hauptstraße 5'))).toEqual(['12 Main Street', 'Hauptstraße 5']);
});

describe('names', () => {
  const read = (text: string): string[] => namesIn(text).map(({ kind, value }) => `${kind} ${value}`);

  it.each([
    ['Alice and Bob go to a fair on Friday.', ['person Alice', 'person Bob']],
    ['Invoice from Acme GmbH to Dr. Zarquon', ['company Acme GmbH', 'person Zarquon']],
    ['Alice Smith lives in Berlin', ['person Alice Smith', 'city Berlin']],
    ['the weather in new york and paris', ['city New York', 'city Paris']],
    ['Find a hotel in Smallville, Germany', ['city Smallville', 'country Germany']],
    ['Tea is good. Please send JSON in EUR.', []],
    ["Zarquon ordered tea at Anna's", ['person Zarquon', 'person Anna']],
  ])('of %j are %j', (text, names) => {
    expect(read(text)).toEqual(names);
  });
});

it('fields are what a text gives a name to', () => {
  const read = (text: string): [string, string][] => fieldsIn(text).map(({ name, value }) => [name, value]);
  expect(read('- **Order number**: 17\nCustomer = Ann')).toEqual([
    ['order number', '17'],
    ['customer', 'Ann'],
  ]);
  expect(read('My name is Bob and my favorite color is dark blue. I live in Oslo.')).toEqual([
    ['name', 'Bob'],
    ['favorite color', 'dark blue'],
    ['city', 'Oslo'],
  ]);
  expect(read('Call me at noon')).toEqual([]);
});

it('what a request is about stands in its own words', () => {
  expect(matterOf('Mail Bob about the late invoice saying it will be paid.')).toMatchObject({
    about: 'the late invoice',
    said: 'it will be paid',
  });
  expect(matterOf('Remind me to call Bob tomorrow. Title "Bob"')).toMatchObject({
    deed: 'call Bob tomorrow',
    quotes: ['Bob'],
  });
  expect(matterOf('They go to a science fair').events).toEqual(['science fair']);
  expect(matterOf('What is (12 + 3) * 7?').sum).toBe('(12 + 3) * 7');
  expect(matterOf('2025-03-04 and 555-0100').sum).toBeNull();
});

it('texts have a mood and an urgency', () => {
  expect([moodOf('I am very angry'), moodOf('I love it'), moodOf('not good'), moodOf('tea')].map(Math.sign)).toEqual([
    -1, 1, -1, 0,
  ]);
  expect([urgencyOf('Fix it ASAP'), urgencyOf('no rush'), urgencyOf('It is not urgent'), urgencyOf('tea')]).toEqual([
    1, -1, -1, 0,
  ]);
});

it('words are related by their form or meaning, whichever comes first', () => {
  expect([relation('orders', 'ordered'), relation('vendor', 'from'), relation('tea', 'tax')]).toEqual([1, 0.6, 0]);
  fc.assert(fc.property(fc.string(), fc.string(), (a, b) => relation(a, b) === relation(b, a)));
});

it('a text that lists things falls into parts', () => {
  const parts = (text: string) => segmentsOf(text, factsIn(text));
  expect(parts('- 2 mugs\n- tea').lines).toEqual(['2 mugs', 'tea']);
  expect(parts('2 mugs at 4 EUR and three cups').counted).toEqual(['2 mugs at 4 EUR and ', 'three cups']);
  expect(parts('Alice (30), Bob (25)').people).toEqual(['Alice (30), ', 'Bob (25)']);
});

describe('facts', () => {
  it('stand where they say, and no two of other kinds in one place', () => {
    const pieces = fc.constantFrom(
      '2025-03-04',
      'a@b.co',
      'Anna',
      '12 Main St',
      '#A-12',
      '3,50 €',
      ' due ',
      '\n',
      '+49 30 123456',
      '. ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: 'grapheme' }))), (parts) => {
        const text = parts.join(' ');
        const { mails, urls, phones, days, times, ids, zips, streets, amounts } = factsIn(text);
        const all = [mails, urls, phones, days, times, ids, zips, streets, amounts].flat().sort((a, b) => a.at - b.at);
        for (const [index, { at, end }] of all.entries()) {
          expect(end).toBeGreaterThan(at);
          expect(at).toBeGreaterThanOrEqual(all[index - 1]?.end ?? 0);
        }
        for (const { value, at, end } of mails) expect(text.slice(at, end)).toBe(value);
      }),
    );
  });

  it.each(['a', ' ', '\n', '.', '1', '1,', 'A', 'A ', '1 A', '"', ':', 'my a ', '(', '東', '- ', 'a@', 'for a '])(
    'are read at once, also from a megabyte of %j',
    (piece) => {
      const text = piece.repeat(1_000_000 / piece.length);
      const begun = performance.now();
      factsIn(text);
      expect(performance.now() - begun).toBeLessThan(1500);
    },
  );
});
