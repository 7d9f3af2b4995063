import { dirname } from 'node:path';
import { type CheckoutState, checkoutState, strongest } from '../../core/gc/checkout.ts';
import type { FoundEnvironment, FoundStore, Inventory } from '../../core/gc/inventory.ts';
import type { HeldEnvironment, Runtime } from '../../core/runtime.ts';
import { isEnvironmentId, userId } from '../../lib/paths.ts';
import { type KeptPorts, keptPorts } from '../../state/ports.ts';
import { type KnownEnvironment, readRecords } from '../../state/records.ts';
import { observeProcesses } from '../../supervisor/observe.ts';
import type { Reachable } from '../choose-runtime.ts';
import { baselineLimit } from '../data/baseline-limit.ts';
import { elsewhere } from '../elsewhere.ts';
import { findLeftovers } from '../leftovers.ts';
import { checkoutFacts, type Place } from './checkout-facts.ts';
import { workingFolders } from './working-folders.ts';

export interface InventoryOptions {
  readonly unusedForMs: number;
  readonly signal: AbortSignal;
}

export async function readInventory(reachable: Reachable, options: InventoryOptions): Promise<Inventory> {
  const { runtimes } = reachable;
  const [traces, stores, leftovers] = await Promise.all([
    readTraces(runtimes),
    Promise.all(runtimes.map(readStore)),
    findLeftovers(runtimes),
  ]);
  options.signal.throwIfAborted();
  const sizes = await measure(runtimes, traces);
  const searchIn = parentsOf(traces);
  const environments = await Promise.all(
    traces.map((trace) => describe(trace, { reachable, searchIn, sizeBytes: sizes.get(trace.id) ?? null })),
  );
  const { unusedForMs } = options;
  const baselineBytes = baselineLimit();
  return { user: userId(), now: Date.now(), unusedForMs, baselineBytes, environments, stores, leftovers };
}

/** Every environment that anything tells of, without its size. */
export async function readEnvironments(reachable: Reachable): Promise<readonly FoundEnvironment[]> {
  const traces = await readTraces(reachable.runtimes);
  const searchIn = parentsOf(traces);
  return Promise.all(traces.map((trace) => describe(trace, { reachable, searchIn, sizeBytes: null })));
}

/** One environment as it is now; null when nothing is left of it. */
export async function readEnvironment(id: string, reachable: Reachable): Promise<FoundEnvironment | null> {
  const traces = await readTraces(reachable.runtimes);
  const trace = traces.find((candidate) => candidate.id === id);
  return trace ? describe(trace, { reachable, searchIn: parentsOf(traces), sizeBytes: null }) : null;
}

/** Every place that knows of an environment. */
interface Trace {
  readonly id: string;
  readonly objects: readonly HeldEnvironment[];
  readonly record: KnownEnvironment | null;
  readonly ports: KeptPorts | null;
}

async function readTraces(runtimes: readonly Runtime[]): Promise<readonly Trace[]> {
  const [objects, records, ports] = await Promise.all([
    Promise.all(runtimes.map((runtime) => runtime.environments())).then((found) => found.flat()),
    readRecords(),
    keptPorts(),
  ]);
  const ids = new Set([...[...objects, ...records].map(({ id }) => id), ...ports.map((kept) => kept.environment)]);
  return [...ids].map((id) => ({
    id,
    objects: objects.filter((object) => object.id === id),
    record: records.find((record) => record.id === id) ?? null,
    ports: ports.find((kept) => kept.environment === id) ?? null,
  }));
}

interface Around {
  readonly reachable: Reachable;
  readonly searchIn: readonly string[];
  readonly sizeBytes: number | null;
}

async function describe(trace: Trace, { reachable, searchIn, sizeBytes }: Around): Promise<FoundEnvironment> {
  const { id, objects, record } = trace;
  const known = record ?? objects[0];
  const processes = isEnvironmentId(id) ? await observeProcesses(id) : null;
  const worksIn = await workingFolders(processes?.processes.flatMap(({ pid }) => pid ?? []) ?? []);
  return {
    id,
    project: known?.project ?? '',
    kind: known?.kind ?? 'dev',
    path: pathsOf(trace)[0] ?? '',
    holds: objects.map(({ runtime, owner }) => ({ runtime, owner })),
    runs: processes?.supervisor || processes?.leftovers || objects.some(isRunning),
    worksIn: worksIn[0] ?? null,
    recorded: record !== null,
    elsewhere: elsewhere(
      record,
      objects.some(({ runtime }) => runtime === 'docker'),
      reachable,
    ),
    checkout: await checkoutOf(trace, { searchIn, worksIn }),
    sizeBytes,
  };
}

function isRunning({ services }: HeldEnvironment): boolean {
  return services.some(({ runs }) => runs);
}

/** The state folder's word first: it is renewed by every `up`. */
function pathsOf({ record, objects, ports }: Trace): readonly string[] {
  const all = [record?.path, ...objects.map(({ path }) => path), ports?.path];
  return [...new Set(all.filter((path): path is string => Boolean(path)))];
}

/** A path on an object is of the time when it was made: it can keep an environment, and only without a record condemn it. */
async function checkoutOf(trace: Trace, where: Pick<Place, 'searchIn' | 'worksIn'>): Promise<CheckoutState> {
  const { id, record } = trace;
  if (!isEnvironmentId(id)) return { state: 'unknown', why: 'its id is none that devenv gives' };
  const facts = await Promise.all(pathsOf(trace).map((path) => checkoutFacts({ id, path, record, ...where })));
  const states = facts.map(checkoutState);
  const [latest] = states;
  if (record === null || latest === undefined) return strongest(states);
  return states.find(({ state }) => state === 'living') ?? latest;
}

function parentsOf(traces: readonly Trace[]): readonly string[] {
  return [...new Set(traces.flatMap(pathsOf).map((path) => dirname(path)))];
}

async function readStore({ name, store }: Runtime): Promise<FoundStore> {
  const [templates, makers, programs] = await Promise.all([store.templates(), store.makers(), store.programs()]);
  return { runtime: name, templates, makers, programs };
}

/** Bytes on disk by id, on all runtimes together. Other users' are none of ours to measure. */
async function measure(runtimes: readonly Runtime[], traces: readonly Trace[]): Promise<ReadonlyMap<string, number>> {
  const total = new Map<string, number>();
  for (const runtime of runtimes) {
    const ids = traces
      .filter(({ objects }) =>
        objects.some((one) => one.runtime === runtime.name && (one.owner ?? userId()) === userId()),
      )
      .map(({ id }) => id);
    if (ids.length === 0) continue;
    for (const [id, { diskBytes }] of await runtime.sizes(ids)) total.set(id, (total.get(id) ?? 0) + diskBytes);
  }
  return total;
}
