import { Secret } from '../../src/core/secret.ts';
import type { EngineInput } from '../../src/engines/engine.ts';

/** A service that says nothing but its engine's version: what a test is about comes on top. */
export const plainInput: EngineInput = {
  name: 'db',
  version: '17',
  settings: {},
  env: {},
  command: [],
  volumes: [],
  ports: [],
  password: new Secret('a'),
  templatePassword: new Secret('b'),
};
