import type { Emit } from '../core/events.ts';
import type { RuntimeName } from '../core/stack.ts';

/** What every use case is told: the flags that all verbs share, and where its events go. */
export interface CommonOptions {
  readonly cwd: string;
  readonly tier: string;
  /** `services.db.version=16` */
  readonly set: readonly string[];
  /** `NAME=value` */
  readonly env: readonly string[];
  readonly runtime: RuntimeName | null;
  readonly offline: boolean;
  /** Names of variables that may hold a live key this time. */
  readonly allowLive: readonly string[];
  readonly emit: Emit;
  readonly signal: AbortSignal;
}
