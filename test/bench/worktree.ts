import { machineWithOwnCache } from '../support/own-cache.ts';
import type { Machine } from '../support/project.ts';
import { type Contender, compare } from './compare.ts';
import { makeCheckout } from './devenv-project.ts';
import { openDocker } from './engine.ts';
import { UNINTERRUPTED } from './interruption.ts';
import type { Measurement, Scenario } from './measurement.ts';

const ROUNDS = { warmUps: 1, counted: 7 };
/** About 330 bytes a row, its index included: 100 MB. */
const ROWS = 310_000;
const EMPTY = 'an empty one';
const SEEDED = 'with a baseline';

type RuntimeName = 'docker' | 'embedded';

const config = (runtime: RuntimeName) => `
name: bench
runtime: ${runtime}
services:
  db: { engine: postgres, version: "17" }
`;

const DATA = `
data: { migrate: { run: "true", files: [seed.sql] }, seed: [seed.sql] }
`;

const SEED = `
create table big (id int primary key, text text not null);
insert into big select i, repeat(md5(i::text), 8) from generate_series(1, ${ROWS}) i;
`;

/** What somebody waits for who opens one more checkout: with 100 MB of data that another has loaded, and without any. */
export const worktree: Scenario = {
  name: 'worktree',
  async measure(signal) {
    await using docker = await openDocker();
    const found = [await measure('embedded', {}, signal)];
    if (docker.compose) found.push(await measure('docker', { DOCKER_HOST: docker.compose.host }, signal));
    return found;
  },
};

async function measure(
  runtime: RuntimeName,
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Measurement> {
  await using machine = await machineWithOwnCache({ ...env, DVE_BASELINES_MAX: '10GB' });
  await using first = await checkout(machine, runtime, SEEDED);
  await first.up();
  await first.project.ok(['data', 'tidy'], UNINTERRUPTED);
  await first.down();
  const contenders = [EMPTY, SEEDED].map((name): Contender => contender(machine, runtime, name));
  try {
    const { [EMPTY]: empty, [SEEDED]: devenv } = await compare(contenders, { ...ROUNDS, signal });
    if (!empty || !devenv) throw new Error('new checkouts were not measured');
    const name = `up of a new checkout with 100 MB of data, ${runtime}`;
    return { name, unit: 'ms', target: { atMost: 1.5, of: 'reference' }, devenv, reference: { name: EMPTY, ...empty } };
  } finally {
    await first.project.ok(['gc', '--yes'], { ...UNINTERRUPTED, env: { ...machine.env, DVE_BASELINES_MAX: '0' } });
  }
}

function contender(machine: Machine, runtime: RuntimeName, name: string): Contender {
  return {
    name,
    async begin() {
      const project = await checkout(machine, runtime, name);
      const rest = async (): Promise<void> => {
        // It waits for what up began in the background, which isn't to run beside what is measured next.
        if (name === SEEDED) await project.project.ok(['data', 'tidy'], UNINTERRUPTED);
        await project.down();
      };
      return { run: project.up, rest, [Symbol.asyncDispose]: () => project[Symbol.asyncDispose]() };
    },
  };
}

function checkout(machine: Machine, runtime: RuntimeName, name: string) {
  const data = name === SEEDED;
  return makeCheckout(machine, `${config(runtime)}${data ? DATA : ''}`, data ? { 'seed.sql': SEED } : {});
}
