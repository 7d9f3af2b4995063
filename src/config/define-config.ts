import type { ConfigExport } from './input.ts';

export type { ConfigExport, ConfigInput, OverridesInput, ProcessInput, ServiceInput } from './input.ts';

/** Gives a `devenv.config.ts` its types. This is what `import { defineConfig } from 'devenv-cli'` gets. */
export function defineConfig(config: ConfigExport): ConfigExport {
  return config;
}
