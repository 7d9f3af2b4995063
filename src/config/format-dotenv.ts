import { parse } from 'dotenv';

/**
 * One line of a `.env` file, readable by dotenv and by compose: bare where possible, else in the quotes that the value
 * doesn't hold. Null for the rare value that no quotes bring back: the format has no way to write it.
 */
export function formatDotenv(name: string, value: string): string | null {
  const quoted = [`'${value}'`, `\`${value}\``, `"${value.replaceAll('\n', '\\n').replaceAll('\r', '\\r')}"`];
  const bare = /^[\w./:@%+,=?&~-]*$/.test(value) ? [value] : [];
  // In quotes a backslash at the end would stand for the quote: such a value has to do without.
  const plain = /^[^#\r\n'"`\s][^#\r\n]*\\$|^\\$/.test(value) ? [value] : [];
  const lines = [...bare, ...quoted, ...plain].map((text) => `${name}=${text}`);
  // With others behind it, which an unclosed quote would swallow.
  const next = `${name}_`;
  return (
    lines.find((line) =>
      NEXT_VALUES.every((other) =>
        isSame(parse(`${line}\n${next}=${other}`), { [name]: value, [next]: other.slice(1, -1) }),
      ),
    ) ?? null
  );
}

const NEXT_VALUES = [`'"\`'`, "'\n'", '`\n`', '"\n"'];

function isSame(found: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(wanted);
  return Object.keys(found).length === names.length && names.every((name) => found[name] === wanted[name]);
}
