import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Provider, ProviderName } from '../../src/mocks/provider.ts';
import { Recorder } from '../../src/mocks/relay/recording/recorder.ts';
import { RecordingStore } from '../../src/mocks/relay/recording/store.ts';
import { createRelay, type RelayOptions } from '../../src/mocks/relay/relay.ts';
import { createReplay, type ReplayOptions } from '../../src/mocks/relay/replay.ts';

/** What an app has in place of a key, and what the provider takes. */
export const MINTED = 'sk-devenv-mock-0001';
export const REAL = `sk_${'test'}_devenv_upstream_0123456789abcdef`;

export interface Recordings extends AsyncDisposable {
  readonly folder: string;
  readonly store: RecordingStore;
  /** Each file's name and text. */
  files(): Promise<Readonly<Record<string, string>>>;
}

export async function makeRecordings(): Promise<Recordings> {
  const folder = await mkdtemp(join(tmpdir(), 'dve-recordings-'));
  return {
    folder,
    store: new RecordingStore(folder),
    async files() {
      const names = (await readdir(folder)).sort();
      const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
      return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']));
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

export function recording(
  name: ProviderName,
  url: string,
  recordings: Recordings | null,
  changed: Partial<RelayOptions> = {},
): Provider {
  return createRelay({
    ...{ name, minted: MINTED, key: REAL, origin: new URL(url) },
    recorder: recordings && new Recorder(recordings.store),
    failed: (error) => {
      throw error;
    },
    ...changed,
  });
}

export function replaying(name: ProviderName, recordings: Recordings, changed: Partial<ReplayOptions> = {}): Provider {
  const pace = { firstMs: 0, nextMs: 0 };
  return createReplay({ name, minted: MINTED, store: recordings.store, pace, tell: () => {}, ...changed });
}
