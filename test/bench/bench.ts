// `npm run bench`: what devenv takes, next to what it is held against, in one run. Prints a table and writes
// bench.json. Numbers never decide the exit code: it is 1 only when something could not be measured. Arguments choose
// scenarios by the beginning of their names: npm run bench -- fresh startup
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { messageOf } from '../../src/core/errors.ts';
import { dockerScenarios } from './docker.ts';
import { embedded } from './embedded.ts';
import { type DockerSide, openDocker } from './engine.ts';
import { interruption } from './interruption.ts';
import { machineInfo, machineText } from './machine-info.ts';
import { isMet, type Measurement, ratio } from './measurement.ts';
import { mocks } from './mocks.ts';
import { payments } from './payments.ts';
import { redisSeed } from './redis-seed.ts';
import { table } from './report.ts';
import { reset } from './reset.ts';
import { screen } from './screen.ts';
import { seed } from './seed.ts';
import { startup } from './startup.ts';
import { supervisor } from './supervisor.ts';
import { worktree } from './worktree.ts';

const ROOT = join(import.meta.dirname, '..', '..');

interface Outcome {
  readonly measurements: Measurement[];
  readonly failures: { readonly scenario: string; readonly why: string }[];
}

async function main(wanted: readonly string[], signal: AbortSignal): Promise<number> {
  await execa(process.execPath, ['build.mjs'], { cwd: ROOT });
  await using docker = await openDocker();
  const machine = await machineInfo(docker.compose ? docker.versions : { engine: null, compose: null });
  const outcome = await measureAll(wanted, docker, signal);

  const measurements = outcome.measurements.map((each) => ({ ...each, ratio: ratio(each), met: isMet(each) }));
  const report = { machine, measurements, failures: outcome.failures };
  await writeFile(join(ROOT, 'bench.json'), `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\n${machineText(machine)}\n\n${table(outcome.measurements)}\n\nWritten to bench.json.`);
  for (const { scenario, why } of outcome.failures) console.error(`\nNot measured: ${scenario}: ${why}`);
  return outcome.failures.length === 0 ? 0 : 1;
}

/** One scenario that fails doesn't keep the others from being measured. */
async function measureAll(wanted: readonly string[], docker: DockerSide, signal: AbortSignal): Promise<Outcome> {
  const outcome: Outcome = { measurements: [], failures: [] };
  if (!docker.compose) outcome.failures.push({ scenario: 'all with Docker', why: docker.why });
  const scenarios = [
    startup,
    supervisor,
    screen,
    reset,
    seed,
    redisSeed,
    mocks,
    payments,
    embedded,
    worktree,
    ...(docker.compose ? dockerScenarios(docker.compose) : []),
  ];
  for (const scenario of scenarios.filter(({ name }) => isWanted(name, wanted))) {
    console.error(`Measuring: ${scenario.name}`);
    try {
      outcome.measurements.push(...(await scenario.measure(signal)));
    } catch (error) {
      signal.throwIfAborted();
      // Where cleaning up failed too, the first failure is the one that tells.
      const first = (error as { readonly suppressed?: unknown }).suppressed ?? error;
      outcome.failures.push({ scenario: scenario.name, why: messageOf(first) });
    }
  }
  return outcome;
}

function isWanted(name: string, wanted: readonly string[]): boolean {
  return wanted.length === 0 || wanted.some((word) => name.startsWith(word));
}

try {
  process.exitCode = await main(process.argv.slice(2), interruption());
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}
