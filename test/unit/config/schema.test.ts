import { readFile } from 'node:fs/promises';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import { defineConfig } from '../../../src/config/define-config.ts';
import type {
  ConfigInput,
  ImageInput,
  OverridesInput,
  PostgresInput,
  ProcessInput,
  RedisInput,
} from '../../../src/config/input.ts';
import { jsonSchema } from '../../../src/config/json-schema.ts';
import type { processSchema, projectSchema } from '../../../src/config/schema.ts';
import { engineSchemas, imageSchema } from '../../../src/config/service-schema.ts';

interface Json {
  readonly [key: string]: Json | undefined;
}

describe('the published schema', () => {
  it('is not stale', async () => {
    const published: unknown = JSON.parse(
      await readFile(new URL('../../../devenv.schema.json', import.meta.url), 'utf8'),
    );
    expect(published, 'npm run schema').toEqual(jsonSchema());
  });

  it('describes every key', () => {
    const missing: string[] = [];
    const visit = (schema: Json, path: string): void => {
      for (const [key, inner] of Object.entries(schema.properties ?? {})) {
        if (!inner?.description) missing.push(`${path}.${key}`);
      }
      for (const [key, inner] of Object.entries(schema))
        if (inner && typeof inner === 'object') visit(inner, `${path}.${key}`);
    };
    visit(jsonSchema() as Json, '');
    expect(missing).toEqual([]);
  });

  it('requires nothing in a tier, but of a list, which replaces the other one', () => {
    const { environments } = jsonSchema().properties as Record<string, Json>;
    const withoutLists = (key: string, value: unknown) => (key === 'items' ? {} : value);
    expect(JSON.stringify(environments, withoutLists)).not.toContain('"required"');
  });
});

describe('the types of defineConfig', () => {
  const postgres: Required<PostgresInput> = {
    engine: 'postgres',
    version: 17,
    image: '',
    port: 1,
    ready: {},
    program: '',
    env: {},
    volumes: [],
    command: [],
    needs: [],
    database: '',
    user: '',
    extensions: [],
    locale: '',
  };
  const { database: _, user: __, extensions: ___, locale: ____, ...common } = postgres;
  const redis: Required<RedisInput> = { ...common, engine: 'redis' };
  const image: Required<Omit<ImageInput, 'engine'>> = {
    image: '',
    ports: {},
    ready: { tcp: '' },
    env: {},
    volumes: [],
    command: '',
    needs: [],
  };

  it('have the keys of the schema', () => {
    const keys = (schema: z.ZodObject | undefined) => Object.keys(schema?.shape ?? {}).sort();
    expect(Object.keys(engineSchemas).sort()).toEqual(['postgres', 'redis']);
    expect(Object.keys(postgres).sort()).toEqual(keys(engineSchemas.postgres));
    expect(Object.keys(redis).sort()).toEqual(keys(engineSchemas.redis));
    expect([...Object.keys(image), 'engine'].sort()).toEqual(keys(imageSchema));
  });

  it('say what the schema says', () => {
    expectTypeOf<ProcessInput>().toEqualTypeOf<z.input<typeof processSchema>>();
    expectTypeOf<keyof ConfigInput>().toEqualTypeOf<keyof z.input<typeof projectSchema>>();
    expectTypeOf<ConfigInput['hooks']>().toEqualTypeOf<z.input<typeof projectSchema>['hooks']>();
  });

  it('complete and check what is given to defineConfig', () => {
    defineConfig({
      services: { db: { engine: 'postgres', version: 17, extensions: ['a'] } },
      env: { HOST: process.env.HOST },
    });
    defineConfig({
      data: [
        { service: 'a', seed: ['a.sql'] },
        { service: 'b', reset: 'daily' },
      ],
    });
    // @ts-expect-error an unknown key of an entry
    defineConfig({ data: [{ service: 'a', sede: [] }] });
    defineConfig(async ({ tier }) => ({ name: tier, environments: { staging: { services: { db: null } } } }));
    // @ts-expect-error an unknown key at the top
    defineConfig({ servces: {} });
    // @ts-expect-error an unknown key of a service
    defineConfig({ services: { db: { engine: 'postgres', versoin: 17 } } });
    // @ts-expect-error a key of another engine
    defineConfig({ services: { db: { engine: 'redis', database: 'x' } } });
    // @ts-expect-error neither engine nor image
    defineConfig({ services: { db: { version: 17 } } });
    // @ts-expect-error no command
    expect(defineConfig({ processes: { web: { port: 1 } } })).toEqual({ processes: { web: { port: 1 } } });
  });

  it('let a tier give parts, and null', () => {
    const tier: OverridesInput = { services: { db: { version: 16, extensions: ['a'] }, mail: null }, env: { A: null } };
    expect(tier).toBeDefined();
    // @ts-expect-error an unknown key
    const wrong: OverridesInput = { services: { db: { versoin: 16 } } };
    expect(wrong).toBeDefined();
  });
});
