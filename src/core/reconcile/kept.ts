import type { Kept } from '../plan.ts';

/** Those that a verb leaves alone. */
export function keptOf(
  members: readonly { readonly name: string }[],
  why: (name: string) => string | null,
): readonly Kept[] {
  return members.flatMap(({ name }) => {
    const reason = why(name);
    return reason === null ? [] : [{ target: name, why: reason }];
  });
}
