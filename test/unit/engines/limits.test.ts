import { describe, expect, it } from 'vitest';
import type { EngineInput } from '../../../src/engines/engine.ts';
import { engineOf } from '../../../src/engines/index.ts';
import { plainInput } from '../../support/engine-input.ts';

describe('what an engine can not give without Docker', () => {
  const cases: readonly (readonly [engine: string, parts: Partial<EngineInput>, limits: readonly string[]])[] = [
    ['postgres', {}, []],
    [
      'postgres',
      {
        image: 'pg:x',
        volumes: ['./a:/a'],
        settings: { extensions: ['postgis', 'citext', 'vector'], locale: 'de_DE' },
      },
      [
        "the embedded runtime can't run the image pg:x",
        'the embedded Postgres has no extension postgis, vector',
        "the embedded Postgres can't promise the locale de_DE",
        "the embedded runtime can't mount volumes (./a:/a)",
      ],
    ],
    [
      'redis',
      { image: 'r:x', volumes: ['a:/a', './b:/b:ro'] },
      ["the embedded runtime can't run the image r:x", "the embedded runtime can't mount volumes (a:/a, ./b:/b:ro)"],
    ],
    ['container', { image: 'mail:1', volumes: ['a:/a'] }, ["the embedded runtime can't run the image mail:1"]],
  ];
  it.each(cases)('is known of %s, all at once: %j', (engine, parts, expected) => {
    const launch = engineOf(engine).server({ ...plainInput, ...parts });
    const limits = launch.kind === 'none' ? launch.limits : [];
    expect(limits.map(({ message }) => message)).toEqual(expected);
    expect(limits.every(({ hints }) => hints.join(' ').includes('--runtime docker'))).toBe(true);
  });
});
