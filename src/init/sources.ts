import { matching, type ProjectFiles, type TextFile } from './files.ts';

const TEST = /(^|\/)(test_[^/]*|[^/]*[._-](test|spec|stories)\.\w+|conftest\.py)$/;

/** The app's own code, without that of its tests. */
export function sourcesOf(files: ProjectFiles, pattern: RegExp): readonly TextFile[] {
  return matching(files, pattern).filter(({ name }) => !TEST.test(name));
}

export const JAVASCRIPT = /\.[cm]?[jt]sx?$/;

/** How each language reads a variable of its environment: what is around the names, which are taken from the match. */
const READS: readonly { readonly files: RegExp; readonly reads: readonly RegExp[] }[] = [
  {
    files: JAVASCRIPT,
    reads: [
      /(?:process\.env|Bun\.env|import\.meta\.env)(?:\.[A-Z][A-Z0-9_]*\b|\[['"][A-Z][A-Z0-9_]*['"]\])/g,
      // const { PORT = 3000, DATABASE_URL } = process.env
      /\{[^{}]*\}\s*=\s*(?:process|Bun)\.env\b/g,
      // requireEnv('PORT', 'DATABASE_URL')
      /\b\w*[eE]nv\w*\((?:\s*['"][A-Z][A-Z0-9_]*['"]\s*,?)+/g,
      // PORT: z.coerce.number(), DATABASE_URL: str()
      /^[ \t]*[A-Z][A-Z0-9_]*\s*:\s*(?:z\.|Joi\.|v\.|str\(|url\(|num\(|port\()/gm,
    ],
  },
  {
    files: /\.py$/,
    reads: [/(?:os\.environ(?:\.get\(|\[)|os\.getenv\(|(?:env|config)(?:\.\w+)?\()\s*['"][A-Z][A-Z0-9_]*['"]/g],
  },
  { files: /\.rb$/, reads: [/ENV(?:\.fetch\(|\[)\s*['"][A-Z][A-Z0-9_]*['"]/g] },
  { files: /\.go$/, reads: [/os\.(?:Getenv|LookupEnv)\("[A-Z][A-Z0-9_]*"\)/g] },
];

/** A read that fails where there is no value: `os.environ["KEY"]`, `ENV.fetch("KEY")`. */
const FAILS = /^(?:os\.environ\[|ENV\.fetch\(\s*['"]\w+['"]\s*\)(?!\s*(?:do\b|\{)))/;

/** Parts of the matches that are no names. */
const AROUND = new Set(['ENV', 'Z', 'V']);

export interface Read {
  readonly variable: string;
  /** Where its name stands in the text. */
  readonly index: number;
  /** It fails without a value. */
  readonly required: boolean;
}

/** The variables that a source reads, in its order. */
export function readsOf({ name, text }: TextFile): readonly Read[] {
  const patterns = READS.find(({ files }) => files.test(name))?.reads ?? [];
  return patterns
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .flatMap(({ index, 0: whole }) =>
      [...whole.matchAll(/(?<![\w$])[A-Z][A-Z0-9_]*(?![\w$(])/g)]
        .filter(([variable]) => !AROUND.has(variable))
        .map((match) => ({
          variable: match[0],
          index: index + match.index,
          required: FAILS.test(text.slice(index)),
        })),
    )
    .sort((a, b) => a.index - b.index);
}
