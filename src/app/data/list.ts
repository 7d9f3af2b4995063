import type { Copy } from '../../core/data/copies.ts';
import { readCopies } from '../../data/postgres/index.ts';
import { openEnvironment } from '../open.ts';
import type { CommonOptions } from '../options.ts';
import type { OwnDatabase } from './on-own-server.ts';
import { loadedService, ownServer } from './server.ts';

export interface DataState extends OwnDatabase {
  readonly copies: readonly Copy[];
}

export async function listData(options: CommonOptions): Promise<DataState> {
  const opened = await openEnvironment(options);
  const service = loadedService(opened.stack);
  const server = await ownServer(opened.stack, opened.runtime, service, options.signal);
  return { service: service.name, database: server.live, copies: await readCopies(server) };
}
