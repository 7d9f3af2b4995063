import type { Fingerprint, Made } from './stack.ts';

export type ServiceState = 'missing' | 'created' | 'starting' | 'ready' | 'failed' | 'stopped';
export type ProcessState = 'missing' | 'starting' | 'ready' | 'done' | 'failed' | 'backoff' | 'stopped';

/** A service as the runtime found it: by label or marker file. */
export interface ObservedService {
  readonly name: string;
  readonly engine: string;
  readonly version: string;
  /**
   * `created` has never run, `starting` runs but a query is not answered as it should be, `ready` answers, `failed`
   * ended without being asked to.
   * A runtime reports a running service as `starting`; only a probe makes it `ready`.
   */
  readonly state: Exclude<ServiceState, 'missing'>;
  readonly fingerprint: Fingerprint;
  /** Why it isn't ready, or how it ended. */
  readonly why?: string;
  /** It runs, and somebody has stopped its clock: it goes on where it is when it is started. */
  readonly paused?: true;
  /** ISO 8601. */
  readonly created: string;
  /** Of one that answers and has content to be loaded: how far that is. */
  readonly content?: ObservedContent;
  /** Key of the template its new data still has to be filled with; read only while the state is `created`. */
  readonly fill: string | null;
}

export interface ObservedContent {
  /** `begun`: it was cut off. `foreign`: there is data that was not loaded by devenv. */
  readonly state: 'empty' | 'begun' | 'loaded' | 'foreign';
  /** Hash of what it was loaded from, where it was. */
  readonly baseline: string | null;
  /** What it was loaded from, part by part, where there is a record of it. */
  readonly parts?: Fingerprint | null;
  /** What was live before waits to come back: a reset that loaded anew was cut off, or goes on. */
  readonly parked?: boolean;
  /** Names of what goes with it, such as a Redis, and is not yet of the life that it leads. */
  readonly lagging?: readonly string[];
}

/** A volume or data folder of a service. A copy that was cut off is not data: the runtime leaves it out. */
export interface ObservedData {
  readonly service: string;
  /** `volume` for one that the user named. */
  readonly engine: string;
  /** Major version that wrote it. */
  readonly version: string;
  /** Null for data from before there was a record of it. */
  readonly made: Made | null;
}

export interface ObservedProcess {
  readonly name: string;
  readonly state: Exclude<ProcessState, 'missing'>;
  readonly pid: number | null;
  readonly fingerprint: Fingerprint;
  readonly restarts: number;
  readonly why?: string;
}

/** All that exists of one environment at one moment. */
export interface Observed {
  readonly network: boolean;
  readonly services: readonly ObservedService[];
  readonly data: readonly ObservedData[];
  readonly processes: readonly ObservedProcess[];
  readonly supervisor: boolean;
  /** The ready hook failed or was cut off the last time. */
  readonly hookPending: boolean;
  /** Images or program packages that are on this machine, of those the stack names, as `service` names. */
  readonly fetched: readonly string[];
  /** By service: id of the image, or name of the programs, that its data would be made by. */
  readonly makers: Readonly<Record<string, string>>;
  /** Keys of the pre-initialised data and the baselines that are on this machine. */
  readonly templates: readonly string[];
}

export const NOTHING: Observed = {
  network: false,
  services: [],
  data: [],
  processes: [],
  supervisor: false,
  hookPending: false,
  fetched: [],
  makers: {},
  templates: [],
};
