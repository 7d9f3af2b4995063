import type { Readable } from 'node:stream';
import { isPassedOn, type Modes } from '../modes.ts';
import type { ProviderName } from '../provider.ts';

/** The providers' own keys, which nothing but the mocks' process is given. */
export type RealKeys = Readonly<Partial<Record<ProviderName, string>>>;

/**
 * From the process's input, once. They come by no variable: those of a process are there to be read for all processes of
 * the same user, for as long as it runs.
 */
export async function readRealKeys(input: Readable, modes: Modes): Promise<RealKeys> {
  if (!Object.values(modes).some(isPassedOn)) return {};
  const text = Buffer.concat(await input.toArray()).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as RealKeys);
}
