import type { Node, ScanToken } from 'libpg-query';

/** A condition as Postgres' own parser reads it, and the words it stands in. */
export interface Parsed {
  readonly node: Node;
  readonly text: string;
  readonly tokens: readonly ScanToken[];
}

const PREFIX = 'select ';

/**
 * Reads a condition; null where it is none. `value` is what VALUE stands for in the check of a domain: a quoted column; null
 * elsewhere.
 */
export async function parseCondition(text: string, value: string | null): Promise<Parsed | null> {
  const postgres = await import('libpg-query');
  await postgres.loadModule();
  try {
    return read(text, value, postgres);
  } catch (error) {
    if (error instanceof postgres.SqlError) return null;
    throw error;
  }
}

function read(
  text: string,
  value: string | null,
  { parseSync, scanSync }: typeof import('libpg-query'),
): Parsed | null {
  const condition = value === null ? text : withValue(text, scanSync(text).tokens, value);
  const statement = parseSync(PREFIX + condition).stmts?.[0]?.stmt;
  const target = statement && 'SelectStmt' in statement ? statement.SelectStmt.targetList?.[0] : undefined;
  const node = target && 'ResTarget' in target ? target.ResTarget.val : undefined;
  return node ? { node, text: condition, tokens: scanSync(condition).tokens } : null;
}

/** Places are in bytes, as Postgres counts them. */
function withValue(text: string, tokens: readonly ScanToken[], value: string): string {
  const bytes = Buffer.from(text);
  let done = 0;
  let result = '';
  for (const token of tokens) {
    const word = bytes.subarray(token.start, token.end).toString();
    if (word.toLowerCase() !== 'value') continue;
    result += bytes.subarray(done, token.start).toString() + value;
    done = token.end;
  }
  return result + bytes.subarray(done).toString();
}

/** What AND joins at the top: each has to hold by itself. */
export function conjunctsOf(node: Node): readonly Node[] {
  if (!('BoolExpr' in node) || node.BoolExpr.boolop !== 'AND_EXPR') return [node];
  return (node.BoolExpr.args ?? []).flatMap(conjunctsOf);
}

/** A part as it was written. The parser tells where things begin and not where they end: parentheses and AND tell that. */
export function sqlOf(part: Node, { node, text, tokens }: Parsed): string {
  if (part === node) return text.trim();
  const places = placesIn(part);
  let first = tokens.findIndex(({ start }) => start >= Math.min(...places) - PREFIX.length);
  const lastPlace = Math.max(...places) - PREFIX.length;
  let last = first;
  for (let depth = 0; last < tokens.length; last += 1) {
    const token = tokens[last] as ScanToken;
    const beyond = token.start > lastPlace && depth <= 0;
    if (beyond && (token.text === ')' || /^(and|or)$/i.test(token.text))) {
      if (token.text !== ')' || depth >= 0) break;
    }
    if (token.text === '(' || token.text === '[') depth += 1;
    if (token.text === ')' || token.text === ']') depth -= 1;
    if (depth < 0) {
      first = Math.max(0, first - 1);
      depth = 0;
    }
  }
  const bytes = Buffer.from(text);
  return bytes.subarray(tokens[first]?.start ?? 0, tokens[last - 1]?.end ?? bytes.length).toString();
}

function placesIn(value: unknown): readonly number[] {
  if (Array.isArray(value)) return value.flatMap(placesIn);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'location' && typeof inner === 'number' && inner >= 0 ? [inner] : placesIn(inner),
  );
}
