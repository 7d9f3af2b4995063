import { dataOf, Label } from '../../core/labels.ts';
import type { Observed, ObservedData, ObservedService } from '../../core/observed.ts';
import type { HeldEnvironment, RuntimeObserved } from '../../core/runtime.ts';
import type { Fingerprint, Stack } from '../../core/stack.ts';
import { readJson } from '../../lib/files.ts';
import type { Context } from './context.ts';
import { templateKeys } from './data/template.ts';
import { exists } from './exists.ts';
import { serviceFolder } from './folders.ts';
import { type DataMark, environmentRecords, readDataMark, type ServiceMark, serviceNames } from './marks.ts';
import { findPrograms } from './programs/resolve.ts';
import { howItIs } from './server/lifecycle.ts';

export async function observe(context: Context, stack: Stack): Promise<RuntimeObserved> {
  const { id } = stack.environment;
  const names = await serviceNames(context, id);
  const data = await Promise.all(names.map((name) => observeData(context, id, name)));
  const makers = await makersOf(context, stack);
  return {
    network: false,
    services: await observeServices(context, id, names),
    data: data.filter((one) => one !== null),
    fetched: Object.keys(makers),
    makers,
    templates: await templateKeys(context),
  };
}

/** To end it: what is left of data whose making or removal was cut off counts too, so that it goes. */
export async function observeId(context: Context, environment: string): Promise<RuntimeObserved> {
  const names = await serviceNames(context, environment);
  return {
    network: false,
    services: await observeServices(context, environment, names),
    data: await Promise.all(names.map((name) => observeRemains(context, environment, name))),
    fetched: [],
    makers: {},
    templates: [],
  };
}

export async function heldEnvironments(context: Context): Promise<readonly HeldEnvironment[]> {
  const records = await environmentRecords(context);
  return Promise.all(
    records.map(async (record) => {
      const services = await observeServices(context, record.id, await serviceNames(context, record.id));
      return { ...record, services: services.map(({ name, state }) => ({ name, runs: state === 'starting' })) };
    }),
  );
}

async function observeServices(
  context: Context,
  environment: string,
  names: readonly string[],
): Promise<readonly ObservedService[]> {
  const services = await Promise.all(names.map((name) => observeService(context, environment, name)));
  return services.filter((service) => service !== null);
}

async function observeService(context: Context, environment: string, name: string): Promise<ObservedService | null> {
  const folder = serviceFolder(context, environment, name);
  const mark = await readJson<ServiceMark>(folder.mark);
  if (!mark) return null;
  const life = await howItIs(context, environment, name);
  const everStarted = await exists(folder.process);
  return {
    name,
    engine: mark.labels[Label.engine] ?? '',
    version: mark.labels[Label.version] ?? '',
    state: life.alive ? 'starting' : !everStarted ? 'created' : life.asked ? 'stopped' : 'failed',
    fingerprint: JSON.parse(mark.labels[Label.fingerprint] ?? '{}') as Fingerprint,
    ...(life.alive || !everStarted ? {} : { why: life.why }),
    created: mark.labels[Label.created] ?? '',
    // New data is filled when it is made; it waits for nothing.
    fill: null,
  };
}

async function observeData(context: Context, environment: string, name: string): Promise<ObservedData | null> {
  const mark = await readDataMark(serviceFolder(context, environment, name));
  return mark && dataOf(name, mark.labels);
}

async function observeRemains(context: Context, environment: string, name: string): Promise<ObservedData> {
  const mark = await readJson<DataMark>(serviceFolder(context, environment, name).dataMark);
  return dataOf(name, mark?.labels ?? {});
}

/** The programs of each service that are on this machine, by their folder's name, or by their version on PATH. */
async function makersOf(context: Context, { services }: Stack): Promise<Observed['makers']> {
  const found = services.map(async ({ name, launch }) => {
    const installed = launch.kind === 'server' ? await findPrograms(context, launch.programs) : null;
    return installed ? [[name, installed.name ?? installed.version]] : [];
  });
  return Object.fromEntries((await Promise.all(found)).flat());
}
