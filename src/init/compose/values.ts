import { isKeys } from '../../config/path.ts';

/** What Compose would put in for `${NAME}`; undefined when it can't be known here. */
export type Lookup = (name: string) => string | undefined;

const REFERENCE = /\$\$|\$\{([A-Za-z_]\w*)(?:(:?[-?+])([^}]*))?\}|\$([A-Za-z_]\w*)/g;

/** The value with its references replaced; undefined when one of them leads nowhere. */
export function interpolated(text: string, lookup: Lookup): string | undefined {
  let complete = true;
  const result = text.replace(REFERENCE, (whole, braced?: string, sign?: string, rest?: string, bare?: string) => {
    if (whole === '$$') return '$';
    const fallback = sign?.endsWith('-') ? rest : undefined;
    const value = lookup(braced ?? bare ?? '') ?? fallback;
    if (value === undefined) complete = false;
    return value ?? '';
  });
  return complete ? result : undefined;
}

/** The variables that a text refers to. */
export function referredIn(text: string): readonly string[] {
  return [...text.matchAll(REFERENCE)].flatMap(([, braced, , , bare]) => braced ?? bare ?? []);
}

/** The same value in devenv's words. `.env` files and the shell give the variables there too. */
export function translated(text: string): string {
  return text.replace(REFERENCE, (whole, braced?: string, sign?: string, rest?: string, bare?: string, ...more) => {
    // A dollar is doubled where it would begin a reference.
    const [offset] = more as [number];
    if (whole === '$$') return /^[{$]/.test(text.slice(offset + 2)) ? '$$' : '$';
    return `\${${braced ?? bare}:-${sign?.endsWith('-') ? rest : ''}}`;
  });
}

/** `environment:` as a list or as keys; a name without a value has none. */
export function environmentOf(value: unknown): ReadonlyMap<string, string | undefined> {
  if (Array.isArray(value)) {
    return new Map(
      value.map(String).map((entry) => {
        const end = entry.indexOf('=');
        return end < 0 ? [entry, undefined] : [entry.slice(0, end), entry.slice(end + 1)];
      }),
    );
  }
  if (!isKeys(value)) return new Map();
  return new Map(
    Object.entries(value).map(([name, text]) => [name, text === null || isKeys(text) ? undefined : String(text)]),
  );
}

export function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** `command:`, as a list or as text that Compose takes apart like a shell: words, with quotes around some. */
export function commandWords(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  if (typeof value !== 'string') return [];
  const words = value.matchAll(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g);
  return [...words].map(([word]) =>
    word.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g, (_, double?: string, single?: string, escaped?: string) =>
      double === undefined ? (single ?? escaped ?? '') : double.replace(/\\(["\\$`])/g, '$1'),
    ),
  );
}
