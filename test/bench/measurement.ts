import type { Summary } from './statistics.ts';

export interface Target {
  /** Upper bound of devenv's median: of the other contender's, or in the measurement's unit. */
  readonly atMost: number;
  readonly of: 'reference' | 'unit';
}

export interface Measurement {
  readonly name: string;
  readonly unit: 'ms' | 'MB' | '%';
  readonly target: Target | null;
  readonly devenv: Summary;
  /** What devenv is held against, where that isn't a plain number. */
  readonly reference?: { readonly name: string } & Summary;
}

/** A group of measurements that share what they set up. */
export interface Scenario {
  readonly name: string;
  measure(signal: AbortSignal): Promise<readonly Measurement[]>;
}

/** Devenv's median divided by the reference's; null where there is none. */
export function ratio({ devenv, reference }: Measurement): number | null {
  return reference ? devenv.median / reference.median : null;
}

/** Null where nothing was promised. */
export function isMet(measurement: Measurement): boolean | null {
  const { target, devenv } = measurement;
  if (!target) return null;
  return (target.of === 'unit' ? devenv.median : (ratio(measurement) ?? Number.NaN)) <= target.atMost;
}
