import { describe, expect, it } from 'vitest';
import type { Description } from '../../../src/core/data/description.ts';
import { formatProblem } from '../../../src/core/errors.ts';
import { checkDescription } from '../../../src/data/check-description.ts';
import { schemaOf } from './seed/tables.ts';

const schema = schemaOf({
  users: { id: 'int4 key', email: 'text!', role: 'admin|member!', nick: 'text', upper: 'text generated' },
  orders: { id: 'int4 key', user_id: 'int4! > users.id' },
  teams: { id: 'int4 key' },
  'shop.items': { id: 'int4 key', order_id: 'int4 > orders.id' },
  'a.twice': { id: 'int4 key' },
  'b.twice': { id: 'int4 key' },
});

function problems(description: Description): readonly string[] {
  return checkDescription(description, schema).map(formatProblem);
}

describe('a description held against the schema', () => {
  it('has nothing to say where all is there', () => {
    const description: Description = {
      tables: {
        users: {
          rows: 2,
          columns: {
            role: { oneOf: { admin: 1, member: 9 } },
            nick: { null: 0.5 },
            email: { template: '{nick}{row}@example.com' },
          },
        },
        'public.orders': { perParent: { table: 'users', count: [0, 5] } },
        items: { perParent: { table: 'orders', count: 2 } },
        'shop.items': { rows: 1 },
      },
      redis: {
        a: { key: 'a:{users.id}', hash: { mail: { template: '{users.email}' }, both: { template: '{mail}{n}' } } },
      },
    };
    expect(problems(description)).toEqual([]);
  });

  it.each<[string, Description, string]>([
    ['table', { tables: { user: { rows: 1 } } }, 'tables.user: there is no table `user`; did you mean `users`?'],
    ['table of several schemas', { tables: { twice: {} } }, 'tables.twice: there are several: a.twice, b.twice'],
    [
      'column',
      { tables: { users: { columns: { emial: 'x' } } } },
      'tables.users.columns.emial: `users` has no column `emial`; did you mean `email`?',
    ],
    [
      'parent',
      { tables: { orders: { perParent: { table: 'user', count: 1 } } } },
      'tables.orders.perParent.table: there is no table `user`; did you mean `users`?',
    ],
    [
      'way to the parent',
      { tables: { orders: { perParent: { table: 'teams', count: 1 } } } },
      'tables.orders.perParent.table: `orders` has no foreign key to `teams`; it refers to users',
    ],
    [
      'way to any parent',
      { tables: { teams: { perParent: { table: 'users', count: 1 } } } },
      'tables.teams.perParent.table: `teams` has no foreign key to `users`; it refers to nothing',
    ],
    [
      'writing a computed column',
      { tables: { users: { columns: { upper: 'X' } } } },
      'tables.users.columns.upper: is computed by the database: nothing can be said of it',
    ],
    [
      'label of the enum',
      { tables: { users: { columns: { role: { oneOf: ['admin', 'membr'] } } } } },
      'tables.users.columns.role.oneOf: `membr` is no label of kind; did you mean `member`? known: admin, member',
    ],
    [
      'label as a constant',
      { tables: { users: { columns: { role: 'root' } } } },
      'tables.users.columns.role: `root` is no label of kind; known: admin, member',
    ],
    [
      'null',
      { tables: { users: { columns: { email: { like: 'email', null: 0.5 } } } } },
      'tables.users.columns.email.null: the column is NOT NULL',
    ],
    [
      'only null',
      { tables: { users: { columns: { email: null } } } },
      'tables.users.columns.email: the column is NOT NULL',
    ],
    [
      'null in a list',
      { tables: { users: { columns: { email: { oneOf: ['a', null] } } } } },
      'tables.users.columns.email.oneOf: the column is NOT NULL',
    ],
    [
      'column in a template',
      { tables: { users: { columns: { nick: { template: '{mail}' } } } } },
      'tables.users.columns.nick.template: `users` has no column `mail`; did you mean `email`?',
    ],
    [
      'template of itself',
      { tables: { users: { columns: { nick: { template: '{nick}' } } } } },
      'tables.users.columns.nick.template: {nick} is the column itself',
    ],
    [
      'table of a key',
      { redis: { s: { key: 's:{user.id}', string: 'x' } } },
      'redis.s.key: there is no table `user`; did you mean `users`?',
    ],
    [
      'column of a key',
      { redis: { s: { key: 's:{users.di}', string: 'x' } } },
      'redis.s.key: `users` has no column `di`; did you mean `id`?',
    ],
    [
      'row of a value',
      { redis: { s: { key: 's', string: { template: '{users.id}' } } } },
      'redis.s.string: {users.id} is of no row: the key names no table',
    ],
    [
      'row of another table',
      { redis: { s: { key: 's:{teams.id}', list: { length: 1, of: '{users.id}' } } } },
      'redis.s.list.of: {users.id} is of no row: keys are of `teams`',
    ],
    [
      'field',
      { redis: { s: { key: 's', hash: { name: 'x', full: { template: '{nam}' } } } } },
      'redis.s.hash.full: {nam} is nothing here; did you mean `name`? known: n, name',
    ],
    [
      'first of two',
      { redis: { s: { key: 's', hash: { a: { template: '{b}' }, b: { template: '{a}{c}' }, c: 'x' } } } },
      'redis.s.hash.a: needs another field that needs this one\nseed: redis.s.hash.b: needs another field that needs this one',
    ],
  ])('knows no such %s', (_what, description, problem) => {
    expect(problems(description).join('\n')).toBe(`seed: ${problem}`);
  });

  it('tells the place where it is known', () => {
    const origin = { file: 'seeds/a.yaml', at: () => ({ line: 3, column: 5 }) };
    const [problem] = checkDescription({ tables: { user: {} } }, schema, origin);
    expect(problem && formatProblem(problem)).toMatch(/^seeds\/a\.yaml:3:5: tables\.user: /);
  });
});
