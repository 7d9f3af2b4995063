import type { ProcessState, ServiceState } from '../core/observed.ts';
import type { Color } from './row.ts';

export interface Symbol {
  readonly text: string;
  readonly color?: Color;
}

type State = ServiceState | ProcessState;

/** By shape and by colour, so that either is enough. */
const SYMBOLS: Readonly<Record<State, readonly [unicode: string, ascii: string, color?: Color]>> = {
  ready: ['●', '*', 'green'],
  done: ['✔', '+', 'green'],
  starting: ['◐', '~', 'yellow'],
  backoff: ['↻', '%', 'yellow'],
  failed: ['✖', 'x', 'red'],
  stopped: ['○', 'o'],
  created: ['◌', '.'],
  missing: ['·', '.'],
};

/** Those in which nothing runs. */
export const STANDING: readonly State[] = ['stopped', 'missing', 'failed', 'done', 'created'];

export function symbolOf(state: State, unicode: boolean): Symbol {
  const [fancy, plain, color] = SYMBOLS[state];
  return { text: unicode ? fancy : plain, ...(color ? { color } : {}) };
}

export function stateWord(state: State): string {
  return state === 'missing' ? 'not started' : state;
}

/** Share of one core: `7 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
