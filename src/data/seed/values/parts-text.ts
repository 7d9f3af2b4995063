import { baseOf, type Type } from '../schema.ts';
import type { ArrayValue, CompositeValue, MultirangeValue, RangeValue, Value } from '../value.ts';
import { type Encoder, encoderOf } from './codec.ts';

/** Written as `{1,NULL,"a b"}`; of boxes with semicolons. */
export function arrayEncoder(element: Type): Encoder {
  const encoded = encoderOf(element);
  const base = baseOf(element);
  const delimiter = base.kind === 'scalar' && base.name === 'box' ? ';' : ',';
  const item = (value: Value): string => {
    if (value === null) return 'NULL';
    return isArray(value) && base.kind !== 'array' ? list(value) : quotedItem(encoded(value));
  };
  const list = (value: ArrayValue): string => `{${value.items.map(item).join(delimiter)}}`;
  return (value) => (typeof value === 'string' ? value : list(value as ArrayValue));
}

function isArray(value: Value): value is ArrayValue {
  return typeof value === 'object' && value !== null && 'items' in value;
}

function quotedItem(text: string): string {
  return text === '' || /[{},;"\\\s]/.test(text) || /^null$/i.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;
}

/** Written as `(1,,"a b")`; a field without anything is null. */
export function compositeEncoder(types: readonly Type[]): Encoder {
  const encoded = types.map(encoderOf);
  return (value) => {
    if (typeof value === 'string') return value;
    const fields = (value as CompositeValue).fields.map((field, index) =>
      field === null ? '' : quotedField((encoded[index] as Encoder)(field)),
    );
    return `(${fields.join(',')})`;
  };
}

function quotedField(text: string): string {
  return text === '' || /[()[\],"\\\s]/.test(text) ? `"${text.replace(/["\\]/g, '$&$&')}"` : text;
}

/** Written as `[1,5)`, of several `{[1,5),[7,9)}`. */
export function rangeEncoder(subtype: Type, multi: boolean): Encoder {
  const encoded = encoderOf(subtype);
  const bound = (value: Value) => (value === null ? '' : quotedField(encoded(value)));
  const range = ({ lower, upper }: RangeValue) => `${lower === null ? '(' : '['}${bound(lower)},${bound(upper)})`;
  return (value) => {
    if (typeof value === 'string') return value;
    return multi ? `{${(value as MultirangeValue).ranges.map(range).join(',')}}` : range(value as RangeValue);
  };
}
