import type { Model } from '../model/model.ts';
import { type Row, row } from '../row.ts';

/** Why the last start failed, all of it, and what to do about that. */
export function failureRows({ failure, steps }: Pick<Model, 'failure' | 'steps'>): readonly Row[] {
  const told = steps.flatMap(({ failed }) => failed ?? []);
  const messages = failure ? [failure.message] : told;
  return [
    ...messages.flatMap((text) => text.split('\n')).map((text) => row({ text, color: 'red' })),
    ...(failure?.hints ?? []).map((hint) => row(`  ${hint}`)),
  ];
}
