import { lineAt } from '../files.ts';
import type { Finding } from '../finding.ts';
import { sourcesOf } from '../sources.ts';
import type { Detector } from './detector.ts';

/** How each language reads a variable of its environment. */
const READS: readonly { readonly files: RegExp; readonly reads: RegExp }[] = [
  {
    files: /\.[cm]?[jt]sx?$/,
    reads: /(?:process\.env|Bun\.env)(?:\.([A-Z][A-Z0-9_]*)\b|\[['"]([A-Z][A-Z0-9_]*)['"]\])/g,
  },
  {
    files: /\.py$/,
    reads:
      /(?:os\.environ(?:\.get\(|\[)|os\.getenv\(|(?:env|config)(?:\.(?:str|int|url|db|db_url|cache|cache_url|get|get_value))?\()\s*['"]([A-Z][A-Z0-9_]*)['"]/g,
  },
  { files: /\.rb$/, reads: /ENV(?:\.fetch\(|\[)\s*['"]([A-Z][A-Z0-9_]*)['"]/g },
  { files: /\.go$/, reads: /os\.(?:Getenv|LookupEnv)\("([A-Z][A-Z0-9_]*)"\)/g },
];

/** Variables that the code reads. They count where their names say what they are for. */
export const detectSources: Detector = (files) =>
  READS.flatMap((language) => {
    const names = new Map<string, Finding>();
    for (const { name: file, text } of sourcesOf(files, language.files)) {
      for (const match of text.matchAll(language.reads)) {
        const name = match[1] ?? match[2] ?? '';
        const evidence = { file, line: lineAt(text, match.index), what: `reads ${name}` };
        if (!names.has(name)) names.set(name, { kind: 'variable', name, listed: false, evidence });
      }
    }
    return [...names.values()];
  });
