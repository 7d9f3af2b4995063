import type { Mode, ProviderName } from '../core/mocks.ts';

export type Modes = Readonly<Record<ProviderName, Mode>>;

/** Whether calls go to the provider, with its own key. */
export function isPassedOn(mode: Mode): boolean {
  return mode === 'record' || mode === 'sandbox';
}
