import type { Secret } from '../secret.ts';
import { findKeys, type Key, maskKeys } from './find.ts';
import type { ProviderKind } from './shapes.ts';

/** A text that a process, a container or a command is about to be given. */
export interface Given {
  /** The variable's name, or the key of the configuration where it is no variable. A key may be in it as well. */
  readonly name: string;
  readonly value: Secret;
  /** `file:line`, or `the shell`; asked for only where something was found. */
  readonly place: () => string;
  /** Nothing but the shell that devenv was called from gives it. */
  readonly fromShell: boolean;
}

/** A variable that holds a key, with all that may be said of it. */
export interface LiveVariable {
  readonly name: string;
  readonly place: string;
  readonly provider: string;
  readonly kind: ProviderKind;
  /** The key's fixed first characters. */
  readonly starts: string;
}

export interface AllowedVariable extends LiveVariable {
  readonly by: 'flag' | 'configuration';
}

/** What has been decided about the live keys that were found. */
export interface LiveKeys {
  /** They stop whatever would give them to something. */
  readonly refused: readonly LiveVariable[];
  readonly allowed: readonly AllowedVariable[];
  /** The shell has them, and nothing gets them. */
  readonly withheld: readonly LiveVariable[];
  /** Their names as they are, with those that belong to them. */
  readonly withheldNames: readonly string[];
  /** Named by the flag, and nothing of that name holds a live key. */
  readonly needless: readonly string[];
}

export const NO_LIVE_KEYS: LiveKeys = { refused: [], allowed: [], withheld: [], withheldNames: [], needless: [] };

export interface GuardRules {
  /** Named by `--allow-live`. */
  readonly flag: readonly string[];
  /** Named by `guard.allow`. */
  readonly configuration: readonly string[];
  readonly preview: boolean;
  /** The payments of this environment are mocked: any other webhook secret than the minted one is a mistake. */
  readonly paymentsMocked: boolean;
}

/** What is half of a credential, and no use without the other half. */
const COMPANIONS: Readonly<Record<string, readonly string[]>> = {
  AWS_ACCESS_KEY_ID: ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_SECURITY_TOKEN'],
};

/**
 * Keys that cost money, and all that a project gives itself, are refused unless somebody has named them. Others that are
 * merely in the shell, such as GITHUB_TOKEN, are in nearly everybody's: they are not given on, which needs no question.
 */
export function judge(given: readonly Given[], rules: GuardRules): LiveKeys {
  const refused: LiveVariable[] = [];
  const allowed: AllowedVariable[] = [];
  const withheld: LiveVariable[] = [];
  const withheldNames = new Set<string>();
  for (const one of given) {
    const texts = [one.value.reveal(), one.name];
    const keys = differing(texts.flatMap(findKeys).filter((key) => counts(key, rules)));
    if (keys.length === 0) continue;
    const found = keys.map((key) => liveVariable(one, key));
    const isKept = one.fromShell && found.every(({ kind }) => kind === 'other') && allowedBy(found[0], rules) === null;
    if (isKept) {
      withheld.push(...found);
      for (const name of [one.name, ...(COMPANIONS[one.name] ?? [])]) withheldNames.add(name);
    } else {
      for (const live of found) {
        const by = allowedBy(live, rules);
        if (by === null) refused.push(live);
        else allowed.push({ ...live, by });
      }
    }
  }
  const needless = rules.flag.filter((name) => !allowed.some((live) => live.name === name));
  return { refused, allowed, withheld, withheldNames: [...withheldNames], needless };
}

function counts({ mode }: Key, { paymentsMocked }: GuardRules): boolean {
  return mode === 'live' || (mode === 'unknown' && paymentsMocked);
}

/** One that holds a whole file of them says each provider once. */
function differing(keys: readonly Key[]): readonly Key[] {
  return keys.filter((key, index) => keys.findIndex(({ starts }) => starts === key.starts) === index);
}

function liveVariable({ name, place }: Given, { provider, kind, starts }: Key): LiveVariable {
  return { name: maskKeys(name), place: maskKeys(place()), provider, kind, starts };
}

/**
 * The flag lets in anything for one run, and nothing into a preview, where others pay with it. The configuration lets in
 * for good what there is no other way for: whoever takes payments has test keys; a preview is no place for paid models.
 */
function allowedBy(live: LiveVariable | undefined, rules: GuardRules): AllowedVariable['by'] | null {
  if (!live) return null;
  if (!rules.preview && rules.flag.includes(live.name)) return 'flag';
  return rules.configuration.includes(live.name) && mayBeDeclared(live.kind, rules) ? 'configuration' : null;
}

/** Whether the configuration can let a key in. */
export function mayBeDeclared(kind: ProviderKind, { preview }: Pick<GuardRules, 'preview'>): boolean {
  switch (kind) {
    case 'payments':
      return false;
    case 'ai':
      return !preview;
    case 'other':
      return true;
    default:
      return kind satisfies never;
  }
}
