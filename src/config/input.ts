/*
 * What `defineConfig` takes, written out because editors show these comments. A test compares it with the schema.
 */

interface ServiceKeys {
  /** Variables of the container or server. References such as `${cache.url}` are replaced. */
  env?: Env;
  /** Mounts: `name:/path` for a named volume, `./folder:/path` for a folder of the project, `:ro` read only. */
  volumes?: string[];
  /** Arguments instead of the image's own; for an engine, further arguments of its server. */
  command?: string | string[];
  /** Services that have to be ready before this one starts. */
  needs?: string[];
}

interface EngineKeys extends ServiceKeys {
  /** Major version. Default: the newest. */
  version?: string | number;
  /** Image instead of the engine's own, such as one with more extensions. */
  image?: string;
  /** Preferred port on the host. Default: a free one, kept for this checkout. */
  port?: number;
  /** How long it may take until it answers a query. */
  ready?: { timeout?: number };
  /** Your own server program, for running without Docker. */
  program?: string;
}

export interface PostgresInput extends EngineKeys {
  engine: 'postgres';
  /** Database that the URL names. */
  database?: string;
  /** Superuser that the URL names. Default: postgres. */
  user?: string;
  /** Extensions that are created in the database. */
  extensions?: string[];
  /** Locale of the cluster, for initdb. */
  locale?: string;
}

export interface RedisInput extends EngineKeys {
  engine: 'redis';
}

/** Any image. */
export interface ImageInput extends ServiceKeys {
  engine?: never;
  /** The image to run, such as `axllent/mailpit:v1.20`. */
  image: string;
  /** Ports inside the container by name; `${mail.web}` is the address of the one named web. */
  ports?: Record<string, number | undefined>;
  /** How to see that it is ready. Default: its first port accepts connections. */
  ready?: { http?: string; tcp?: string; timeout?: number };
}

export type ServiceInput = PostgresInput | RedisInput | ImageInput;

export interface ProcessInput {
  /** What to run, as you would type it in a shell. */
  command: string;
  /** Port that it prefers to listen on; `${web.port}` is the one that it gets. */
  port?: number;
  /** How to see that it is ready: a path that answers, and how many seconds to wait. */
  ready?: { http?: string; timeout?: number };
  /** Services and processes that have to be ready before it starts. */
  needs?: string[];
  /** When to start it again. Default: on-failure. */
  restart?: 'on-failure' | 'always' | 'no';
  /** It runs to its end, such as a migration; ready when it has exited with 0. */
  once?: boolean;
  /** Globs, relative to its folder; a change restarts it. */
  watch?: string[];
  /** Variables of this process alone. References such as `${db.url}` are replaced. */
  env?: Env;
  /** Folder inside the project to run it in. Default: the project's own. */
  cwd?: string;
}

export interface DataInput {
  /** The Postgres that it is about. Default: the only one. */
  service?: string;
  /** Runs on an empty database, before the seed; `files` are globs of all that it reads. */
  migrate?: { run: string; files?: string[] };
  /** SQL files that fill the migrated database, in this order. */
  seed?: string[];
  /** `hourly`, `daily`, `weekly`, or a line of cron: when it goes back to its baseline by itself. */
  reset?: string;
  /** Variables that may lead to another database while migrations and seeds run. */
  allow?: string[];
  /**
   * Redis services whose keys go with the database. Default: all that don't need it to start; of several databases the
   * first whose seeds write keys, else the first.
   */
  redis?: false | string[];
  /** How many copies wait for the next resets. Default: 2. */
  spares?: number;
}

export interface RuleInput {
  /** Shown in the log. */
  name?: string;
  /** Which calls it is for; all that is given must be so. */
  match?: { provider?: 'openai' | 'anthropic'; model?: string; contains?: string; matches?: string; tool?: string };
  /** Share of these calls that it applies to, drawn from the seed. Default: 1. */
  rate?: number;
  /** The answer; or as JSON, or a call of a tool, or a fault: one of these. */
  text?: string;
  json?: unknown;
  tool?: { name: string; arguments?: unknown };
  fault?: 'rate-limit' | 'server-error' | 'overloaded' | 'slow' | 'cut';
  /** How much later with `slow`, such as `2s`; when to try again with `rate-limit`. */
  after?: string;
}

