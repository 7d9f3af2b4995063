import type { Recording } from './recording.ts';

/** JSON to be read in a diff: a line for each value, and for each event of a stream. */
export function printRecording(recording: Recording): string {
  return `${print(recording, '', '')}\n`;
}

function print(value: unknown, name: string, indent: string): string {
  if (Array.isArray(value)) {
    const item = (inner: unknown) => (name === 'events' ? JSON.stringify(inner) : print(inner, '', `${indent}  `));
    return lines('[', value.map(item), ']', indent);
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const pairs = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return lines(
    '{',
    pairs.map(([key, inner]) => `${JSON.stringify(key)}: ${print(inner, key, `${indent}  `)}`),
    '}',
    indent,
  );
}

function lines(open: string, inner: readonly string[], close: string, indent: string): string {
  if (inner.length === 0) return `${open}${close}`;
  return `${open}\n${inner.map((line) => `${indent}  ${line}`).join(',\n')}\n${indent}${close}`;
}
