import type { ObservedProcess } from '../core/observed.ts';
import type { Process } from '../core/stack.ts';

/**
 * What the supervisor of one environment answers, as HTTP over the unix socket `socketPath(environment)`. Bodies are
 * JSON. A refusal is `{"error": "why"}` with status 400 (malformed), 404 (no such route or process), 413 (body too
 * large) or 503 (shutting down).
 *
 *   GET    /state                     SupervisorState
 *   GET    /events[?logs=no]          NDJSON of core `process` and `log` events, for as long as the connection lives.
 *                                     Begins with the current state of every process. A reader that can't keep up
 *                                     misses log lines, and is told how many by a `notice`; the log file has them.
 *   PUT    /processes/:name           body ProcessSpec: starts it; one of that name is stopped and replaced
 *   DELETE /processes/:name           stops and forgets it
 *   POST   /processes/:name/stop      answers when it has ended
 *   POST   /processes/:name/restart   stops and starts it with what it was given last
 *   POST   /shutdown                  stops everything and exits; the answer ends when the supervisor does
 */
export const PROTOCOL_VERSION = 1;

/** Room for an environment with certificates in it, and no more. */
export const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** A process of the stack with its secrets revealed: only ever sent over the socket, never written or logged. */
export interface ProcessSpec extends Omit<Process, 'env' | 'input' | 'needs' | 'ownSources'> {
  readonly env: Readonly<Record<string, string>>;
  readonly input?: string;
}

export interface ProcessStatus extends ObservedProcess {
  readonly port: number | null;
  readonly url: string | null;
  /** Milliseconds since the epoch at which its state became this one; a supervisor of an older devenv doesn't tell. */
  readonly since?: number;
}

export interface SupervisorState {
  readonly environment: string;
  readonly pid: number;
  /** PROTOCOL_VERSION of the supervisor that runs. */
  readonly version: number;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly processes: readonly ProcessStatus[];
}

export function revealProcess(process: Process): ProcessSpec {
  const { name, command, port, url, ready, restart, once, watch, fingerprint } = process;
  const env = Object.fromEntries(Object.entries(process.env).map(([key, value]) => [key, value.reveal()]));
  return { name, command, port, url, ready, restart, once, watch, fingerprint, env, ...inputOf(process) };
}

function inputOf({ input }: Process): Pick<ProcessSpec, 'input'> {
  return input === undefined ? {} : { input: input.reveal() };
}
