import type { CommonOptions } from '../app/options.ts';
import { UserError } from '../core/errors.ts';
import type { Emit } from '../core/events.ts';
import { maskKeys } from '../core/guard/find.ts';
import type { RuntimeName } from '../core/stack.ts';
import { durationMs } from '../lib/duration.ts';
import type { CommandContext, Flags, OptionSpec } from './command.ts';

const CWD: OptionSpec = {
  flags: '-C, --cwd <folder>',
  description: 'work on the checkout that holds this folder',
  offers: 'folders',
};

/** Flags of every verb that works on a checkout. */
export const COMMON: readonly OptionSpec[] = [
  CWD,
  {
    flags: '--tier <name>',
    description: 'layer of the configuration: environments.<name> (default: development)',
    offers: 'tiers',
  },
  { flags: '--set <path=value>', description: 'override a value: services.db.version=16', repeatable: true },
  { flags: '-e, --env <NAME=value>', description: 'set a variable', repeatable: true },
  { flags: '--runtime <name>', description: 'where services run', choices: ['docker', 'embedded'] },
  { flags: '--offline', description: 'never touch the network' },
];

/** Of verbs that give variables to something. */
export const ALLOW_LIVE: OptionSpec = {
  flags: '--allow-live <names>',
  description: 'let these variables hold a live key this once; not in previews',
  repeatable: true,
  offers: 'variables',
};

export const JSON_FLAG: OptionSpec = { flags: '--json', description: 'print JSON' };
export const VERBOSE: OptionSpec = { flags: '-v, --verbose', description: 'say every step, what was decided, and why' };
export const QUIET: OptionSpec = {
  flags: '-q, --quiet',
  description: 'only results and errors',
  conflicts: ['verbose'],
};

/** Those of many verbs, which may stand before the verb too: `devenv -C ../shop status`, as with git and make. */
export const BEFORE_VERB: readonly OptionSpec[] = [CWD, JSON_FLAG, QUIET, VERBOSE];

/** `-C` and `--cwd` of `-C, --cwd <folder>`. */
export function spellings({ flags }: OptionSpec): readonly string[] {
  return flags.split(/[ ,|]+/).filter((part) => part.startsWith('-'));
}

export function takesValue({ flags }: OptionSpec): boolean {
  return /[<[]/.test(flags);
}

export function commonOptions(context: CommandContext, emit: Emit): CommonOptions {
  const { options, signal } = context;
  return {
    cwd: text(options, 'cwd') ?? workingFolder(),
    tier: text(options, 'tier') ?? 'development',
    set: list(options, 'set'),
    env: list(options, 'env'),
    runtime: (text(options, 'runtime') as RuntimeName | undefined) ?? null,
    offline: options.offline === true,
    allowLive: variableNames('--allow-live', list(options, 'allowLive')),
    emit,
    signal,
  };
}

/** `A,B`; what is no name may be a value that was given by mistake, and is not said. */
function variableNames(flag: string, given: readonly string[]): readonly string[] {
  const names = given.flatMap((one) => one.split(',')).map((name) => name.trim());
  if (names.every((name) => /^[A-Za-z_]\w*$/.test(name) && maskKeys(name) === name)) return names;
  throw new UserError(`${flag} takes names of variables`, { code: 'usage', hints: [`${flag} NAME, or NAME,OTHER`] });
}

export function workingFolder(): string {
  try {
    return process.cwd();
  } catch (cause) {
    throw new UserError('the working folder no longer exists', { code: 'usage', hints: ['cd to another one.'], cause });
  }
}

export function text(options: Flags, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

export function list(options: Flags, name: string): readonly string[] {
  const value = options[name];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

export function duration(flag: string, value: string): number {
  const found = milliseconds(value);
  if (found !== null) return found;
  throw new UserError(`${flag}: "${value}" is no duration`, { code: 'usage', hints: ['Write 90, 90s, 2m or 1h.'] });
}

/** Of `90`, `90s`, `2m`; null for what is no duration. A bare number is seconds. */
export function milliseconds(value: string): number | null {
  return durationMs(/^\d+(\.\d+)?$/.test(value) ? `${value}s` : value);
}
