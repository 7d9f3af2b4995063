import type { ZodRawShape } from 'zod';
import type { Access } from '../core/runtime.ts';
import type { Secret } from '../core/secret.ts';
import type {
  ContainerLaunch,
  Endpoint,
  File,
  NoLaunch,
  Port,
  Programs,
  ServerLaunch,
  Service,
} from '../core/stack.ts';

/** The user's own server program for the embedded runtime. */
export interface NamedProgram {
  /** Absolute, or a bare name to be found on PATH. */
  readonly path: string;
  /** Where the configuration names it. */
  readonly place: string;
}

/** What an engine makes a launch from: the service's settings and what devenv minted for it. */
export interface EngineInput {
  readonly name: string;
  /** One of `versions`. */
  readonly version: string;
  /** The user's own image instead of the engine's. */
  readonly image?: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly volumes: readonly string[];
  readonly ports: readonly Port[];
  /** Names by which its container reaches this machine. */
  readonly hostNames?: readonly string[];
  /** What is put into the container of a plain image. */
  readonly files?: readonly File[];
  readonly program?: NamedProgram;
  readonly password: Secret;
  /** Password inside pre-initialised data: the same for all environments of this user. */
  readonly templatePassword: Secret;
}

/**
 * What a probe found. `setup` says that the server answers, but something of it has to be set up first. `unproven`: no
 * query was answered, so that one which is about to end would look the same.
 */
export type Check =
  | { readonly state: 'ready'; readonly unproven?: true }
  | { readonly state: 'setup' | 'waiting'; readonly why: string };

/** What `devenv psql` and `devenv redis` run beside the server. */
export interface Client {
  readonly argv: readonly string[];
  /** Also of a shell beside the server, so that the client finds it from there. */
  readonly env: Readonly<Record<string, string>>;
}

/** The definition of one kind of service. An engine is one file and one line in `index.ts`. */
export interface Engine {
  readonly name: string;
  /** Major versions, the newest last. */
  readonly versions: readonly string[];
  /** Port of the server inside its container. */
  readonly port: number;
  /** Keys that a service of this engine may have besides the common ones. */
  readonly settings: ZodRawShape;
  /** What a setting is where the configuration leaves it out. */
  defaults(project: string): Readonly<Record<string, unknown>>;
  /** Where the embedded runtime takes this major from; null when it can't be had without Docker. */
  programs(version: string, program?: NamedProgram): Programs | null;
  /** Words for `${service.word}` besides `url`, `host` and `port`. */
  attributes(input: EngineInput): Readonly<Record<string, string | Secret>>;
  url(input: EngineInput, endpoint: Endpoint): Secret;
  container(input: EngineInput): ContainerLaunch;
  /** Or all that the engine can't give without Docker. */
  server(input: EngineInput): ServerLaunch | NoLaunch;
  /** One attempt, for as long as the signal lets it; never throws for a server that isn't ready. */
  check(service: Service, endpoint: Endpoint, signal: AbortSignal): Promise<Check>;
  /**
   * Brings a running server to what the service asks for: password, extensions. Idempotent. `current` is the password
   * that it has now, where that is known to be another than the service's.
   */
  setup(service: Service, access: Access, signal: AbortSignal, current?: Secret): Promise<void>;
  /** Null for what has none. */
  client(service: Service, endpoint: Endpoint): Client | null;
}
