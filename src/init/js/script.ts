import { FRAMEWORKS, type Framework } from './frameworks.ts';
import type { Package } from './packages.ts';

/** What a script comes down to. */
export interface Script {
  readonly name: string;
  readonly text: string;
  /** The command at its end, which is what further arguments go to: without variables and wrappers before it. */
  readonly last: string;
  readonly framework: Framework | undefined;
  /** The port that it names, and whether that is as a flag or a variable. */
  readonly port: { readonly value: number; readonly as: 'flag' | 'variable' } | undefined;
  /** It starts several programs: further arguments would go astray. */
  readonly several: boolean;
}

const ALIAS = /^(?:npm run|npm|pnpm run|pnpm|yarn run|yarn|bun run)(?: --silent| -s)? ([\w:.-]+)$/;
const SEVERAL =
  /^(concurrently|npm-run-all|run-p|run-s|turbo|nx|lerna|wireit|mprocs|overmind|foreman)\b|[^&|]&($|[^&])|\|/;
const WRAPPERS =
  /^(?:(?:cross-env(?:-shell)?|env|dotenv(?: -e \S+)*(?: --)?|npx(?: --no)?|pnpm exec|bunx(?: --bun)?|yarn run|exec)\s+)/;
const ASSIGNMENT = /^([A-Za-z_]\w*)=(\S*)\s+/;
const PORT_FLAG = /(?:^|\s)(?:-p|--port|-P)[= ]?(\d{2,5})\b/;

/** A script that only calls another of the same package is that other. */
export function resolveScript(of: Package, name: string, depth = 0): Script | undefined {
  const text = of.scripts.get(name)?.trim();
  if (text === undefined || text === '') return undefined;
  const alias = ALIAS.exec(text)?.[1];
  if (alias !== undefined && alias !== name && of.scripts.has(alias) && depth < 3) {
    return resolveScript(of, alias, depth + 1);
  }
  const tail = text.split(/&&|;/).at(-1)?.trim() ?? '';
  const { command, port: variable } = unwrapped(tail);
  const flag = Number(PORT_FLAG.exec(command)?.[1] ?? 0);
  return {
    name,
    text,
    last: command,
    framework: FRAMEWORKS.find(({ program }) => program.test(command)),
    port: flag > 0 ? { value: flag, as: 'flag' } : variable ? { value: variable, as: 'variable' } : undefined,
    several: SEVERAL.test(tail),
  };
}

function unwrapped(line: string): { readonly command: string; readonly port: number } {
  let command = line;
  let port = 0;
  for (;;) {
    const assignment = ASSIGNMENT.exec(command);
    if (assignment?.[1] === 'PORT') port = Number(assignment[2]) || 0;
    const before = assignment ?? WRAPPERS.exec(command);
    if (!before) return { command, port };
    command = command.slice(before[0].length);
  }
}
