import type { Copy } from '../../core/data/copies.ts';
import { readCopies } from '../../data/postgres/index.ts';
import { openEnvironment } from '../open.ts';
import type { CommonOptions } from '../options.ts';
import { type OwnDatabase, prove } from './on-own-server.ts';

export interface DataState extends OwnDatabase {
  readonly copies: readonly Copy[];
}

export async function listData(options: CommonOptions): Promise<DataState> {
  const { server, service } = await prove(await openEnvironment(options), options.signal);
  return { service: service.name, database: server.live, copies: await readCopies(server) };
}
