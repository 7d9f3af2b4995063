import type { Emit, Event } from '../core/events.ts';
import { BadRequest } from '../lib/routes.ts';
import { logPath } from './locations.ts';
import { LogFile } from './log-file.ts';
import { ManagedProcess, processEvent } from './managed-process.ts';
import { Output } from './output.ts';
import type { ProcessSpec, ProcessStatus } from './protocol.ts';
import type { Surroundings } from './run-once.ts';

interface Entry {
  readonly process: ManagedProcess;
  readonly log: LogFile;
}

/** The processes of one environment. */
export class Supervisor {
  readonly #around: Surroundings;
  readonly #stateFolder: string;
  readonly #emit: Emit;
  readonly #entries = new Map<string, Entry>();
  #closing = false;
  #hasWorked = false;

  constructor(around: Surroundings, stateFolder: string, emit: Emit) {
    this.#around = around;
    this.#stateFolder = stateFolder;
    this.#emit = emit;
  }

  get statuses(): readonly ProcessStatus[] {
    return [...this.#entries.values()].map((entry) => entry.process.status);
  }

  /** Nothing that anybody wants to run: what has ended by itself still counts, for its state is to be asked for. */
  get isIdle(): boolean {
    return [...this.#entries.values()].every((entry) => !entry.process.wanted);
  }

  /** Whether it was ever given a process. */
  get hasWorked(): boolean {
    return this.#hasWorked;
  }

  currentEvents(): Event[] {
    return this.statuses.map(processEvent);
  }

  /** Starts it; one of the same name is stopped and replaced. */
  async start(spec: ProcessSpec): Promise<ProcessStatus> {
    this.#refuseWhenClosing();
    this.#hasWorked = true;
    const before = this.#entries.get(spec.name);
    const ended = before ? endEntry(before) : Promise.resolve();
    const log = new LogFile(logPath(this.#stateFolder, spec.name));
    const output = new Output(spec.name, log, this.#emit);
    const process = new ManagedProcess(spec, this.#around, output, this.#emit, ended);
    // Before anything is awaited: of two who replace it at once, the second stops what the first began.
    this.#entries.set(spec.name, { process, log });
    await process.start();
    return process.status;
  }

  async stop(name: string): Promise<ProcessStatus> {
    const { process } = this.#find(name);
    await process.stop();
    return process.status;
  }

  async restart(name: string): Promise<ProcessStatus> {
    this.#refuseWhenClosing();
    const { process } = this.#find(name);
    await process.restart('it was asked to restart');
    return process.status;
  }

  async remove(name: string): Promise<ProcessStatus> {
    const entry = this.#find(name);
    await endEntry(entry);
    if (this.#entries.get(name) === entry) this.#entries.delete(name);
    return entry.process.status;
  }

  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all([...this.#entries.values()].map(endEntry));
  }

  #find(name: string): Entry {
    const entry = this.#entries.get(name);
    if (!entry) throw new BadRequest(404, `there is no process ${name}`);
    return entry;
  }

  #refuseWhenClosing(): void {
    if (this.#closing) throw new BadRequest(503, 'the supervisor is shutting down');
  }
}

async function endEntry({ process, log }: Entry): Promise<void> {
  await process.stop();
  log.close();
}
