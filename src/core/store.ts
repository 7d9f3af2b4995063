/** Pre-initialised data, or a baseline, on this machine. Times are ISO 8601. */
export interface TemplateRecord {
  readonly key: string;
  readonly sizeBytes: number;
  readonly created: string;
  readonly lastUsed: string;
  /** Id of the image, or name of the programs, that made it; null where nothing tells. */
  readonly madeBy: string | null;
  /** Of a baseline: the project whose data it is. Null for an engine's first data. */
  readonly project: string | null;
}

/** Downloaded programs of one version. Times are ISO 8601. */
export interface ProgramRecord {
  /** `postgres-17.10.0`: what their folder is called. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly created: string;
  readonly lastUsed: string;
  /** A newer one of the same major, which is the one that would be started; null for the newest. */
  readonly supersededBy: string | null;
  readonly running: boolean;
  /** Ids of environments that have a service of this engine and major. */
  readonly usedBy: readonly string[];
}

/** Something that a run which was cut off left: nobody will ever look at it again. */
export interface Leftover {
  /** Its path, or the engine's id of it. */
  readonly id: string;
  /** For a person: `draft`, `lock`. */
  readonly what: string;
  readonly why: string;
  readonly sizeBytes: number;
}

/** What a runtime keeps on this machine beside environments. Each removal looks once more whether it may. */
export interface Store {
  templates(): Promise<readonly TemplateRecord[]>;
  removeTemplate(key: string): Promise<void>;
  /** Makes the copy that the next environment takes, where that saves time. */
  makeReady(key: string): Promise<void>;
  /** Everything that a template can be `madeBy` and that is still here. */
  makers(): Promise<readonly string[]>;
  programs(): Promise<readonly ProgramRecord[]>;
  removePrograms(name: string): Promise<void>;
  leftovers(): Promise<readonly Leftover[]>;
  removeLeftover(leftover: Leftover): Promise<void>;
}
