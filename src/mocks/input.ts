import type { Readable } from 'node:stream';
import type { ProviderName } from './provider.ts';
import type { MocksSpec } from './spec.ts';

/** The providers' own keys, which nothing but the mocks' process is given. */
export type RealKeys = Readonly<Partial<Record<ProviderName, string>>>;

/** What is known only when the process is started, and is no reason to start it anew. */
export interface MocksStart {
  /** A further address to listen on, for containers; also where they look by a provider's name. */
  readonly also: string | null;
  readonly realKeys: RealKeys;
}

/**
 * What the process of the mocks reads from its input: two lines of JSON, of which this is the first. It comes by no
 * variable: those of a process are there to be read for all processes of the same user, and none may be longer than
 * 128 KB, which rules can be.
 */
export function firstLine(spec: MocksSpec): string {
  return `${JSON.stringify(spec)}\n`;
}

export function secondLine(start: MocksStart): string {
  return `${JSON.stringify(start)}\n`;
}

export async function readInput(input: Readable): Promise<{ readonly spec: MocksSpec; readonly start: MocksStart }> {
  const [spec, start] = Buffer.concat(await input.toArray())
    .toString('utf8')
    .split('\n');
  if (!spec || !start) throw new Error('this process is started by devenv up, which tells it all on its input');
  return { spec: JSON.parse(spec) as MocksSpec, start: JSON.parse(start) as MocksStart };
}
