import type { MockedPart } from '../core/mocks.ts';

/** Where something was seen; without a file it is devenv's own choice. */
export interface Evidence {
  readonly what: string;
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
}

export type EngineName = 'postgres' | 'redis';

/** One thing that a file says about how the app is run. Detectors make these; what they add up to is the draft. */
export type Finding =
  | NameFinding
  | ServiceFinding
  | AppFinding
  | NeedFinding
  | MockFinding
  | DetailFinding
  | ProcessFinding
  | MigrationsFinding
  | VariableFinding
  | NoteFinding;

export interface NameFinding {
  readonly kind: 'name';
  readonly value: string;
  readonly evidence: Evidence;
}

/** A service that a file defines as one. */
export interface ServiceFinding {
  readonly kind: 'service';
  /** As the file calls it: other services reach it under this name. */
  readonly name: string;
  /** Undefined for a plain image. */
  readonly engine?: EngineName;
  /** Keys of the service besides `engine` and `needs`, in the order in which they are written. */
  readonly lines: readonly Line[];
  readonly needs: readonly string[];
  readonly ports: readonly ServicePort[];
  /** Where a version of the engine is told that devenv does not have. */
  readonly unknownVersion?: Evidence;
  readonly evidence: Evidence;
}

/** A service that a file builds from the project: the app, or a part of it. */
export interface AppFinding {
  readonly kind: 'app';
  /** As the file calls it: other services reach it under this name. */
  readonly name: string;
  /** The folder that it is built from. */
  readonly part: string;
  readonly evidence: Evidence;
}

export interface ServicePort {
  readonly name: string;
  readonly container: number;
  /** On the host, where the file says so. */
  readonly published?: number;
}

/** Something that makes sense with an engine only, such as its client library. */
export interface NeedFinding {
  readonly kind: 'need';
  readonly engine: EngineName;
  readonly evidence: Evidence;
}

/** The client of a provider that can be mocked. */
export interface MockFinding {
  readonly kind: 'mock';
  readonly part: MockedPart;
  readonly evidence: Evidence;
}

/** A detail of the engine that was told elsewhere than where a service is defined. */
export interface DetailFinding {
  readonly kind: 'detail';
  readonly engine: EngineName;
  /** `scheme` and `query` are parts of its URL that some libraries ask for. */
  readonly key: 'version' | 'database' | 'extension' | 'scheme' | 'query';
  readonly value: string;
  readonly evidence: Evidence;
}

export type Role = 'web' | 'worker' | 'migrate' | 'other';

export interface ProcessFinding {
  readonly kind: 'process';
  readonly role: Role;
  readonly name: string;
  readonly command: string;
  /** Of several that play the same role in a folder the highest is taken. */
  readonly rank: number;
  /** The language whose tools say so; undefined for a list of processes such as a Procfile. */
  readonly language?: Language;
  /** Where it is run. */
  readonly cwd: string;
  /** Folder of the part of the project that it runs; default: where it is run. A workspace's is run from the top. */
  readonly part?: string;
  readonly port?: { readonly value: number; readonly evidence: Evidence };
  readonly evidence: Evidence;
}

/** A folder that holds migrations, whatever applies them. */
export interface MigrationsFinding {
  readonly kind: 'migrations';
  readonly folder: string;
  readonly evidence: Evidence;
}

export type Language = 'js' | 'python' | 'ruby' | 'go';

export const Rank = { processList: 50, develop: 40, start: 30, production: 20, image: 10 } as const;

/** A variable that the app reads. */
export interface VariableFinding {
  readonly kind: 'variable';
  readonly name: string;
  /** What stands there as an example: it may tell what is meant, and is never written down. */
  readonly example?: string;
  /** What may be written where nothing better is known, in devenv's words: a value that all share, and no secret. */
  readonly plain?: string;
  /** Whether it is to be mentioned when nothing is known of it. */
  readonly listed: boolean;
  /** The folder that it is told in or for; default: the top one. */
  readonly part?: string;
  /** The app's service that it is told for. */
  readonly app?: string;
  readonly evidence: Evidence;
}

/** Seen, and not taken over: why, in words for a person. */
export interface NoteFinding {
  readonly kind: 'note';
  readonly text: string;
  readonly evidence: Evidence;
}

/** A key of the configuration with what its value is based on. */
export interface Line {
  readonly key: string;
  readonly value: unknown;
  readonly because: readonly Evidence[];
  /** The keys of a value that is a group, where each is based on something else. */
  readonly inner?: readonly Line[];
}

/** Nothing where no client was seen. */
export function mockFindings(seen: Readonly<Record<MockedPart, Evidence | undefined>>): readonly MockFinding[] {
  return (Object.keys(seen) as MockedPart[]).flatMap((part) => {
    const evidence = seen[part];
    return evidence ? [{ kind: 'mock', part, evidence } as const] : [];
  });
}

export function note(text: string, evidence: Evidence): NoteFinding {
  return { kind: 'note', text, evidence };
}

/** Of a port that two checkouts could not both have. */
export function fixedPortNote(evidence: Evidence): NoteFinding {
  return note("has its port fixed: let it listen on PORT, or two checkouts are in each other's way", evidence);
}

/** `compose.yaml:3 image postgres:16` */
export function formatEvidence({ file, line, what }: Evidence): string {
  if (file === undefined) return what;
  return `${line === undefined ? file : `${file}:${line}`} ${what}`;
}
