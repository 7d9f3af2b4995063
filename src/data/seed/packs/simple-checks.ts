/** Without casts and brackets: `((price >= (0)::numeric))` is `price >= 0`. Null where a bracket means something else. */
function plain(expression: string): string {
  return expression
    .replace(
      /::(?:character varying|double precision|timestamp with(?:out)? time zone|[a-z_][\w.]*)(?:\(\d+(?:,\d+)?\))?(?:\[\])?/gi,
      '',
    )
    .replace(/[()]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The texts that a check allows for a column (or VALUE, of a domain): `status = ANY (ARRAY['a', 'b'])`; null for any other check. */
export function literals(expression: string, column: string): readonly string[] | null {
  const [, name, list] = /^"?([\w$]+)"? (?:= ANY ARRAY\s?\[|IN )(.*?)\]?$/i.exec(plain(expression)) ?? [];
  if (list === undefined || !isName(name, column)) return null;
  const texts = list.split(/, ?/);
  // Brackets and casts inside of a text are part of it.
  if (!texts.every((text) => /^'[^']*'$/.test(text) && expression.includes(text))) return null;
  return texts.map((text) => text.slice(1, -1));
}

/** What comparisons with numbers leave of a column: `price > 0 AND price <= 9`; null for any other check. */
export function bounds(expression: string, column: string): { readonly min?: number; readonly max?: number } | null {
  const parts = plain(expression)
    .replace(/([\w"$]+) BETWEEN (\S+) AND (\S+)/gi, '$1 >= $2 AND $1 <= $3')
    .split(/ AND /i)
    .map((part) => /^"?([\w$]+)"? (>=|>|<=|<) '?(-?\d+(?:\.\d+)?)'?$/.exec(part));
  const found: { min?: number; max?: number } = {};
  for (const part of parts) {
    if (!part || !isName(part[1], column)) return null;
    const value = Number(part[3]);
    // One less, also of fractions: what is wanted lies well within such bounds.
    if (part[2]?.startsWith('>')) found.min = Math.max(found.min ?? value, part[2] === '>' ? value + 1 : value);
    else found.max = Math.min(found.max ?? value, part[2] === '<' ? value - 1 : value);
  }
  return found;
}

function isName(found: string | undefined, column: string): boolean {
  return found === column || found?.toUpperCase() === 'VALUE';
}
