import type { ProviderName } from './provider.ts';

/**
 * Who answers in place of a provider: the mock; the provider itself, with what it says kept (`record`) or not (`sandbox`,
 * the provider's test mode); or what was kept.
 */
export type Mode = 'mock' | 'record' | 'replay' | 'sandbox';

export type Modes = Readonly<Record<ProviderName, Mode>>;

/** Whether calls go to the provider, with its own key. */
export function isPassedOn(mode: Mode): boolean {
  return mode === 'record' || mode === 'sandbox';
}
