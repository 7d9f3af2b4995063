import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { otherDaemons, runningPid, socketHost, startDockerd, stopDockerd } from './dockerd.ts';
import { callEngine, engineVersion } from './engine-http.ts';
import { engineBinaries, type Generation } from './generations.ts';
import { killHelpers, unmountAll } from './leftovers.ts';
import { withLock } from './lock.ts';
import { machineBefore, rememberMachine, restoreFolders } from './machine.ts';
import { forwardPolicy, makeNamespace, removeNamespace, restoreNetwork } from './network.ts';
import { type InstancePaths, instancePaths } from './paths.ts';
import { timed } from './progress.ts';

export interface EngineOptions {
  generation?: Generation;
  /** An engine of its own that holds no image and no volume, whatever ran on it before. */
  empty?: boolean;
}

export interface PrivateEngine {
  name: string;
  host: string;
  version: string;
  pid: number;
  dataRoot: string;
  /** Set when another private engine had the machine's network: enter with `nsenter --net=<netns>`. */
  netns?: string;
  stop(): Promise<void>;
}

/** Starts the engine, or returns the one that runs already. */
export async function startPrivateEngine(options: EngineOptions = {}): Promise<PrivateEngine> {
  return withLock(async () => (await runningEngine(options)) ?? start(options));
}

export async function runningEngine(options: EngineOptions = {}): Promise<PrivateEngine | undefined> {
  const paths = pathsOf(options);
  const pid = await runningPid(paths);
  const version = pid && (await engineVersion(socketHost(paths)));
  return version ? describe(options, paths, pid, version) : undefined;
}

/** Stops the engine with its containers and undoes its changes to the machine; fine when it isn't running. */
export async function stopPrivateEngine(options: EngineOptions = {}): Promise<void> {
  return withLock(() => stop(options));
}

/** Ends the daemon and starts it again on what it holds, as an update of the engine or a reboot does. */
export async function restartPrivateEngine(options: EngineOptions = {}): Promise<void> {
  await withLock(async () => {
    const paths = pathsOf(options);
    const pid = await runningPid(paths);
    if (pid) await stopDockerd(pid);
    await startDockerd(paths, options.generation ?? 'debian12');
  });
}

function pathsOf({ generation = 'debian12', empty = false }: EngineOptions): InstancePaths {
  return instancePaths(empty ? `${generation}-empty` : generation);
}

async function start(options: EngineOptions): Promise<PrivateEngine> {
  const { generation = 'debian12' } = options;
  const paths = pathsOf(options);
  const { env } = await engineBinaries(generation);
  await stop(options);
  await rememberMachine(() => forwardPolicy(env));
  // Two in one network namespace rewrite each other's bridge and firewall rules.
  if ((await otherDaemons()).some((daemon) => daemon.sharesNetwork)) await makeNamespace(paths, env);
  try {
    await timed(`started the ${generation} engine`, () => startDockerd(paths, generation));
    const engine = await runningEngine(options);
    if (!engine) throw new Error(`The ${generation} engine ended right after its start; see ${paths.log}.`);
    return engine;
  } catch (error) {
    await stop(options);
    throw error;
  }
}

function describe(options: EngineOptions, paths: InstancePaths, pid: number, version: string): PrivateEngine {
  const netns = existsSync(paths.netns) ? { netns: paths.netns } : {};
  const stopIt = () => stopPrivateEngine(options);
  return {
    name: paths.name,
    host: socketHost(paths),
    version,
    pid,
    dataRoot: paths.data,
    ...netns,
    stop: stopIt,
  };
}

async function stop(options: EngineOptions): Promise<void> {
  const paths = pathsOf(options);
  const pid = await runningPid(paths);
  if (pid) await timed(`stopped ${paths.name}`, () => stopEngine(paths, pid));
  await cleanUp(paths, options);
}

async function stopEngine(paths: InstancePaths, pid: number): Promise<void> {
  const host = socketHost(paths);
  // The daemon would give each container ten seconds.
  const running: { Id: string }[] = await callEngine(host, '/containers/json').then(JSON.parse, () => []);
  await Promise.allSettled(running.map(({ Id }) => callEngine(host, `/containers/${Id}/stop?t=3`, { method: 'POST' })));
  await stopDockerd(pid);
}

async function cleanUp(paths: InstancePaths, { generation = 'debian12', empty }: EngineOptions): Promise<void> {
  await killHelpers(paths);
  await unmountAll(paths);
  const before = await machineBefore();
  await removeNamespace(paths.netns);
  const others = await otherDaemons();
  if (before && !others.some((daemon) => daemon.sharesNetwork)) {
    await restoreNetwork(before, (await engineBinaries(generation)).env);
  }
  if (others.length === 0) await restoreFolders();
  for (const path of [paths.socket, paths.pidFile, paths.exec]) await rm(path, { recursive: true, force: true });
  if (dirname(paths.socket) !== paths.root) await rm(dirname(paths.socket), { recursive: true, force: true });
  if (empty) await rm(paths.root, { recursive: true, force: true });
}
