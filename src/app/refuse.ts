import type { LoadedConfig } from '../config/load.ts';
import { UserError } from '../core/errors.ts';
import type { Refusal } from '../core/plan.ts';
import { placeOf } from './stack/place-of.ts';

/** All reasons not to begin at once, each with the place in the configuration that it is about. */
export function refuse(refusals: readonly Refusal[], loaded: LoadedConfig): void {
  const [first] = refusals;
  if (!first) return;
  const hints = [...new Set(refusals.flatMap((refusal) => refusal.hints))];
  const lines = refusals.map(({ target, key, message }) => {
    const place = key === undefined ? '' : ` (${placeOf(loaded, `services.${target}.${key}`)})`;
    return `${target}: ${message}${place}`;
  });
  throw new UserError(lines.join('\n'), { code: first.code, hints });
}
