import { readFile } from 'node:fs/promises';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type * as z from 'zod';
import type { column } from '../../../../src/config/seed/column.ts';
import { seedJsonSchema } from '../../../../src/config/seed/json-schema.ts';
import type { redisKeys } from '../../../../src/config/seed/redis.ts';
import type { seedSchema, table } from '../../../../src/config/seed/schema.ts';
import type {
  ColumnDescription,
  Constant,
  Description,
  RedisDescription,
  TableDescription,
} from '../../../../src/core/data/description.ts';

type Keys<T> = T extends unknown ? keyof T : never;
type Group<T> = Exclude<T, Constant | ((...args: never) => unknown)>;
type Required<T> = { [K in keyof T]-?: NonNullable<T[K]> };

describe('the published schema of seed files', () => {
  it('is not stale', async () => {
    const file = new URL('../../../../devenv-seed.schema.json', import.meta.url);
    expect(JSON.parse(await readFile(file, 'utf8')), 'npm run schema').toEqual(seedJsonSchema());
  });

  it('describes every key', () => {
    const missing: string[] = [];
    const visit = (schema: object, path: string): void => {
      for (const [key, inner] of Object.entries(schema)) {
        if (key === 'properties')
          for (const [name, one] of Object.entries(inner as object))
            if (!one.description) missing.push(`${path}.${name}`);
        if (inner && typeof inner === 'object') visit(inner, `${path}.${key}`);
      }
    };
    visit(seedJsonSchema(), '');
    expect(missing.filter((path) => !path.endsWith('.zipf'))).toEqual([]);
  });

  it('demands one way to make a value, and knows no functions', () => {
    const { column: one } = seedJsonSchema().definitions as Record<string, { anyOf: { oneOf?: object[] }[] }>;
    expect(one?.anyOf).toHaveLength(2);
    expect(one?.anyOf[1]?.oneOf).toContainEqual({ required: ['faker'] });
  });
});

describe('the types of core', () => {
  it('have the keys of the schema', () => {
    expectTypeOf<keyof Description | '$schema'>().toEqualTypeOf<keyof z.input<typeof seedSchema>>();
    expectTypeOf<keyof TableDescription>().toEqualTypeOf<keyof z.input<typeof table>>();
    expectTypeOf<keyof RedisDescription>().toEqualTypeOf<keyof z.input<typeof redisKeys>>();
    expectTypeOf<Keys<Group<ColumnDescription>>>().toEqualTypeOf<keyof Group<z.input<typeof column>>>();
  });

  it('take what the schema takes', () => {
    type Checked = z.output<typeof redisKeys>;
    expectTypeOf<Required<Checked>['list']['length']>().toExtend<Required<RedisDescription>['list']['length']>();
    expectTypeOf<Required<z.output<typeof table>>['perParent']>().toExtend<Required<TableDescription>['perParent']>();
    expectTypeOf<Exclude<z.output<typeof column>, object>>().toEqualTypeOf<Constant>();
  });
});
