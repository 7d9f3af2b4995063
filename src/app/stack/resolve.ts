import { MOCKS } from '../../config/check-mocks.ts';
import type { ProcessConfig } from '../../config/config.ts';
import { keyVariables } from '../../config/key-variables.ts';
import { withhold } from '../../core/guard/withhold.ts';
import type { Runtime } from '../../core/runtime.ts';
import { Secret } from '../../core/secret.ts';
import type { Stack, VariableSource } from '../../core/stack.ts';
import { resolveVariables } from '../../core/variables.ts';
import { allocatePorts } from '../../state/ports.ts';
import { userPasswords } from '../../state/secret.ts';
import type { Checkout } from '../open.ts';
import { resolveContent } from './content.ts';
import { resolveFollowers } from './followers.ts';
import { liveKeysOf } from './given.ts';
import { mint } from './mint.ts';
import { resolveMocks } from './mocks.ts';
import { namedProgram } from './named-program.ts';
import { portRequests } from './ports.ts';
import { resolveProcess } from './processes.ts';
import { attributesOf } from './references.ts';
import { scheduledResets } from './scheduled-resets.ts';
import { draftService, finishService } from './services.ts';
import { resolveVersions } from './versions.ts';

/** Configuration + ports + passwords = the frozen description of one environment. */
export async function resolveStack(checkout: Checkout, runtime: Runtime): Promise<Stack> {
  const { environment, loaded } = checkout;
  const { config } = loaded;
  const [ports, passwords, versions] = await Promise.all([
    allocatePorts(environment, portRequests(config)),
    userPasswords(),
    resolveVersions(checkout, runtime),
  ]);
  const drafts = Object.entries(config.services).map(([name, service]) =>
    draftService(environment, name, service, {
      ...{ ports, passwords, version: versions.get(name) ?? '' },
      program: namedProgram(loaded, name),
    }),
  );
  const references = attributesOf(config, drafts, ports);
  const mocked = await resolveMocks(environment, loaded, { runtime: runtime.name, ports, passwords });
  const sources = [
    ...minted(checkout),
    ...(mocked?.mocks.variables ?? []),
    ...loaded.sources,
    ...inherited(process.env).filter(({ name }) => !keyVariables(config).has(name)),
  ];
  const followers = await resolveFollowers(loaded);
  const stack = {
    environment,
    runtime: runtime.name,
    services: await Promise.all(
      drafts.map(async (draft) => {
        const service = finishService(draft, runtime.name, {
          ...{ sources, attribute: references.fromNetwork, minted: mocked?.containerVariables ?? {} },
          byName: mocked?.mocks.byName ?? null,
        });
        return { ...service, content: await resolveContent(loaded, service, followers) };
      }),
    ),
    processes: [
      ...(mocked ? [mocked.process] : []),
      ...[...Object.entries(config.processes), ...scheduledResets(config.data, loaded.tier, checkout.allowLive)].map(
        ([name, process]) =>
          resolveProcess(loaded.root, name, mocked ? behind(MOCKS, process) : process, {
            ...{ port: ports.get(name), sources, attribute: references.fromHost },
          }),
      ),
    ],
    mocks: mocked?.mocks ?? null,
    hooks: config.hooks.ready ? { ready: { line: config.hooks.ready, cwd: loaded.root } } : {},
    variables: resolveVariables(sources, references.fromHost),
  };
  const liveKeys = liveKeysOf(stack, checkout);
  return Object.freeze({ ...withhold(stack, liveKeys.withheldNames), liveKeys });
}

/** It finds what it asks at its start. */
function behind(name: string, process: ProcessConfig): ProcessConfig {
  return { ...process, needs: [name, ...process.needs] };
}

/** Tells a program, and whoever cleans up after it, to which environment it belongs. */
export function minted({ environment }: Checkout): VariableSource[] {
  return [mint('DVE_ENVIRONMENT', environment.id), mint('DVE_PROJECT', environment.project)];
}

function inherited(env: NodeJS.ProcessEnv): VariableSource[] {
  return Object.entries(env).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value: new Secret(value), layer: 'shell', place: 'the shell' } as const],
  );
}
