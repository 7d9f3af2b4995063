import type { OpenEnvironment } from '../app/open.ts';
import { watch } from '../app/watch.ts';
import { messageOf, UserError } from '../core/errors.ts';
import type { Emit, Question } from '../core/events.ts';
import { onAbort } from '../lib/on-abort.ts';
import type { Effect } from '../tui/keys/binding.ts';
import { keepMemorySmall } from '../tui/memory.ts';
import { selectedCall } from '../tui/panes/mocks/calls.ts';
import type { Ui } from '../tui/ui.tsx';
import type { CommandContext } from './command.ts';
import { silent } from './display.ts';
import { errorEvent } from './error-text.ts';
import { shownVariables } from './shown-variable.ts';
import { suspend } from './suspend.ts';
import { verbRunner } from './ui-verbs.ts';
import { type PaneWatcher, paneWatchers } from './ui-watchers.ts';
import { hasUnicode } from './unicode.ts';

/** Lines of each source from before the screen was opened. */
const TAIL = 2_000;

/** What a session begins with: `up`, or a look at what runs. */
export interface Beginning {
  readonly starting: boolean;
  begin(io: SessionIo): Promise<void>;
  /** The environment as it is now: after a verb that may have changed what it is made of. */
  reopen(emit: Emit): Promise<OpenEnvironment>;
}

export interface SessionIo {
  readonly emit: Emit;
  readonly signal: AbortSignal;
  /** To be called as soon as the environment is known. */
  entered(opened: OpenEnvironment): void;
}

export interface Leave {
  readonly how: 'detach' | 'stop';
  /** What the start has ended with, unless a later one went well. */
  readonly failure: UserError | null;
}

const LEAVE: Question = {
  id: 'leave',
  text: 'Detach or stop?',
  choices: [
    { key: 'd', label: 'detach' },
    { key: 's', label: 'stop' },
    { key: 'c', label: 'cancel' },
  ],
  fallback: 'd',
};

/** Whether there is a terminal that can show a screen. */
export function hasScreen({ terminal }: CommandContext): boolean {
  return terminal.interactive && process.stdout.isTTY === true && process.env.TERM !== 'dumb';
}

/** The terminal is the screen's until the user leaves; gives what is to be done then. Throws what ended the beginning. */
export async function runSession(context: CommandContext, beginning: Beginning): Promise<Leave> {
  keepMemorySmall();
  const { Ui } = await import('../tui/ui.tsx');
  const over = new AbortController();
  let begun: Promise<void> | undefined;
  let failure: UserError | null = null;
  let onEffect: (effect: Effect) => void = () => {};
  const panes = paneWatchers(
    {
      emit: (event) => ui.emit(event),
      isStarting: () => ui.state.starting,
      selectedCall: () => selectedCall(ui)?.id ?? null,
    },
    over.signal,
    () => beginning.reopen(silent),
  );
  const ui: Ui = new Ui({
    stdin: process.stdin,
    stdout: process.stdout,
    color: context.terminal.color,
    unicode: hasUnicode(process.env),
    starting: beginning.starting,
    onEffect: (effect) => onEffect(effect),
    onLook: panes.shown,
  });
  const leaving = new Promise<Leave>((resolve, reject) => {
    const watching = watcher(ui, panes, over.signal);
    const changed = async () => {
      failure = null;
      watching(await beginning.reopen(ui.emit));
    };
    const verbs = verbRunner(context, ui, { changed, ended: panes.happened });
    onEffect = (effect) => {
      if (effect.type === 'copy') ui.copy(effect.text);
      else if (effect.type === 'mark') ui.mark();
      else if (effect.type === 'answer') ui.answer(effect.key);
      else if (effect.type === 'run') void verbs.run(effect.argv);
      else if (effect.type === 'cancel') verbs.cancel();
      else if (effect.type === 'suspend') void suspendUi(ui);
      // As where there is no screen: what was begun is given up in order, and said.
      else if (ui.state.starting) process.kill(process.pid, 'SIGINT');
      else
        void ui
          .ask(LEAVE)
          .then((answer) => answer !== 'c' && resolve({ how: answer === 's' ? 'stop' : 'detach', failure }));
    };
    onAbort(context.signal, () => reject(context.signal.reason));
    const io: SessionIo = { emit: ui.emit, signal: context.signal, entered: watching };
    begun = begin(beginning, io, { ui, panes }).then((found) => {
      failure = found;
    }, reject);
  });
  const onSuspend = (): void => void suspendUi(ui);
  process.on('SIGTSTP', onSuspend);
  ui.open();
  try {
    return await leaving;
  } finally {
    process.off('SIGTSTP', onSuspend);
    over.abort();
    await ui.close();
    await begun;
  }
}

/** What can be looked into on the screen stays there; anything else ends it and is said where it was typed. */
async function begin(
  beginning: Beginning,
  io: SessionIo,
  { ui, panes }: { readonly ui: Ui; readonly panes: PaneWatcher },
): Promise<UserError | null> {
  try {
    await beginning.begin(io);
    return null;
  } catch (error) {
    if (!(error instanceof UserError) || (error.code !== 'failed' && error.code !== 'timeout')) throw error;
    if (io.signal.aborted || ui.model.members.length === 0) throw error;
    ui.emit(errorEvent(error));
    return error;
  } finally {
    ui.set({ starting: false });
    panes.happened();
  }
}

/** The terminal is given back, and taken again when the shell says so. */
async function suspendUi(ui: Ui): Promise<void> {
  if (!ui.isOpen) return;
  await ui.close();
  await suspend();
  ui.open();
}

/** Shows an environment instead of the one before. */
function watcher(ui: Ui, panes: PaneWatcher, over: AbortSignal): (opened: OpenEnvironment) => void {
  let current = new AbortController();
  let first = true;
  return (opened) => {
    current.abort();
    current = new AbortController();
    ui.setVariables(shownVariables(opened.stack));
    const signal = AbortSignal.any([over, current.signal]);
    const tail = first ? TAIL : 0;
    first = false;
    panes.follow(opened);
    const emit: Emit = (event) => {
      ui.emit(event);
      if (event.type === 'service' || event.type === 'process') panes.happened();
    };
    watch(opened, { tail, emit, signal }).catch((error) => {
      if (!signal.aborted) ui.set({ status: { text: messageOf(error), bad: true } });
    });
  };
}
