import { entriesOf, type Keys, keysOf } from '../../config/path.ts';
import type { Data } from '../document.ts';
import type { Evidence, Line, ServiceFinding } from '../finding.ts';
import { type Lookup, stringsOf } from './values.ts';

/** A service of a compose file. */
export interface Entry {
  readonly data: Data;
  readonly name: string;
  readonly service: Keys;
  readonly lookup: Lookup;
}

export function at({ data, name }: Entry, path: readonly string[], what: string): Evidence {
  const line = data.lineOf(['services', name, ...path]) ?? data.lineOf(['services', name]);
  return { file: data.name, ...(line === undefined ? {} : { line }), what };
}

export function volumeLine(entry: Entry, volumes: readonly string[]): readonly Line[] {
  return volumes.length > 0 ? [{ key: 'volumes', value: volumes, because: [at(entry, ['volumes'], 'volumes')] }] : [];
}

export function serviceFinding(
  entry: Entry,
  rest: Pick<ServiceFinding, 'lines' | 'ports' | 'engine' | 'unknownVersion'>,
  evidence: Evidence,
): ServiceFinding {
  const { depends_on: depends } = entry.service;
  const needs = Array.isArray(depends) ? stringsOf(depends) : entriesOf(keysOf(depends)).map(([name]) => name);
  return { kind: 'service', name: entry.name, ...rest, needs, evidence };
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
