import type { Node } from 'libpg-query';
import { Beyond, bare } from './reading.ts';

type TypeName = NonNullable<Extract<Node, { TypeCast: unknown }>['TypeCast']['typeName']>;

/** What a list of constants holds: IN (…), ARRAY[…], or '{…}'::text[], each item with the type of the list. */
export function itemsOf(written: Node): readonly Node[] {
  const node = bare(written);
  if ('List' in node) return node.List.items ?? [];
  if ('A_ArrayExpr' in node) return node.A_ArrayExpr.elements ?? [];
  if ('A_Const' in node && node.A_Const.sval) return literalItems(node.A_Const.sval.sval ?? '');
  if ('TypeCast' in node && node.TypeCast.arg) {
    const { arg, typeName } = node.TypeCast;
    return itemsOf(arg).map((item) => (typeName ? typed(item, typeName) : item));
  }
  throw new Beyond('looks inside a value');
}

function typed(item: Node, typeName: TypeName): Node {
  const { arrayBounds: _, typmods: __, ...element } = typeName;
  return { TypeCast: { arg: item, typeName: element } };
}

/** The form in which Postgres writes arrays of one dimension. */
function literalItems(text: string): readonly Node[] {
  const inside = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1];
  if (inside === undefined) throw new Beyond('looks inside a value');
  const items = inside.match(/"(?:[^"\\]|\\.)*"|[^,"]+/g) ?? [];
  return items.map((item) => {
    if (/^\s*null\s*$/i.test(item)) return { A_Const: { isnull: true } };
    const plain = item.startsWith('"') ? item.slice(1, -1).replace(/\\(.)/g, '$1') : item.trim();
    return { A_Const: { sval: { sval: plain } } };
  });
}
