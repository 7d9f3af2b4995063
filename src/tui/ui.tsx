import type { WriteStream } from 'node:tty';
import { type Instance, type Key, render, useInput, useStdin } from 'ink';
import { useEffect, useRef } from 'react';
import type { Ask, ErrorEvent, Event, Question } from '../core/events.ts';
import { copySequence } from './clipboard.ts';
import { App } from './components/App.tsx';
import { ContextMaker, type Known, type ShownVariable, type UiContext } from './context.ts';
import type { Effect, Outcome } from './keys/binding.ts';
import { cameWithEscape, keyName, Presses } from './keys/key-name.ts';
import { update } from './keys/update.ts';
import { endingOf } from './logs/ending.ts';
import { LogStore } from './logs/log-store.ts';
import { EMPTY, type Model, reduce } from './model/model.ts';
import { Screen } from './screen.ts';
import { dataVerbRuns, newState, type UiState } from './state.ts';

/** Between two frames that nobody waits for. */
const FRAME_MS = 66;
/** While time itself is shown. */
const CLOCK_MS = 250;

export interface UiOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: WriteStream;
  readonly color: boolean;
  readonly unicode: boolean;
  readonly starting: boolean;
  /** Carries out what the state alone can't. */
  readonly onEffect: (effect: Effect) => void;
  /** Another pane is shown, or another call of the mocks is selected. */
  readonly onLook?: (state: UiState) => void;
}

/** The screen and what it knows. Keys and events change the state; frames are drawn from it, seldom enough. */
export class Ui {
  readonly #options: UiOptions;
  readonly #screen: Screen;
  readonly #store = new LogStore();
  readonly #contexts = new ContextMaker();
  #model: Model = EMPTY;
  #variables: readonly ShownVariable[] = [];
  #state: UiState;
  #instance: Instance | null = null;
  #timer: NodeJS.Timeout | null = null;
  #clock: NodeJS.Timeout | null = null;
  #answers: { readonly question: Question; readonly resolve: (key: string) => void }[] = [];
  readonly #presses = new Presses();
  readonly #onResize = (): void => this.#resize();

  constructor(options: UiOptions) {
    this.#options = options;
    this.#screen = new Screen(options.stdout, options);
    this.#state = newState(this.#size(), options.starting);
  }

  /** Takes the terminal, for the first time or after `close`. */
  open(): void {
    this.#screen.enter();
    this.#state = { ...this.#state, size: this.#size() };
    this.#options.stdout.on('resize', this.#onResize);
    this.#instance = render(this.#view(), {
      stdin: this.#options.stdin,
      stdout: this.#screen as unknown as WriteStream,
      debug: true,
      exitOnCtrlC: false,
      patchConsole: false,
    });
    this.#clock = setInterval(() => (this.#state.starting || dataVerbRuns(this.#state)) && this.#draw(), CLOCK_MS);
  }

  /** Gives the terminal back as it was. */
  async close(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#clock) clearInterval(this.#clock);
    this.#timer = null;
    this.#clock = null;
    this.#options.stdout.off('resize', this.#onResize);
    const instance = this.#instance;
    this.#instance = null;
    this.#screen.leave();
    instance?.unmount();
    await instance?.waitUntilExit();
    stopReading(this.#options.stdin);
  }

  /** Whether the terminal is its. */
  get isOpen(): boolean {
    return this.#instance !== null;
  }

  get state(): UiState {
    return this.#state;
  }

  get model(): Model {
    return this.#model;
  }

  readonly emit = (event: Event | ErrorEvent): void => {
    const before = this.#model;
    if (event.type === 'log') this.#store.push(event);
    const ending = endingOf(before, event);
    if (ending) this.#store.tell(ending, new Date().toISOString());
    this.#model = reduce(before, event, Date.now());
    if (this.#model !== before || event.type === 'log') this.#drawSoon();
  };

  /** The question waits for those before it; the answer is the key of a choice. */
  readonly ask: Ask = (question) =>
    new Promise((resolve) => {
      this.#answers.push({ question, resolve });
      this.#showQuestion();
    });

  set(part: Partial<UiState>): void {
    this.#become({ ...this.#state, ...part });
    this.#drawSoon();
  }

  setVariables(variables: readonly ShownVariable[]): void {
    this.#variables = variables;
    this.#drawSoon();
  }

  mark(): void {
    const time = new Date();
    this.#store.mark(`── ${time.toTimeString().slice(0, 8)} `, time.toISOString());
    this.#draw();
  }

  copy(text: string): void {
    this.#options.stdout.write(copySequence(text, process.env));
  }

  answer(key: string): void {
    this.#answers.shift()?.resolve(key);
    this.#showQuestion();
  }

  readonly #onKey = (input: string, key: Key, sequence: string): void => {
    for (const press of this.#presses.take(keyName(input, key), input, cameWithEscape(sequence))) {
      this.#apply(update(this.#context(), press.name, press.input));
    }
  };

  #apply({ state, effects }: Outcome): void {
    this.#become(state);
    for (const effect of effects) this.#options.onEffect(effect);
    this.#showQuestion();
    this.#draw();
  }

  /** Once nothing else covers the screen that somebody types into or reads; a page of output may have asked it itself. */
  #showQuestion(): void {
    const [next] = this.#answers;
    if (!next || (this.#state.overlay && this.#state.overlay.kind !== 'output')) return;
    this.set({ overlay: { kind: 'question', question: next.question } });
  }

  #become(state: UiState): void {
    const { pane, call } = this.#state;
    this.#state = state;
    if (state.pane !== pane || state.call.id !== call.id) this.#options.onLook?.(state);
  }

  #resize(): void {
    this.#screen.forget();
    this.set({ size: this.#size() });
  }

  #size() {
    return { columns: this.#screen.columns, rows: this.#screen.rows };
  }

  #drawSoon(): void {
    this.#timer ??= setTimeout(() => this.#draw(), FRAME_MS);
  }

  #draw(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#instance?.rerender(this.#view());
  }

  #context(): UiContext {
    const { unicode } = this.#options;
    const known: Known = { model: this.#model, store: this.#store, variables: this.#variables, unicode };
    return this.#contexts.make(this.#state, known, Date.now());
  }

  #view() {
    return (
      <>
        <Keys onKey={this.#onKey} />
        <App context={this.#context()} color={this.#options.color} />
      </>
    );
  }
}

/**
 * Node goes on reading a terminal that nobody listens to, and would take the first keys from the program that gets it
 * next. Only a stream that flows stops reading when it is paused.
 */
function stopReading(stdin: NodeJS.ReadStream): void {
  stdin.resume();
  stdin.pause();
}

interface KeysProps {
  /** With what the terminal has sent for it. */
  readonly onKey: (input: string, key: Key, sequence: string) => void;
}

/** Listens, and shows nothing. */
function Keys({ onKey }: KeysProps) {
  // ink takes Esc away from a key that came with it.
  const { internal_eventEmitter: sequences } = useStdin();
  const sequence = useRef('');
  useEffect(() => {
    const note = (text: string): void => {
      sequence.current = text;
    };
    sequences.prependListener('input', note);
    return () => void sequences.off('input', note);
  }, [sequences]);
  useInput((input, key) => onKey(input, key, sequence.current));
  return null;
}
