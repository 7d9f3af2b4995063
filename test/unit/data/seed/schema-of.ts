import type { Column, ForeignKey, ScalarType, Table, Unique } from '../../../../src/data/seed/schema.ts';

/** Makes tables for tests: what isn't said is as plain as can be. */
export function tableOf(name: string, parts: Partial<Table> = {}): Table {
  return {
    schema: 'public',
    name,
    columns: [],
    uniques: [],
    foreignKeys: [],
    checks: [],
    exclusions: [],
    partitions: null,
    partitioned: false,
    comment: null,
    rows: 0,
    triggers: [],
    ...parts,
  };
}

export function columnOf(name: string, type: string, parts: Partial<Column> = {}): Column {
  return {
    name,
    type: scalar(type),
    notNull: true,
    default: null,
    identity: null,
    generated: false,
    sequence: null,
    comment: null,
    ...parts,
  };
}

export function scalar(name: string, parts: Partial<ScalarType> = {}): ScalarType {
  return { kind: 'scalar', name, length: null, precision: null, scale: null, ...parts };
}

export function uniqueOf(columns: readonly string[], parts: Partial<Unique> = {}): Unique {
  return {
    name: `${columns.join('_')}_key`,
    primary: false,
    parts: columns.map((column) => ({ column })),
    predicate: null,
    nullsNotDistinct: false,
    ...parts,
  };
}

export function foreignKey(columns: readonly string[], table: string, to: readonly string[] = ['id']): ForeignKey {
  return {
    name: `${columns.join('_')}_fkey`,
    columns,
    references: { schema: 'public', table, columns: to },
    matchFull: false,
    deferrable: false,
    period: false,
  };
}
