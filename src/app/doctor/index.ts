import { messageOf, systemProblem, UserError } from '../../core/errors.ts';
import { within } from '../../lib/within.ts';
import { diagnoseEngine } from '../../runtimes/docker/diagnose.ts';
import { reachableRuntimes } from '../choose-runtime.ts';
import { apiVersion } from './api-version.ts';
import { clock } from './clock.ts';
import { disk } from './disk.ts';
import { engine } from './engine.ts';
import { environments } from './environments.ts';
import type { Check, Finding, Found, Surroundings } from './finding.ts';
import { leftovers } from './leftovers.ts';
import { memory } from './memory.ts';
import { path } from './path.ts';
import { ports } from './ports.ts';
import { project } from './project.ts';
import { projectFacts } from './project-facts.ts';
import { proxy } from './proxy.ts';
import { rights } from './rights.ts';
import { supervisors } from './supervisors.ts';

/** Every check; a new one is a file beside this and a line here. */
const CHECKS: readonly Check[] = [
  engine,
  apiVersion,
  clock,
  project,
  ports,
  supervisors,
  environments,
  leftovers,
  rights,
  disk,
  memory,
  proxy,
  path,
];

/** More than an engine that says nothing may take. */
const CHECK_MS = 10_000;

export interface DoctorOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Do what is safe. */
  readonly fix: boolean;
  readonly signal: AbortSignal;
}

/** All checks side by side. None of them can fail or hang the whole: that too becomes a finding. */
export async function doctor(options: DoctorOptions): Promise<readonly Finding[]> {
  const around = surroundings(options);
  const found = await Promise.all(CHECKS.map(async (check) => ({ check, found: await runCheck(check, around) })));
  options.signal.throwIfAborted();
  const findings: Finding[] = [];
  for (const { check, found: several } of found) {
    for (const one of several) findings.push(await finish(check.name, one, options.fix));
  }
  return findings;
}

export async function runCheck(check: Check, around: Surroundings, ms: number = CHECK_MS): Promise<readonly Found[]> {
  const late: readonly Found[] = [{ status: 'warning', what: `it could not be checked within ${ms / 1000} s` }];
  return within(ms, check.run(around).catch(couldNot), late);
}

function couldNot(error: unknown): readonly Found[] {
  const system = systemProblem(error);
  const what = `it could not be checked: ${system ?? messageOf(error)}`;
  // What is in its way is in the way of other verbs too; anything else is a mistake of the check.
  const status = error instanceof UserError || system !== null ? 'problem' : 'warning';
  const mend = error instanceof UserError && error.hints.length > 0 ? { mend: error.hints.join(' ') } : {};
  return [{ status, what, ...mend }];
}

async function finish(check: string, { fix, why, mend, ...found }: Found, wanted: boolean): Promise<Finding> {
  const finding = { check, ...found, why: why ?? null, mend: mend ?? null, fixable: fix !== undefined, fixed: null };
  if (!fix || !wanted) return finding;
  try {
    return { ...finding, status: 'ok', fixed: await fix() };
  } catch (error) {
    return { ...finding, why: `it could not be mended: ${systemProblem(error) ?? messageOf(error)}` };
  }
}

function surroundings({ cwd, env, signal }: DoctorOptions): Surroundings {
  return {
    cwd,
    env,
    signal,
    engine: once(() => diagnoseEngine(env)),
    reachable: once(reachableRuntimes),
    project: once(() => projectFacts(cwd)),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
