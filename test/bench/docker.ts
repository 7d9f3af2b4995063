import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeMachine } from '../support/project.ts';
import { atOnce, type Contender, compare, repeating } from './compare.ts';
import { type Compose, makeComposeProject } from './compose-project.ts';
import { type DevenvProject, makeCheckout, makeDevenvProject } from './devenv-project.ts';
import type { Measurement, Scenario, Target } from './measurement.ts';
import { DOCKER_STACK } from './project-files.ts';
import type { Summary } from './statistics.ts';

const TARGET: Target = { atMost: 0.6, of: 'reference' };
const COMPOSE = 'compose up -d --wait';
const CACHED = 'devenv up, cached';
const COLD = 'devenv up, cold';

const SHORT = { warmUps: 1, counted: 5 };
const AT_ONCE = { environments: 10, warmUps: 1, counted: 3 };

/** Everything that is held against Compose, on one engine. */
export function dockerScenarios(compose: Compose): readonly Scenario[] {
  return [
    { name: 'fresh', measure: (signal) => withCache((cache) => fresh(compose, cache, signal)) },
    { name: 'nothing to do', measure: (signal) => withCache((cache) => nothingToDo(compose, cache, signal)) },
    { name: 'ten at once', measure: (signal) => withCache((cache) => tenAtOnce(compose, cache, signal)) },
  ];
}

async function fresh(compose: Compose, cache: string, signal: AbortSignal): Promise<Measurement[]> {
  const times = await compare([composeFresh(compose), devenvFresh(compose, cache), devenvCold(compose)], {
    ...SHORT,
    signal,
  });
  return [
    { name: 'fresh, initialised data cached', target: TARGET, ...against(times, CACHED) },
    { name: 'fresh, cold (no cached data)', target: null, ...against(times, COLD) },
  ];
}

async function nothingToDo(compose: Compose, cache: string, signal: AbortSignal): Promise<Measurement[]> {
  await using theirs = await makeComposeProject(compose);
  await using ours = await makeDevenvProject(DOCKER_STACK, { env: envOf(compose, cache) });
  await Promise.all([theirs.up(), ours.up()]);
  const contenders = [repeating(COMPOSE, theirs.up), repeating(CACHED, ours.up)];
  const times = await compare(contenders, { ...SHORT, counted: 10, signal });
  return [{ name: 'nothing to do', target: TARGET, ...against(times, CACHED) }];
}

async function tenAtOnce(compose: Compose, cache: string, signal: AbortSignal): Promise<Measurement[]> {
  const { environments, ...rounds } = AT_ONCE;
  await using machine = await makeMachine(envOf(compose, cache));
  const ours = fromProject(CACHED, () => makeCheckout(machine, DOCKER_STACK));
  const contenders = [composeFresh(compose), ours];
  const times = await compare(
    contenders.map((contender) => atOnce(contender, environments)),
    { ...rounds, signal },
  );
  return [{ name: `${environments} environments at once, fresh`, target: TARGET, ...against(times, CACHED) }];
}

function composeFresh(compose: Compose): Contender {
  return fromProject(COMPOSE, () => makeComposeProject(compose));
}

function devenvFresh(compose: Compose, cache: string): Contender {
  return fromProject(CACHED, () => makeDevenvProject(DOCKER_STACK, { env: envOf(compose, cache) }));
}

function fromProject(
  name: string,
  make: () => Promise<Pick<DevenvProject, 'up' | 'down' | typeof Symbol.asyncDispose>>,
): Contender {
  return {
    name,
    async begin() {
      const project = await make();
      return { run: project.up, rest: project.down, [Symbol.asyncDispose]: async () => project[Symbol.asyncDispose]() };
    },
  };
}

/** A cache of its own each time: the images are there, the initialised data isn't. */
function devenvCold(compose: Compose): Contender {
  return {
    name: COLD,
    async begin() {
      const cache = await makeCache();
      const attempt = await devenvFresh(compose, cache.folder)
        .begin()
        .catch(async (error) => {
          await cache[Symbol.asyncDispose]();
          throw error;
        });
      return {
        run: attempt.run,
        rest: async () => attempt.rest?.(),
        async [Symbol.asyncDispose]() {
          try {
            await attempt[Symbol.asyncDispose]();
          } finally {
            await cache[Symbol.asyncDispose]();
          }
        },
      };
    },
  };
}

function against(times: Record<string, Summary>, name: string): Pick<Measurement, 'unit' | 'devenv' | 'reference'> {
  const [devenv, reference] = [times[name], times[COMPOSE]];
  if (!devenv || !reference) throw new Error(`${name} was not measured`);
  return { unit: 'ms', devenv, reference: { name: COMPOSE, ...reference } };
}

function envOf(compose: Compose, cache: string): Record<string, string> {
  return { DOCKER_HOST: compose.host, XDG_CACHE_HOME: cache };
}

/** The warm-up fills it. */
async function withCache<T>(use: (folder: string) => Promise<T>): Promise<T> {
  await using cache = await makeCache();
  return await use(cache.folder);
}

async function makeCache(): Promise<AsyncDisposable & { readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'devenv-bench-cache-'));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
