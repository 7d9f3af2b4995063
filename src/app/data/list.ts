import { baselineKey, isBaseline } from '../../core/data/baseline.ts';
import type { Copy } from '../../core/data/copies.ts';
import type { KeysState } from '../../core/data/state.ts';
import { UserError } from '../../core/errors.ts';
import { lastUsedFirst } from '../../core/gc/baselines.ts';
import type { Service } from '../../core/stack.ts';
import type { TemplateRecord } from '../../core/store.ts';
import { readCopies } from '../../data/postgres/index.ts';
import { readMarks } from '../../data/redis/copies/index.ts';
import { databaseOf } from '../../engines/postgres/settings.ts';
import { environmentLockState } from '../environment-lock.ts';
import { type OpenEnvironment, openEnvironment } from '../open.ts';
import type { CommonOptions } from '../options.ts';
import { databaseServices } from './database-service.ts';
import { listKeys } from './list-keys.ts';
import { observeCutOff } from './observe-content.ts';
import { type Chosen, type OwnDatabase, prove, type Results } from './on-own-server.ts';
import { ownRedis } from './redis-server.ts';

export interface DataState extends OwnDatabase {
  readonly copies: readonly Copy[];
  readonly baselines: readonly SharedBaseline[];
  readonly redis: readonly KeysState[];
  /** What a command that was cut off has left, and the next one mends; null where nothing did, or one goes on. */
  readonly cutOff: string | null;
  /** Why nothing can be told of it, such as that it does not run; null where it answers. */
  readonly why: string | null;
}

/** What this machine keeps for further checkouts. Times are ISO 8601. */
export interface SharedBaseline extends Omit<TemplateRecord, 'madeBy'> {
  /** A new checkout with this one's migrations and seeds begins with it. */
  readonly current: boolean;
}

/** Of each database that is meant. */
export async function listData(options: CommonOptions & Chosen): Promise<Results<DataState>> {
  const opened = await openEnvironment(options);
  const services = databaseServices(opened.stack, options.services);
  const found = await Promise.all(
    services.map((service) =>
      listOne(opened, service, options).catch((error: unknown) => {
        // Of the only one there is nothing else to tell.
        if (!(error instanceof UserError) || services.length === 1) throw error;
        const nothing = { copies: [], redis: [], cutOff: null, why: error.message };
        return { service: service.name, database: databaseOf(service), ...nothing };
      }),
    ),
  );
  // After the servers were asked: to measure them for the first time takes this process a while.
  const kept = await keptBaselines(opened);
  const results = found.map((one, index) => ({ ...one, baselines: baselinesFor(kept, services[index] as Service) }));
  return { results, several: services.length > 1 };
}

async function listOne(
  opened: OpenEnvironment,
  service: Service,
  options: CommonOptions,
): Promise<Omit<DataState, 'baselines'>> {
  const proven = await prove(opened, service, options.signal);
  const { server } = proven;
  const { stack, runtime } = opened;
  const [copies, found, lock] = await Promise.all([
    readCopies(server),
    observeCutOff(stack, service, server, options.signal),
    environmentLockState(stack.environment.id),
  ]);
  const cutOff = lock === 'held' ? null : found;
  const redis = await listKeys(stack, service, server, copies, async (one) => {
    const own = await ownRedis(stack, runtime, one, options.signal);
    return own === null ? null : own.within(readMarks);
  });
  return { service: service.name, database: server.live, copies, redis, cutOff, why: null };
}

interface KeptBaselines {
  readonly makers: Readonly<Record<string, string>>;
  readonly records: readonly TemplateRecord[];
}

/** The one that was used last comes first, as `gc` removes them from the end. */
async function keptBaselines({ stack, runtime }: OpenEnvironment): Promise<KeptBaselines> {
  const [{ makers }, records] = await Promise.all([runtime.observe(stack), runtime.store.templates()]);
  return { makers, records: records.filter(({ key }) => isBaseline(key)).toSorted(lastUsedFirst) };
}

function baselinesFor({ makers, records }: KeptBaselines, { name, content }: Service): readonly SharedBaseline[] {
  const own = content && baselineKey(content.baseline, makers[name] ?? '');
  return records.map(({ madeBy: _maker, ...record }) => ({ ...record, current: record.key === own }));
}
