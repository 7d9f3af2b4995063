import { PREFIXES } from './keys.ts';
import type { Provider } from './provider.ts';
import type { Mount } from './server/server.ts';

/**
 * A provider at its place below the mocks' address. ANTHROPIC_BASE_URL is read by two clients: Anthropic's own puts the
 * version behind it, and Vercel's (`@ai-sdk/anthropic`) takes it to be there.
 */
export function mounted(provider: Provider): Mount {
  const { name } = provider;
  return { prefix: PREFIXES[name], ...(name === 'anthropic' ? { version: '/v1' } : {}), provider };
}
