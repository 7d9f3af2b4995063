import { REDACTED, type Redactor, type Span } from './redactor.ts';

/** One text in one event, with how to put another in its place. */
interface Leaf {
  readonly text: string;
  put(text: string): void;
}

/**
 * JSON values that follow each other, such as the events of a stream, without secrets: also none that is spread over
 * several of them, as a model's answer comes in pieces.
 */
export function redactAcross(values: readonly unknown[], redactor: Redactor): readonly unknown[] {
  const copies = structuredClone([...values]);
  const strands = new Map<string, Leaf[]>();
  copies.forEach((value, index) => {
    collect(value, '', strands, (text) => (copies[index] = text));
  });
  for (const leaves of strands.values()) if (leaves.length > 1) cutAcross(leaves, redactor);
  return copies.map((value) => redactor.value(value));
}

/** Texts at the same place of such values belong together; of a list's items by the number that they give themselves. */
function collect(value: unknown, path: string, strands: Map<string, Leaf[]>, put: Leaf['put']): void {
  if (typeof value === 'string') {
    const strand = strands.get(path);
    if (strand) strand.push({ text: value, put });
    else strands.set(path, [{ text: value, put }]);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const holder = value as Record<string, unknown>;
  const number = ['index', 'output_index', 'content_index'].map((name) => holder[name] ?? '').join(',');
  for (const [name, inner] of Object.entries(holder)) {
    collect(inner, `${path}/${number}/${name}`, strands, (text) => (holder[name] = text));
  }
}

function cutAcross(leaves: readonly Leaf[], redactor: Redactor): void {
  const spans = redactor.spans(leaves.map(({ text }) => text).join(''));
  let start = 0;
  for (const { text, put } of leaves) {
    const end = start + text.length;
    const inside = spans.filter((span) => span.start < end && span.end > start && !isWithin(span, start, end));
    if (inside.length > 0) put(without(text, start, inside));
    start = end;
  }
}

/** Found again in the text alone, with what its name says. */
function isWithin(span: Span, start: number, end: number): boolean {
  return span.start >= start && span.end <= end;
}

/** Where a secret begins it is named, and the rest of it is nothing. */
function without(text: string, offset: number, spans: readonly Span[]): string {
  let kept = '';
  let from = 0;
  for (const { start, end } of spans) {
    kept += text.slice(from, Math.max(from, start - offset)) + (start >= offset ? REDACTED : '');
    from = Math.min(text.length, end - offset);
  }
  return kept + text.slice(from);
}
