import type { DatabaseState } from './data/state.ts';
import type { MocksSeen } from './mocks.ts';
import type { ProcessState, ServiceState } from './observed.ts';
import type { Kept, StepKind } from './plan.ts';
import type { RuntimeName } from './stack.ts';

/** One stream of these is all that any display sees. Times are milliseconds since the epoch; every event is plain JSON. */
export type Event =
  | { readonly type: 'runtime'; readonly runtime: RuntimeName; readonly why: string }
  | {
      readonly type: 'environment';
      readonly id: string;
      readonly project: string;
      readonly branch: string | null;
      readonly path: string;
      readonly basedOn: string;
    }
  | {
      readonly type: 'stack';
      readonly services: readonly StackService[];
      readonly processes: readonly StackProcess[];
    }
  | { readonly type: 'plan'; readonly steps: readonly PlannedStep[]; readonly kept: readonly Kept[] }
  | { readonly type: 'step-started'; readonly step: string; readonly at: number }
  | {
      readonly type: 'step-progress';
      readonly step: string;
      readonly message: string;
      /** Bytes or parts, when known. */
      readonly done?: number;
      readonly total?: number;
    }
  | { readonly type: 'step-finished'; readonly step: string; readonly at: number; readonly ms: number }
  | { readonly type: 'step-failed'; readonly step: string; readonly at: number; readonly message: string }
  | {
      readonly type: 'service';
      readonly name: string;
      readonly state: ServiceState;
      readonly url: string | null;
      readonly why?: string;
    }
  | {
      readonly type: 'process';
      readonly name: string;
      readonly state: ProcessState;
      readonly pid: number | null;
      readonly url: string | null;
      readonly why?: string;
      /** How often it was started again. */
      readonly restarts?: number;
      /** When its state became this one; absent where that isn't known. */
      readonly since?: number;
    }
  | {
      readonly type: 'usage';
      readonly name: string;
      /** Share of one core since the last time; 2 is two of them. */
      readonly cpu: number;
      readonly memoryBytes: number;
    }
  | { readonly type: 'data'; readonly databases: readonly DatabaseState[] }
  | { readonly type: 'mocks'; readonly seen: MocksSeen }
  | LogEvent
  /** What was decided and why, where no plan tells: for who asks for it. */
  | { readonly type: 'decision'; readonly about: string; readonly text: string }
  | { readonly type: 'notice'; readonly level: 'info' | 'warning'; readonly message: string }
  | { readonly type: 'ready'; readonly at: number; readonly ms: number };

interface StackMember {
  readonly name: string;
  readonly needs: readonly string[];
  /** On this machine; null where it has none. */
  readonly port: number | null;
  /** What the configuration asks for; null where it leaves that open. */
  readonly askedPort: number | null;
}

export interface StackService extends StackMember {
  readonly engine: string;
  readonly version: string;
  /** Null where no container runs it. */
  readonly image: string | null;
  /** With its password masked; null where it has none. */
  readonly url: string | null;
}

export interface StackProcess extends StackMember {
  /** As the configuration has it. */
  readonly command: string;
  /** The folder that it runs in. */
  readonly cwd: string;
  readonly url: string | null;
}

export interface PlannedStep {
  readonly id: string;
  readonly kind: StepKind;
  readonly target: string;
  readonly cause: string;
  readonly after: readonly string[];
}

export interface LogEvent {
  readonly type: 'log';
  /** Name of the service or process. */
  readonly source: string;
  readonly stream: 'out' | 'err';
  /** ISO 8601, or null for a line whose time is not known. */
  readonly time: string | null;
  readonly line: string;
}

/** The last line of a stream for programs when the command failed. Who looks at a display is told by the bin itself. */
export interface ErrorEvent {
  readonly type: 'error';
  /** The exit code. */
  readonly code: number;
  readonly message: string;
  /** What to try next. */
  readonly hints: readonly string[];
}

export type Emit = (event: Event) => void;

/** A decision that only a person can take, as data that any display can put and answer. */
export interface Question {
  readonly id: string;
  readonly text: string;
  readonly choices: readonly { readonly key: string; readonly label: string }[];
  /** What an empty answer means. */
  readonly fallback: string;
}

/** Resolves to the key of a choice; null where nobody can be asked. */
export type Ask = (question: Question) => Promise<string | null>;
