import type { EnvironmentKind, RuntimeName } from '../stack.ts';
import type { Leftover, ProgramRecord, TemplateRecord } from '../store.ts';
import type { CheckoutState } from './checkout.ts';

/** All that `devenv gc` may have to do with, at one moment. */
export interface Inventory {
  /** Numeric id of the user who asks. */
  readonly user: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly unusedForMs: number;
  /** What the baselines of one runtime may take together. */
  readonly baselineBytes: number;
  readonly environments: readonly FoundEnvironment[];
  readonly stores: readonly FoundStore[];
  readonly leftovers: readonly FoundLeftover[];
}

export interface FoundEnvironment {
  readonly id: string;
  readonly project: string;
  readonly kind: EnvironmentKind;
  readonly path: string;
  /** Where it has objects or data, and whose they are; `owner` is null where no label tells. */
  readonly holds: readonly { readonly runtime: RuntimeName; readonly owner: string | null }[];
  /** Services, host processes or their supervisor run. */
  readonly runs: boolean;
  /** A folder that is there and in which a host process of it is at work. */
  readonly worksIn: string | null;
  /** This user's state knows it: it was made here, and not in a container or machine that shares the engine. */
  readonly recorded: boolean;
  /** Why the runtime that holds it according to its record can't be looked into. */
  readonly elsewhere: string | null;
  readonly checkout: CheckoutState;
  /** Null when it was not measured. */
  readonly sizeBytes: number | null;
}

export interface FoundStore {
  readonly runtime: RuntimeName;
  readonly templates: readonly TemplateRecord[];
  readonly makers: readonly string[];
  readonly programs: readonly ProgramRecord[];
}

export interface FoundLeftover extends Leftover {
  readonly runtime: RuntimeName | null;
}
