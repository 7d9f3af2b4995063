import type { Description } from '../core/data/description.ts';
import type { ConfigExport } from './input.ts';

export type { ColumnDescription, Description, RedisDescription, TableDescription } from '../core/data/description.ts';
export type { ConfigExport, ConfigInput, OverridesInput, ProcessInput, ServiceInput } from './input.ts';

/** Gives a `devenv.config.ts` its types. This is what `import { defineConfig } from 'devenv-cli'` gets. */
export function defineConfig(config: ConfigExport): ConfigExport {
  return config;
}

/** The same for a seed file in TypeScript. */
export function defineSeed(description: Description): Description {
  return description;
}
