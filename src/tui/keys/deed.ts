import type { Question } from '../../core/events.ts';
import type { UiContext } from '../context.ts';
import { type Binding, type Effect, stay } from './binding.ts';

export type Argv = readonly string[];

/** What a key runs, why it runs nothing here, or what it asks before. */
export type Deed =
  | { readonly argv: Argv }
  | { readonly refused: string }
  /** Where the answer is yes. */
  | { readonly argv: Argv; readonly question: Question }
  /** By the key of the answer. */
  | { readonly runs: Readonly<Record<string, Argv>>; readonly question: Question };

/** A key that runs a verb. */
export function verb(
  keys: Argv,
  label: string,
  short: string | undefined,
  deedOf: (context: UiContext) => Deed,
): Binding {
  return {
    keys,
    label,
    ...(short ? { short } : {}),
    act(context) {
      const { state } = context;
      const deed = deedOf(context);
      if ('refused' in deed) return stay({ ...state, status: { text: deed.refused, bad: false } });
      if (!('question' in deed)) return stay(state, { type: 'run', argv: deed.argv } satisfies Effect);
      const runs = 'runs' in deed ? deed.runs : { y: deed.argv };
      return stay({ ...state, overlay: { kind: 'question', question: deed.question, runs } });
    },
  };
}
