import { ownValues, variableNames } from '../app/own-values.ts';
import { maskVariable, type Secret } from '../core/secret.ts';
import type { Stack, VariableSource } from '../core/stack.ts';
import type { ShownValue, ShownVariable } from '../tui/context.ts';

/** A variable as it may be shown: what all get, and who gets something else instead. */
export function shownVariable(stack: Stack, name: string): ShownVariable {
  const variable = stack.variables.get(name);
  const shown = (secret: Secret, from: string | VariableSource): ShownValue => ({
    value: maskVariable(name, secret.reveal()),
    origin: typeof from === 'string' ? from : origin(from),
  });
  return {
    name,
    shared: variable ? shown(variable.value, variable.winner) : null,
    losers: (variable?.losers ?? []).map((loser) => shown(loser.value, loser)),
    own: ownValues(stack, name).map(({ target, value, from }) => ({ target, ...shown(value, from) })),
  };
}

/** All but those that merely come from the shell. */
export function shownVariables(stack: Stack): readonly ShownVariable[] {
  const given = (name: string) => stack.variables.get(name)?.winner.layer !== 'shell';
  return variableNames(stack)
    .map((name) => shownVariable(stack, name))
    .filter(({ name, own }) => given(name) || own.length > 0);
}

function origin({ layer, place }: Pick<VariableSource, 'layer' | 'place'>): string {
  return layer === place ? layer : `${layer} (${place})`;
}
