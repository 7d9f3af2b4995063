import { UserError } from '../core/errors.ts';
import type { Stack } from '../core/stack.ts';
import { nearest } from '../lib/nearest.ts';

/** Throws for names that are neither a service nor a process. */
export function refuseUnknown(names: readonly string[], known: readonly string[]): void {
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new UserError(`there is no ${unknown.join(', ')} in this configuration`, {
    code: 'usage',
    hints: [knownNames(unknown[0] ?? '', known)],
  });
}

/** The same for all services and processes of a stack. */
export function refuseUnknownMembers(names: readonly string[], { services, processes }: Stack): void {
  refuseUnknown(
    names,
    [...services, ...processes].map(({ name }) => name),
  );
}

/** What was probably meant, and what there is. */
export function knownNames(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return `${meant ? `Did you mean ${meant}? ` : ''}There are: ${known.join(', ') || 'none'}.`;
}
