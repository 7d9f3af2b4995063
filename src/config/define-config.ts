import type { Description } from '../core/data/description.ts';
import type { SeedScript } from '../core/data/seed-file.ts';
import type { ConfigExport } from './input.ts';

export type { ColumnDescription, Description, RedisDescription, TableDescription } from '../core/data/description.ts';
export type { SeedContext, SeedScript } from '../core/data/seed-file.ts';
export type { ConfigExport, ConfigInput, OverridesInput, ProcessInput, ServiceInput } from './input.ts';

/** Gives a `devenv.config.ts` its types. This is what `import { defineConfig } from 'devenv-cli'` gets. */
export function defineConfig(config: ConfigExport): ConfigExport {
  return config;
}

/** The same for a seed file in TypeScript: a description, or a function that writes rows itself. */
export function defineSeed(seed: Description | SeedScript): Description | SeedScript {
  return seed;
}
