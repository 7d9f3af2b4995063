import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Fingerprint } from '../core/stack.ts';
import { environmentState } from '../lib/paths.ts';
import { newSocketPath, recordsPath } from './locations.ts';
import type { Identity } from './process-table.ts';

export interface ProcessRecord extends Identity {
  readonly name: string;
  readonly fingerprint: Fingerprint;
}

/** What a supervisor leaves behind when it is killed: enough to find its processes and no one else's. */
export interface Records {
  /** Of the machine's running time; start times of another one mean nothing. */
  readonly boot: string;
  readonly supervisor: Identity;
  /** Where it listens: a client's environment may lead to another folder for sockets, as that of cron does. */
  readonly socket: string;
  readonly processes: readonly ProcessRecord[];
}

/** The supervisor's own hand on its records: every change is on disk when the call returns. */
export class RecordBook {
  readonly #path: string;
  readonly #supervisor: Identity;
  readonly #socket: string;
  readonly #processes = new Map<string, ProcessRecord>();

  constructor(stateFolder: string, supervisor: Identity, socket: string) {
    this.#path = recordsPath(stateFolder);
    this.#supervisor = supervisor;
    this.#socket = socket;
  }

  add(record: ProcessRecord): void {
    this.#processes.set(record.name, record);
    this.write();
  }

  remove(name: string): void {
    if (this.#processes.delete(name)) this.write();
  }

  discard(): void {
    rmSync(this.#path, { force: true });
  }

  /** Also to be called once at the start, for the supervisor itself. */
  write(): void {
    const records: Records = {
      boot: bootId(),
      supervisor: this.#supervisor,
      socket: this.#socket,
      processes: [...this.#processes.values()],
    };
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    writeFileSync(`${this.#path}.new`, JSON.stringify(records), { mode: 0o600 });
    renameSync(`${this.#path}.new`, this.#path);
  }
}

/** Where the supervisor of an environment listens or, when there is none, would listen if this process started it. */
export function socketPath(environment: string): string {
  return readRecords(environmentState(environment))?.socket ?? newSocketPath(environment);
}

/** Null when there are none, or none of this running time of the machine. */
export function readRecords(stateFolder: string): Records | null {
  try {
    const records = JSON.parse(readFileSync(recordsPath(stateFolder), 'utf8')) as Records;
    return records.boot === bootId() ? records : null;
  } catch {
    return null;
  }
}

/** Empty where start times are dates and thus differ between two boots anyway. */
function bootId(): string {
  return process.platform === 'linux' ? readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() : '';
}
