import { type LoadedConfig, loadConfig } from '../config/load.ts';
import type { Runtime } from '../core/runtime.ts';
import type { Environment, Stack } from '../core/stack.ts';
import { mountPoint } from '../lib/mounts.ts';
import { type Identity, identify } from '../state/identity.ts';
import { type KnownEnvironment, readRecord, writeRecord } from '../state/records.ts';
import { chooseRuntime } from './choose-runtime.ts';
import { tellLayers } from './decisions.ts';
import { refuseInPreview } from './live-keys.ts';
import type { CommonOptions } from './options.ts';
import { resolveStack } from './stack/resolve.ts';
import { stackEvent } from './stack-event.ts';

/** A checkout with everything that a verb needs to know of it. */
export interface Checkout {
  readonly loaded: LoadedConfig;
  readonly identity: Identity;
  readonly environment: Environment;
  /** Names of variables that may hold a live key this time. */
  readonly allowLive: readonly string[];
}

export interface OpenEnvironment extends Checkout {
  readonly runtime: Runtime;
  readonly stack: Stack;
}

export async function openCheckout(options: CommonOptions): Promise<Checkout> {
  const loaded = await loadConfig({ cwd: options.cwd, tier: options.tier, set: options.set, env: options.env });
  tellLayers(options.emit, loaded);
  const identity = await identify(loaded.root);
  const environment: Environment = {
    id: identity.id,
    kind: 'dev',
    project: loaded.config.name,
    branch: identity.branch,
    path: loaded.root,
    tier: loaded.tier,
  };
  refuseInPreview(options.allowLive, environment);
  return { loaded, identity, environment, allowLive: options.allowLive };
}

/** Reads the configuration, finds out who this checkout is and where its services run, and resolves its stack. */
export async function openEnvironment(options: CommonOptions): Promise<OpenEnvironment> {
  return enterEnvironment(await openCheckout(options), options);
}

/** The second half, for those that change something: after the lock, so that ports and runtime are the ones of now. */
export async function enterEnvironment(checkout: Checkout, options: CommonOptions): Promise<OpenEnvironment> {
  const { environment, identity, loaded } = checkout;
  const record = await readRecord(environment.id);
  if (record) await noteMove(record, checkout);
  const { runtime, why } = await chooseRuntime({
    wanted: options.runtime ?? loaded.config.runtime ?? null,
    recorded: record?.runtime ?? null,
    offline: options.offline,
  });
  options.emit({ type: 'runtime', runtime: runtime.name, why });
  const { id, project, branch, path } = environment;
  options.emit({ type: 'environment', id, project, branch, path, basedOn: identity.basedOn });
  const stack = await resolveStack(checkout, runtime);
  options.emit(stackEvent(stack, checkout));
  return { ...checkout, runtime, stack };
}

/** A checkout that was moved is found where it is now. For others to know only: a full disk is no reason to fail. */
async function noteMove(record: KnownEnvironment, checkout: Checkout): Promise<void> {
  const { path, branch } = checkout.environment;
  if (record.path === path && record.branch === branch) return;
  await writeRecord({ ...record, ...(await whereabouts(checkout)) }).catch(() => {});
}

/** What is on record of a checkout's place. */
export async function whereabouts({ environment, identity }: Checkout) {
  return { ...environment, worktree: identity.worktree, mount: await mountPoint(environment.path) };
}
