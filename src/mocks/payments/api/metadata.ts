import type { MetadataParam } from '../params/common.ts';
import { invalid } from './errors.ts';

const KEYS = 50;

/** Merged: a key that isn't given stays, an empty value takes it away, null takes all. */
export function mergeMetadata(
  before: Readonly<Record<string, string>> | null,
  given: MetadataParam | undefined,
): Record<string, string> {
  if (given === null) return {};
  const merged = { ...before };
  for (const [key, value] of Object.entries(given ?? {})) {
    if (value === '') delete merged[key];
    else merged[key] = value;
  }
  if (Object.keys(merged).length > KEYS) {
    throw invalid(`You may only specify up to ${KEYS} metadata keys.`, undefined, 'metadata');
  }
  return merged;
}
