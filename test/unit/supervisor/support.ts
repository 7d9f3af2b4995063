import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Event } from '../../../src/core/events.ts';
import { processStart } from '../../../src/lib/process-identity.ts';
import type { ProcessSpec } from '../../../src/supervisor/protocol.ts';
import { RecordBook } from '../../../src/supervisor/records.ts';
import { Supervisor } from '../../../src/supervisor/supervisor.ts';

export type ProcessEvent = Extract<Event, { type: 'process' }>;

/** Short: sockets go below it. */
export async function tempFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'dv-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

export function specOf(name: string, line: string, parts: Partial<ProcessSpec> = {}): ProcessSpec {
  return {
    name,
    command: { line, cwd: tmpdir() },
    port: null,
    url: null,
    ready: { timeoutMs: 10_000 },
    restart: 'no',
    once: false,
    watch: [],
    env: { PATH: process.env.PATH ?? '' },
    fingerprint: {},
    ...parts,
  };
}

/** All events so far, and a way to wait for one. */
export class EventLog {
  readonly all: Event[] = [];
  readonly #waiting = new Set<() => void>();

  readonly emit = (event: Event): void => {
    this.all.push(event);
    for (const look of this.#waiting) look();
  };

  /** Resolves to the first event, past or future, that fits. */
  until<T extends Event>(fits: (event: Event) => event is T): Promise<T> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = this.all.find(fits);
        if (!found) return;
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }

  state(name: string, state: ProcessEvent['state'], after = 0): Promise<ProcessEvent> {
    return this.until(
      (event): event is ProcessEvent =>
        event.type === 'process' &&
        event.name === name &&
        event.state === state &&
        (state !== 'starting' || event.pid !== null) &&
        this.all.indexOf(event) >= after,
    );
  }

  line(text: string | RegExp): Promise<Extract<Event, { type: 'log' }>> {
    return this.until(
      (event): event is Extract<Event, { type: 'log' }> =>
        event.type === 'log' && (typeof text === 'string' ? event.line === text : text.test(event.line)),
    );
  }

  /** The states a process went through, repeated ones once. */
  states(name: string): string[] {
    const states = this.all.flatMap((event) => (event.type === 'process' && event.name === name ? [event.state] : []));
    return states.filter((state, index) => state !== states[index - 1]);
  }
}

export interface Rig extends AsyncDisposable {
  readonly folder: string;
  readonly environment: string;
  readonly supervisor: Supervisor;
  readonly events: EventLog;
}

/** A supervisor inside the test's own process. */
export async function makeRig(graceMs = 500): Promise<Rig> {
  const folder = await tempFolder();
  const environment = `t${Math.random().toString(36).slice(2)}`;
  const events = new EventLog();
  const identity = { pid: process.pid, start: (await processStart(process.pid)) ?? '' };
  const records = new RecordBook(folder.path, identity, join(folder.path, 'supervisor.sock'));
  const around = { environment, records, runFolder: folder.path, graceMs };
  const supervisor = new Supervisor(around, folder.path, events.emit);
  const dispose = async (): Promise<void> => {
    await supervisor.close();
    await folder[Symbol.asyncDispose]();
  };
  return { folder: folder.path, environment, supervisor, events, [Symbol.asyncDispose]: dispose };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export async function isAlive(pid: number): Promise<boolean> {
  return (await processStart(pid)) !== null;
}