/** One of these. */
export interface KeyInput {
  /** Prints the key: a program and its arguments. */
  command?: string[];
  /** Holds the key and nothing else; outside of the project. */
  file?: string;
  /** Holds the key, in the shell, `.env.local` or `.env`; nothing that devenv starts is given it. */
  variable?: string;
}

export interface MocksInput {
  /** Ids and answers follow from it: the same calls get the same bytes. Default: 1. */
  seed?: string | number;
  /** Where the clock of the mocks begins. Default: the beginning of the day (UTC) on which their data begins. */
  now?: string;
  /** OpenAI and Anthropic. */
  ai?: {
    /** Who answers for each: the mock, the provider itself (what it says is kept), or what was kept. Default: mock. */
    openai?: 'mock' | 'record' | 'replay';
    anthropic?: 'mock' | 'record' | 'replay';
    /** How long answers take: until the first token, such as `200ms`, and how fast they go on. */
    latency?: { ttft?: string; tokensPerSecond?: number };
    /** Tokens that the environment may use before it is refused as by the provider. */
    budget?: { tokens: number };
    /** Models that may be asked for. Default: all. */
    models?: string[];
    /** Fixed answers and faults; the first that applies decides. Those of `mocks/*.yaml` come after. */
    rules?: RuleInput[];
  };
  /** Stripe. */
  payments?: {
    /** Who answers: as for `ai`; with `sandbox` Stripe's test mode, and nothing is kept. Default: mock. */
    stripe?: 'mock' | 'record' | 'replay' | 'sandbox';
    /** Where events go to, signed: a process and a path of it, such as `web/webhooks/stripe`. */
    webhook?: string;
    /** What a subscription is after the last attempt to collect an invoice. Default: canceled. */
    dunning?: { end?: 'canceled' | 'unpaid' | 'past_due' };
    /** With Docker: in containers of plain images `api.stripe.com` leads to the mock. It takes port 443. Default: false. */
    byName?: boolean;
  };
  /** Where the providers' own keys come from, for `record` and `sandbox`. */
  keys?: { openai?: KeyInput; anthropic?: KeyInput; stripe?: KeyInput };
}

/** An undefined one, such as `process.env.HOST`, is as good as not there. */
type Env = Record<string, string | number | boolean | undefined>;

interface LayeredInput {
  /** Where services run. Default: docker where there is an engine, else embedded. */
  runtime?: 'docker' | 'embedded';
  /** Databases, caches and other servers that the app uses. */
  services?: Record<string, ServiceInput>;
  /** Commands of the app, run on the host. */
  processes?: Record<string, ProcessInput>;
  /** What a new database is filled with, and a reset goes back to. For several databases a list. */
  data?: DataInput | DataInput[];
  /** Stand-ins for outside services, with keys of their own. */
  mocks?: MocksInput;
  /** Commands that run at certain moments. */
  hooks?: { ready?: string };
  /** What the guard against live keys lets in: variables with a key of a provider that has no test keys. */
  guard?: { allow?: string[] };
  /** Variables for everything. `${db.url}` is the address of a service, `${NAME:-default}` another variable. */
  env?: Env;
}

export interface ConfigInput extends LayeredInput {
  /** Address of the JSON Schema, for editors. */
  $schema?: string;
  /** Name of the project. Default: its folder's. */
  name?: string;
  /** What is different in a tier, such as preview or staging: merged over the rest, and null removes a key. */
  environments?: Record<string, OverridesInput | null>;
}

/** A tier's part, and what `devenv.config.local.ts` exports. */
export type OverridesInput = Overrides<LayeredInput>;

type Overrides<T> = T extends unknown[] ? T : T extends object ? { [K in keyof T]?: Overrides<T[K]> | null } : T;

/** A configuration may also be made by a function, or later. */
export type ConfigExport =
  | ConfigInput
  | Promise<ConfigInput>
  | ((context: { tier: string }) => ConfigInput | Promise<ConfigInput>);
