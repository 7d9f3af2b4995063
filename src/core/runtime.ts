import type { Report } from './execute.ts';
import type { Labels } from './labels.ts';
import type { Observed } from './observed.ts';
import type { Endpoint, Environment, Programs, RuntimeName, Service, Stack } from './stack.ts';
import type { Store } from './store.ts';

export type RuntimeObserved = Pick<Observed, 'network' | 'services' | 'data' | 'fetched' | 'makers' | 'templates'>;

/** An environment as its objects describe it; it may have lost its checkout and every file of devenv's. */
export interface EnvironmentRecord extends Environment {
  readonly runtime: RuntimeName;
  /** ISO 8601: the oldest of its objects. */
  readonly created: string;
  /** Numeric id of the user who made all of it; null where labels are missing or disagree. */
  readonly owner: string | null;
}

/** An environment that a runtime holds something of. */
export interface HeldEnvironment extends EnvironmentRecord {
  readonly services: readonly { readonly name: string; readonly runs: boolean }[];
}

/** `time` is ISO 8601, or null where the engine doesn't tell. */
export interface LogLine {
  readonly stream: 'out' | 'err';
  readonly time: string | null;
  readonly line: string;
}

export interface LogOptions {
  readonly follow: boolean;
  /** ISO 8601. */
  readonly since?: string;
  /** Only this many of the last lines. */
  readonly tail?: number;
}

/** How to reach a server past its password: what setting a lost password anew needs. */
export interface Access {
  /** Over TCP from the host. */
  readonly endpoint: Endpoint;
  /** Folder with the server's local socket, where the host can reach one. */
  readonly socketDir: string | null;
  /** Runs a program beside the server with `input` on its standard input; null where no such program exists. */
  readonly exec: ((argv: readonly string[], input: string) => Promise<{ code: number; output: string }>) | null;
}

/** What goes into a program and what comes out of it; neither is held in memory as a whole. */
export interface Piping {
  readonly env: Readonly<Record<string, string>>;
  readonly input: AsyncIterable<Uint8Array> | null;
  /** Reads the program's output, at its own pace. */
  readonly output: (chunks: AsyncIterable<Uint8Array>) => Promise<void>;
  readonly signal: AbortSignal;
}

export interface Piped {
  readonly code: number;
  /** The last of what it wrote to its standard error. */
  readonly said: string;
}

/** Sets up a server on throw-away data. The signal is aborted when that server ends. */
export type Prepare = (access: Access, signal: AbortSignal) => Promise<void>;

export type Life =
  /** `run` is another after every start. */
  { readonly alive: true; readonly run: string } | { readonly alive: false; readonly why: string };

export interface Sizes {
  readonly memoryBytes: number;
  readonly diskBytes: number;
}

/** What a running service takes at the moment. */
export interface Usage {
  /** Processor time since it began, in seconds. */
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
}

export interface VersionCandidate {
  readonly version: string;
  readonly programs: Programs | null;
}

/**
 * How new data came to its content: `reflink` shares the blocks until one of the two is written to, `ready` is a copy
 * that was made before.
 */
export type CopyWay = 'reflink' | 'copy' | 'ready';

/** Data that a machine keeps for further environments. */
export interface KeptData {
  readonly key: string;
  readonly project: string;
}

/** Where services run. Every method is one small, idempotent change or reading; what to do is decided elsewhere. */
export interface Runtime {
  readonly name: RuntimeName;
  /** For a person: `Docker 28.5 at unix:///var/run/docker.sock`. */
  readonly about: string;
  /** Address of the engine; null for what needs none. */
  readonly address: string | null;
  readonly store: Store;

  /** What exists of this stack's environment. Running services are reported as `starting`. */
  observe(stack: Stack): Promise<RuntimeObserved>;
  /** The same for an environment of which only the id is known; `fetched` and `templates` are empty. */
  observeId(environment: string): Promise<RuntimeObserved>;
  environments(): Promise<readonly HeldEnvironment[]>;

  /** The newest of these majors that can be had here; `programs` is where the embedded runtime would take it from. */
  newestVersion(candidates: readonly VersionCandidate[]): Promise<string>;

  createNetwork(environment: Environment, labels: Labels): Promise<void>;
  removeNetwork(environment: string): Promise<void>;
  /** Of this machine's addresses the one that an environment's containers reach; null where they need none of their own. */
  hostAddress(environment: string): Promise<string | null>;
  /** Pulls an image or program package; throws a UserError when offline or when it can't be had. */
  fetch(service: Service, report: Report, signal: AbortSignal): Promise<void>;
  /**
   * Makes pre-initialised data: starts the service on throw-away data, calls `prepare` with the way to reach it, stops
   * it cleanly and keeps the result under the template's key. Atomic: a cut-off one is never used.
   */
  createTemplate(service: Service, prepare: Prepare, signal: AbortSignal): Promise<void>;
  /**
   * Keeps a copy of the data of a service that has ended cleanly, where further environments find it like a template.
   * Atomic as well. Throws a UserError where it runs, or was killed. Null where the same is kept already.
   */
  keepData(environment: string, service: Service, kept: KeptData, signal: AbortSignal): Promise<CopyWay | null>;
  /**
   * Makes the volume or data folder; an embedded one is filled from the template here, atomically. Null where nothing
   * was copied.
   */
  createData(
    environment: Environment,
    service: Service,
    labels: Labels,
    template: string | null,
  ): Promise<CopyWay | null>;
  /** `engine`: only what its engine wrote; `all`: volumes that the user named too. */
  removeData(environment: string, service: string, scope: 'engine' | 'all'): Promise<void>;
  createService(environment: Environment, service: Service, labels: Labels, template: string | null): Promise<void>;
  /** Puts files, and on docker the template's content, in place. Refuses a service that has run before. */
  fillService(environment: Environment, service: Service, template: string | null): Promise<CopyWay | null>;
  startService(environment: string, service: Service): Promise<void>;
  /** Asks it to end, waits, and forces it after the engine's own grace time. Fine when it is stopped already. */
  stopService(environment: string, service: string): Promise<void>;
  removeService(environment: string, service: string): Promise<void>;

  access(environment: string, service: Service): Promise<Access>;
  /** Whether it still runs, and if not how it ended: asked when a probe doesn't answer, or proves nothing. */
  alive(environment: string, service: string): Promise<Life>;
  logs(environment: string, service: string, options: LogOptions, signal: AbortSignal): AsyncIterable<LogLine>;
  /**
   * Gives the user's terminal to `argv` next to the service: inside its container, or on the host with the programs
   * that fit the server. Resolves to its exit code. Throws a UserError where the program can't be had.
   */
  terminal(
    environment: string,
    service: Service,
    argv: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<number>;
  /**
   * Runs a program of the service's engine next to it, such as pg_dump, of the same major as the server. Throws a
   * UserError where it can't be had. Aborted, it ends.
   */
  pipe(environment: string, service: Service, argv: readonly string[], piping: Piping): Promise<Piped>;
  /** Yields when something about the services of an environment may have changed, until the signal is aborted. */
  changes(environment: string, signal: AbortSignal): AsyncIterable<void>;
  /** Of every service that runs, by name. */
  usage(environment: string): Promise<ReadonlyMap<string, Usage>>;
  /** Of each of these environments, by id. Slow: only when asked for. */
  sizes(environments: readonly string[]): Promise<ReadonlyMap<string, Sizes>>;
}
