import { messageOf, systemProblem } from '../core/errors.ts';
import type { Emit, Event } from '../core/events.ts';
import type { Output } from './output.ts';
import type { ProcessSpec, ProcessStatus } from './protocol.ts';
import { pause } from './readiness.ts';
import { judge, NO_HISTORY } from './restart-policy.ts';
import { runOnce, type Surroundings } from './run-once.ts';
import { watchFiles } from './watch-files.ts';

interface Life {
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

/** One process under the supervisor: its runs, the pauses between them, and what is known about it. */
export class ManagedProcess {
  readonly #spec: ProcessSpec;
  readonly #around: Surroundings;
  readonly #output: Output;
  readonly #emit: Emit;
  #status: ProcessStatus;
  #life: Life | null = null;
  #watch: AsyncDisposable | null = null;
  /** Starts and stops take turns. */
  #turn: Promise<unknown>;
  #wanted = true;

  /** `after` is the end of what had this name before: until then whatever carries the name's mark is being ended. */
  constructor(spec: ProcessSpec, around: Surroundings, output: Output, emit: Emit, after: Promise<void>) {
    this.#spec = spec;
    this.#around = around;
    this.#output = output;
    this.#emit = emit;
    this.#turn = after;
    const { name, fingerprint, port, url } = spec;
    this.#status = { name, state: 'starting', pid: null, fingerprint, restarts: 0, port, url, since: Date.now() };
  }

  get status(): ProcessStatus {
    return this.#status;
  }

  /** Whether it was started and nobody has asked to stop it since; it may have ended by itself. */
  get wanted(): boolean {
    return this.#wanted;
  }

  /** Resolves when the start is under way. */
  start(): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#wanted) return;
      this.#begin();
      await this.#startWatching();
    });
  }

  restart(why: string): Promise<void> {
    this.#wanted = true;
    return this.#inTurn(async () => {
      await this.#end();
      if (!this.#wanted) return;
      this.#begin(why, this.#status.restarts + 1);
      await this.#startWatching();
    });
  }

  /** Resolves when nothing of it runs any more. */
  stop(): Promise<void> {
    this.#wanted = false;
    return this.#inTurn(async () => {
      await this.#watch?.[Symbol.asyncDispose]();
      this.#watch = null;
      await this.#end();
      this.#report({ state: 'stopped', pid: null });
    });
  }

  #inTurn(act: () => Promise<void>): Promise<void> {
    const result = this.#turn.then(act);
    this.#turn = result.catch(() => {});
    return result;
  }

  #begin(why?: string, restarts = 0): void {
    this.#report({ state: 'starting', pid: null, why, restarts });
    const stop = new AbortController();
    const ended = this.#live(why, stop.signal).catch((error: unknown) =>
      this.#report({ state: 'failed', pid: null, why: systemProblem(error) ?? messageOf(error) }),
    );
    this.#life = { stop, ended };
  }

  async #end(): Promise<void> {
    this.#life?.stop.abort();
    await this.#life?.ended;
    this.#life = null;
  }

  async #live(firstWhy: string | undefined, signal: AbortSignal): Promise<void> {
    let why = firstWhy;
    let history = NO_HISTORY;
    for (;;) {
      const started = (pid: number): void => this.#report({ state: 'starting', pid, why });
      const ready = (pid: number): void => this.#report({ state: 'ready', pid });
      const ending = await runOnce(this.#spec, this.#around, this.#output, { started, ready }, signal);
      if (signal.aborted) return;
      const verdict = judge(this.#spec, ending, history);
      if (verdict.next !== 'again') return this.#report({ state: verdict.next, pid: null, why: verdict.why });
      this.#report({ state: 'backoff', pid: null, why: verdict.why });
      await pause(verdict.delayMs, signal);
      if (signal.aborted) return;
      history = verdict.history;
      why = ending.why;
      this.#report({ state: 'starting', pid: null, why, restarts: this.#status.restarts + 1 });
    }
  }

  async #startWatching(): Promise<void> {
    const { watch, command } = this.#spec;
    if (watch.length === 0 || this.#watch) return;
    const fail = (error: unknown): void =>
      this.#output.write('err', [`devenv: files can't be watched: ${messageOf(error)}`]);
    const onChange = (path: string): void => {
      if (this.#wanted) void this.restart(`${path} changed`);
    };
    this.#watch = await watchFiles({ cwd: command.cwd, globs: watch, onChange, onError: fail }).catch((error) => {
      fail(error);
      return null;
    });
  }

  /** Without `why` the old one goes: it explained the state before. */
  #report(change: Pick<ProcessStatus, 'state' | 'pid'> & { why?: string | undefined; restarts?: number }): void {
    const { why: _before, ...before } = this.#status;
    const { why, ...rest } = change;
    const since = before.state === rest.state ? {} : { since: Date.now() };
    this.#status = { ...before, ...rest, ...since, ...(why === undefined ? {} : { why }) };
    this.#emit(processEvent(this.#status));
  }
}

export function processEvent({ name, state, pid, url, why, restarts, since }: ProcessStatus): Event {
  const known = { ...(why === undefined ? {} : { why }), ...(since === undefined ? {} : { since }) };
  return { type: 'process', name, state, pid, url, restarts, ...known };
}
