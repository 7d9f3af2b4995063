import { parse } from 'dotenv';

/**
 * One line of a `.env` file, readable by dotenv and by compose: bare where possible, else in the quotes that the value
 * doesn't hold. Null for the rare value that no quotes bring back: the format has no way to write it.
 */
export function formatDotenv(name: string, value: string): string | null {
  const quoted = [`'${value}'`, `\`${value}\``, `"${value.replaceAll('\n', '\\n').replaceAll('\r', '\\r')}"`];
  const bare = /^[\w./:@%+,=?&~-]*$/.test(value) ? [value] : [];
  const lines = [...bare, ...quoted].map((text) => `${name}=${text}`);
  // With another line behind it, which an unclosed quote would swallow.
  const next = `${name}_`;
  return lines.find((line) => isSame(parse(`${line}\n${next}='"\`'`), { [name]: value, [next]: '"`' })) ?? null;
}

function isSame(found: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(wanted);
  return Object.keys(found).length === names.length && names.every((name) => found[name] === wanted[name]);
}
