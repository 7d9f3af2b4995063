import { Secret } from '../../core/secret.ts';
import type { VariableSource } from '../../core/stack.ts';

/** A value that devenv itself gives, and nothing else can replace. */
export function mint(name: string, value: string, place = 'devenv'): VariableSource {
  return { name, value: new Secret(value), layer: 'minted', place };
}
