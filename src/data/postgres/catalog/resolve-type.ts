import type { ScalarType, Type } from '../../seed/schema.ts';
import type { ListedType, TypeUse } from './types.ts';

/** Base types of pg_catalog that can hold a user's data, as pg_type names them. */
const SCALARS = new Set(
  `bool int2 int4 int8 numeric float4 float8 money text varchar bpchar char name bytea uuid json jsonb jsonpath xml
   date time timetz timestamp timestamptz interval inet cidr macaddr macaddr8 point line lseg box path polygon circle
   bit varbit tsvector tsquery oid pg_lsn`.split(/\s+/),
);

/** Makes types out of rows of the catalog; each use of a type can have another length. */
export function typeResolver(rows: readonly ListedType[]): (use: TypeUse) => Type {
  const types = new Map(rows.map((row) => [row.oid, row]));
  return function resolve({ type, modifier, dimensions }): Type {
    const row = types.get(type);
    if (!row) throw new Error(`the catalog has no type ${type}`);
    const plain = (oid: number): Type => resolve({ type: oid, modifier: -1, dimensions: 0 });
    if (row.element !== null) {
      const element = resolve({ type: row.element, modifier, dimensions: 0 });
      // Of an array in an array's place, such as a domain's base, the catalog may not say how many dimensions.
      return { kind: 'array', name: row.sql, element, dimensions: Math.max(1, dimensions) };
    }
    if (row.subtype !== null) {
      return { kind: 'range', name: row.sql, subtype: plain(row.subtype), multi: row.kind === 'm' };
    }
    if (row.base) {
      const { sql: name, notNull, checks } = row;
      return { kind: 'domain', name, base: resolve(row.base), notNull, checks: checks ?? [] };
    }
    if (row.kind === 'e') return { kind: 'enum', name: row.sql, labels: row.labels ?? [] };
    if (row.kind === 'c') {
      const fields = (row.fields ?? []).map((field) => ({ name: field.name, type: resolve(field) }));
      return { kind: 'composite', name: row.sql, fields };
    }
    return row.builtIn && SCALARS.has(row.name) ? scalar(row.name, modifier) : { kind: 'other', name: row.name };
  };
}

/**
 * A scalar with what its type modifier says. The codes are those of the types' own `typmodout`: texts count their header
 * of 4 bytes, numeric keeps precision and an 11-bit signed scale (negative since Postgres 15), interval keeps its fields
 * in the upper half and 65535 for a precision that wasn't given.
 */
export function scalar(name: string, modifier: number): ScalarType {
  const type = { kind: 'scalar', name, length: null, precision: null, scale: null } as const;
  if (modifier < 0) return type;
  switch (name) {
    case 'varchar':
    case 'bpchar':
      return { ...type, length: modifier - 4 };
    case 'bit':
    case 'varbit':
      return { ...type, length: modifier };
    case 'numeric': {
      const code = modifier - 4;
      return { ...type, precision: (code >> 16) & 0xffff, scale: ((code & 0x7ff) ^ 0x400) - 0x400 };
    }
    case 'time':
    case 'timetz':
    case 'timestamp':
    case 'timestamptz':
      return { ...type, precision: modifier };
    case 'interval':
      return (modifier & 0xffff) === 0xffff ? type : { ...type, precision: modifier & 0xffff };
    default:
      return type;
  }
}
