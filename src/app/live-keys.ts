import { UserError } from '../core/errors.ts';
import type { Event } from '../core/events.ts';
import type { LiveVariable } from '../core/guard/judge.ts';
import { type Environment, isPreview, type Stack } from '../core/stack.ts';
import { type LetIn, noteLetIn } from '../state/let-in.ts';

/**
 * Before anything is started: refuses, or says what was let in and what is held back. What the flag has let in is noted
 * first, under the verb that it was for (null: nothing will be started); what can't be noted is not let in.
 */
export async function guardStack(
  stack: Stack,
  verb: string | null,
  emit: (notice: NoticeEvent) => void,
): Promise<void> {
  refuseLiveKeys(stack);
  const { liveKeys, environment } = stack;
  const flagged = liveKeys.allowed.filter(({ by }) => by === 'flag');
  const time = new Date().toISOString();
  const noted = flagged.map(({ name: variable, place, provider, starts }): LetIn => {
    return { time, verb: verb ?? '', path: environment.path, variable, place, provider, starts };
  });
  if (verb !== null && noted.length > 0) await noteLetIn(noted);
  for (const event of liveKeyNotices(stack)) emit(event);
}

/** All live keys at once, none with its value. */
export function refuseLiveKeys({ liveKeys: { refused }, environment }: Stack): void {
  if (refused.length === 0) return;
  const one = refused.length === 1;
  throw new UserError(
    [`${one ? 'a live key stands' : `${refused.length} live keys stand`} in the way:`, ...refused.map(line)].join(
      '\n  ',
    ),
    { code: 'failed', hints: ['Nothing was started.', ...hintsFor(refused, isPreview(environment))] },
  );
}

/** What was let in, or was to be and is none, and what the shell has and nothing gets. */
export function liveKeyNotices({ liveKeys: { allowed, withheld, needless } }: Stack): readonly NoticeEvent[] {
  const inside = [
    ...allowed.map((live): NoticeEvent => {
      const by = live.by === 'flag' ? '--allow-live' : 'guard.allow';
      return notice(live.by === 'flag' ? 'warning' : 'info', `${line(live)}: a live key, let in by ${by}`);
    }),
    ...needless.map((name) => notice('warning', `--allow-live ${name}: no variable of that name holds a live key`)),
  ];
  if (withheld.length === 0) return inside;
  const names = [...new Set(withheld.map(({ name, provider }) => `${name} (${provider})`))].join(', ');
  const first = withheld[0]?.name ?? '';
  const message = `Withheld from processes, a live key of the shell: ${names}. To give it: guard.allow, or --allow-live ${first}`;
  return [...inside, notice('info', message)];
}

export type NoticeEvent = Extract<Event, { readonly type: 'notice' }>;

/** A preview is open to others: nobody lets a live key into it by a flag. */
export function refuseInPreview(names: readonly string[], environment: Environment): void {
  if (names.length === 0 || !isPreview(environment)) return;
  throw new UserError(`--allow-live is not for previews: ${names.join(', ')}`, {
    code: 'refused',
    hints: ['Give a preview the keys of the mocks, or test keys.'],
  });
}

function notice(level: NoticeEvent['level'], message: string): NoticeEvent {
  return { type: 'notice', level, message };
}

function line({ name, place, provider, starts }: LiveVariable): string {
  return `${name} (${place}): ${provider}, ${starts}…`;
}

function hintsFor(refused: readonly LiveVariable[], preview: boolean): readonly string[] {
  const namesOf = (kinds: readonly LiveVariable['kind'][]) => [
    ...new Set(refused.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name)),
  ];
  const all = namesOf(['payments', 'ai', 'other']);
  const declarable = namesOf(preview ? ['other'] : ['ai', 'other']).filter((name) => /^\w+$/.test(name));
  const flaggable = all.filter((name) => /^\w+$/.test(name));
  return [
    'Take it out there, or unset it in the shell. The keys of mocks and test keys are let through.',
    ...(preview || flaggable.length === 0 ? [] : [`To let it in for this once: --allow-live ${flaggable.join(',')}`]),
    ...(declarable.length === 0
      ? []
      : [`For good, in the configuration: guard: { allow: [${declarable.join(', ')}] }`]),
  ];
}
