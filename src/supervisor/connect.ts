import { dirname } from 'node:path';
import { UserError } from '../core/errors.ts';
import type { Event } from '../core/events.ts';
import type { ObservedProcess } from '../core/observed.ts';
import type { Process } from '../core/stack.ts';
import { nullOnSilence, open } from '../lib/door.ts';
import { processStart } from '../lib/process-identity.ts';
import { readEvents } from './event-stream.ts';
import type { Identity } from './process-table.ts';
import { type ProcessStatus, revealProcess, type SupervisorState } from './protocol.ts';
import { socketPath } from './records.ts';
import { call, untilClosed } from './request.ts';
import { checkRunFolder } from './run-folder.ts';
import { untilEnded } from './wait.ts';
import { untilReady } from './wait-ready.ts';

/** A busy machine answers late; one that takes longer is stuck and counts as dead. */
const ANSWER_MS = 3000;

/** A connection to the supervisor of an environment. Every call is one request: there is nothing to close. */
export interface SupervisorClient {
  /** Its answer to being connected. */
  readonly found: SupervisorState;
  state(): Promise<SupervisorState>;
  /** Starts it, or stops and replaces one of that name. Resolves when the start is under way. */
  start(process: Process): Promise<ProcessStatus>;
  /** Resolves when it has ended. */
  stop(name: string): Promise<ProcessStatus>;
  restart(name: string): Promise<ProcessStatus>;
  /** Stops it and forgets it: for one that the configuration no longer names. */
  remove(name: string): Promise<ProcessStatus>;
  /** Begins with the current states. Ends when the signal is aborted or the supervisor goes. */
  events(signal: AbortSignal): AsyncIterable<Event>;
  /** Resolves when the process is ready, or done; throws a UserError with the reason when it won't be. */
  waitReady(name: string, signal: AbortSignal): Promise<ObservedProcess>;
  /** Stops everything; resolves when the supervisor's process has ended. */
  shutdown(): Promise<void>;
}

/** Null when no supervisor answers. */
export async function connectSupervisor(environment: string): Promise<SupervisorClient | null> {
  const socket = socketPath(environment);
  if (!(await checkRunFolder(dirname(socket)))) return null;
  const limit = { signal: AbortSignal.timeout(ANSWER_MS) };
  const state = await call<SupervisorState>(socket, '/state', limit).catch(nullOnSilence);
  const start = state && (await processStart(state.pid));
  return start ? clientOf(socket, state, start) : null;
}

function clientOf(socket: string, found: SupervisorState, start: string): SupervisorClient {
  const supervisor: Identity = { pid: found.pid, start };
  const state = (): Promise<SupervisorState> => call(socket, '/state');
  const post = (name: string, verb: string): Promise<ProcessStatus> =>
    call(socket, `${processPath(name)}/${verb}`, { method: 'POST' });
  return {
    found,
    state,
    start: (process) => call(socket, processPath(process.name), { method: 'PUT', body: revealProcess(process) }),
    stop: (name) => post(name, 'stop'),
    restart: (name) => post(name, 'restart'),
    remove: (name) => call(socket, processPath(name), { method: 'DELETE' }),
    events: (signal) => readEvents(socket, '/events', signal),
    waitReady: async (name, signal) => {
      const find = async (): Promise<ProcessStatus> => findProcess(await state(), name);
      await find();
      const ready = await untilReady(readEvents(socket, '/events?logs=no', signal), name);
      signal.throwIfAborted();
      if (!ready) throw new UserError(`the supervisor ended before ${name} was ready`);
      return find();
    },
    shutdown: async () => {
      const answer = await open({ socketPath: socket }, '/shutdown', { method: 'POST' }).catch(nullOnSilence);
      if (answer) await untilClosed(answer);
      await untilEnded(supervisor);
    },
  };
}

function findProcess(state: SupervisorState, name: string): ProcessStatus {
  const found = state.processes.find((process) => process.name === name);
  if (!found) throw new UserError(`there is no process ${name}`);
  return found;
}

function processPath(name: string): string {
  return `/processes/${encodeURIComponent(name)}`;
}
