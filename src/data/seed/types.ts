import { baseOf, type ScalarType, type Type } from './schema.ts';

/** Names of types in pg_type. */
export const WHOLE_NUMBERS: readonly string[] = ['int2', 'int4', 'int8'];
export const NUMBERS: readonly string[] = [...WHOLE_NUMBERS, 'float4', 'float8', 'numeric', 'money', 'oid'];
export const TEXTS: readonly string[] = ['text', 'varchar', 'bpchar', 'name', 'char'];
/** Points of time, in the calendar. */
export const MOMENTS: readonly string[] = ['date', 'timestamp', 'timestamptz'];

/** Whether it is one of these types itself, no domain over one. */
export function isScalar(type: Type, ...names: readonly string[]): type is ScalarType {
  return type.kind === 'scalar' && names.includes(type.name);
}

/** `varchar`, `text` and the like, also of extensions, and domains over them. */
export function isText(type: Type): boolean {
  const base = baseOf(type);
  return base.kind === 'other' ? /(^|\.)citext$/.test(base.name) : isScalar(base, ...TEXTS);
}

/** Whether it is a domain that takes no NULL, or one over such a domain. */
export function refusesNull(type: Type): boolean {
  return type.kind === 'domain' && (type.notNull || refusesNull(type.base));
}
