import type { EngineDiagnosis } from '../../runtimes/docker/diagnose.ts';
import type { Reachable } from '../choose-runtime.ts';
import type { ProjectFacts } from './project-facts.ts';

/** `warning`: something may go wrong; `problem`: something does. */
export type Status = 'ok' | 'warning' | 'problem';

/** One element of `devenv doctor --json`; part of the interface. */
export interface Finding {
  readonly check: string;
  readonly status: Status;
  readonly what: string;
  readonly why: string | null;
  /** A command, or words. */
  readonly mend: string | null;
  /** `--fix` mends it. */
  readonly fixable: boolean;
  /** What `--fix` did; null when it did nothing. */
  readonly fixed: string | null;
}

/** What a check found, with the safe way to mend it where there is one: it gives what was done. */
export interface Found extends Pick<Finding, 'status' | 'what'> {
  readonly why?: string;
  readonly mend?: string;
  readonly fix?: () => Promise<string>;
}

/** A check reads the machine, and leaves judging to a function of its own that is given data. */
export interface Check {
  readonly name: string;
  run(around: Surroundings): Promise<readonly Found[]>;
}

/** What several checks want to know is asked once. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly signal: AbortSignal;
  engine(): Promise<EngineDiagnosis>;
  reachable(): Promise<Reachable>;
  project(): Promise<ProjectFacts>;
}

export function ok(what: string): Found {
  return { status: 'ok', what };
}
