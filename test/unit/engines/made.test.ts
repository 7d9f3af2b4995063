import { describe, expect, it } from 'vitest';
import type { Made } from '../../../src/core/stack.ts';
import type { EngineInput } from '../../../src/engines/engine.ts';
import { engineOf } from '../../../src/engines/index.ts';
import { plainInput } from '../../support/engine-input.ts';

describe('what the data of Postgres is made with', () => {
  const cases: readonly (readonly [parts: Partial<EngineInput>, container: Made, server: Made])[] = [
    [{}, { user: 'postgres' }, { user: 'postgres', locale: 'C.UTF-8' }],
    [{ settings: { user: 'bob', locale: 'C' } }, { user: 'bob', locale: 'C' }, { user: 'bob', locale: 'C' }],
    [
      { settings: { locale: 'C' }, env: { POSTGRES_INITDB_ARGS: '--data-checksums' } },
      { user: 'postgres', POSTGRES_INITDB_ARGS: '--data-checksums' },
      { user: 'postgres', locale: 'C' },
    ],
  ];
  it.each(cases)('is on record: %j', (parts, container, server) => {
    const postgres = engineOf('postgres');
    expect(postgres.container({ ...plainInput, ...parts }).made).toEqual(container);
    expect(postgres.server({ ...plainInput, ...parts }).made).toEqual(server);
  });
});
