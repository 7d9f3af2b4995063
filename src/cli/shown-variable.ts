import { maskVariable, type Secret } from '../core/secret.ts';
import type { Variable, VariableSource } from '../core/stack.ts';

export interface ShownVariable {
  readonly name: string;
  readonly value: string;
  /** Layer and place. */
  readonly origin: string;
  readonly losers: readonly { readonly value: string; readonly origin: string }[];
}

/** A variable as it may be shown on a screen. */
export function shownVariable({ name, value, winner, losers }: Variable): ShownVariable {
  const shown = (secret: Secret) => maskVariable(name, secret.reveal());
  return {
    name,
    value: shown(value),
    origin: origin(winner),
    losers: losers.map((loser) => ({ value: shown(loser.value), origin: origin(loser) })),
  };
}

export function origin({ layer, place }: Pick<VariableSource, 'layer' | 'place'>): string {
  return layer === place ? layer : `${layer} (${place})`;
}
