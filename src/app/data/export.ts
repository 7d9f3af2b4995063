import { resolve } from 'node:path';
import { loadedBaseline, readDatabaseFacts, readServerFacts, withDatabaseOf } from '../../data/postgres/index.ts';
import { FORMAT, FORMAT_VERSION, type SnapshotHeader } from '../../data/snapshot-file/header.ts';
import { writeSnapshot, writeSnapshotFile } from '../../data/snapshot-file/write.ts';
import type { CommonOptions } from '../options.ts';
import { type Chosen, type OwnDatabase, onOwnServer, type Proven } from './on-own-server.ts';
import { runTool } from './tool.ts';

export interface Exported extends OwnDatabase {
  /** Null: it went to the output that was given. */
  readonly file: string | null;
  readonly bytes: number;
}

/** A file, or what takes the bytes. */
export type Target = string | ((chunk: Uint8Array) => Promise<void>);

/** Writes a snapshot, or with null what is live, into one file; clients of the live one are not disturbed. */
export function exportData(name: string | null, target: Target, options: CommonOptions & Chosen): Promise<Exported> {
  const file = typeof target === 'string' ? resolve(options.cwd, target) : null;
  return onOwnServer(options, async (proven) => {
    const { server, service, keys } = proven;
    for (const follower of keys.names) {
      const what = follower === keys.mocks?.name ? 'what they know is' : 'its keys are';
      options.emit({ type: 'notice', level: 'warning', message: `${follower}: ${what} not in the file` });
    }
    const bytes = await withDatabaseOf(server, name, async (database) => {
      const header = await headerOf(proven, database, name);
      const argv = ['pg_dump', '--format=custom', '--compress=0', '--no-password', '-d', database];
      const dump = (output: (body: AsyncIterable<Uint8Array>) => Promise<void>) =>
        runTool(proven, argv, { input: null, output, signal: options.signal });
      if (typeof target === 'string') return writeSnapshotFile(resolve(options.cwd, target), header, dump);
      let written = 0;
      const write = async (chunk: Uint8Array): Promise<void> => {
        await target(chunk);
        written += chunk.length;
      };
      await writeSnapshot(write, header, dump);
      return written;
    });
    return { service: service.name, database: server.live, file, bytes };
  });
}

async function headerOf({ server }: Proven, database: string, label: string | null): Promise<SnapshotHeader> {
  const { version } = await readServerFacts(server);
  return {
    format: FORMAT,
    version: FORMAT_VERSION,
    engine: 'postgres',
    server: version,
    compression: 'gzip',
    body: 'pg_dump-custom',
    label,
    database: server.live,
    created: new Date().toISOString(),
    baseline: await loadedBaseline(server, database),
    ...(await readDatabaseFacts(server, database)),
  };
}
