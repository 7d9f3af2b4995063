/** A text such as `session:{users.id}`, taken apart: literal parts as they are, and what stands between braces. */
export type TextPart = string | { readonly name: string };

/** Null where a brace is open, stands alone or holds nothing. */
export function placeholders(text: string): readonly TextPart[] | null {
  if (!/^[^{}]*(?:\{[^{}]+\}[^{}]*)*$/.test(text)) return null;
  return text.split(/(\{[^{}]+\})/).flatMap((part): TextPart[] => {
    if (part === '') return [];
    return part.startsWith('{') ? [{ name: part.slice(1, -1).trim() }] : [part];
  });
}

/** What a text names between braces. */
export function namesIn(text: string): readonly string[] {
  return (placeholders(text) ?? []).flatMap((part) => (typeof part === 'string' ? [] : [part.name]));
}

/** `users.id` and `shop.users.id` as a table and a column of it; null for a name without a table. */
export function columnReference(name: string): { readonly table: string; readonly column: string } | null {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? null : { table: name.slice(0, dot), column: name.slice(dot + 1) };
}
