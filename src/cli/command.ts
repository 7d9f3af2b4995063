import type { NameKind } from '../app/completion-names.ts';
import type { Counted } from '../core/data/progress.ts';
import type { ExitCodeName } from '../core/errors.ts';
import type { Ask, Emit } from '../core/events.ts';

/** What a shell offers in a place of the command line: names of that kind, or what it knows itself. */
export type Offer = NameKind | 'folders' | 'files' | 'command';

/** A flag of a command, as commander writes it: `--timeout <seconds>`. */
export interface OptionSpec {
  readonly flags: string;
  readonly description: string;
  readonly choices?: readonly string[];
  readonly repeatable?: boolean;
  /** Names of flags that it makes no sense with, as commander has them. */
  readonly conflicts?: readonly string[];
  readonly offers?: Offer;
  /** For programs: neither help nor completion names it. */
  readonly hidden?: boolean;
}

export interface ArgumentSpec {
  /** As commander writes it: `[name]`, `<dir>`, `[argv...]`. */
  readonly name: string;
  readonly description: string;
  readonly choices?: readonly string[];
  readonly offers?: Offer;
}

/** A verb as data: help is made from this, the README is held to it; the work is loaded when it is called. */
export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  readonly arguments?: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  /** Command lines that work as they stand, each with what it does. */
  readonly examples: readonly (readonly [command: string, does: string])[];
  /** Those that this command can end with, besides 0, 1 and 2. */
  readonly exitCodes: readonly ExitCodeName[];
  /** With `--json` it prints events as they happen, and a failure as the last of them. */
  readonly streams?: boolean;
  /**
   * It changes something, and what it prints says little more than that it was done; or only with these as its first
   * argument. The result of others is what they print.
   */
  readonly acts?: true | readonly string[];
  /** Cut off, it leaves an environment that `up` goes on with. */
  readonly starts?: true;
  /** It changes what is in databases, which can be ended and leaves them as they were. */
  readonly changesData?: true;
  /** It computes for long, and takes much memory: the screen runs it in a process of its own. */
  readonly heavy?: true;
  /** Everything after the arguments belongs to another program. */
  readonly passThrough?: boolean;
  readonly load: () => Promise<CommandModule>;
}

export interface CommandModule {
  /** Gives the exit code. Throws a UserError for what the user can mend. */
  run(context: CommandContext): Promise<number>;
}

export interface CommandContext {
  readonly args: readonly string[];
  readonly options: Flags;
  readonly terminal: Terminal;
  /** Hears every event besides the display that the flags ask for. */
  readonly emit?: Emit;
  /** Aborted by Ctrl-C, SIGTERM and SIGHUP, with the signal's name as its reason. */
  readonly signal: AbortSignal;
  /** Lets a command take Ctrl-C for itself; gives the way back. */
  readonly interrupts: Interrupts;
}

/** Values by name as commander gives them. */
export interface Flags {
  readonly [name: string]: string | boolean | readonly string[] | undefined;
}

export interface Terminal {
  /** Results: what another program may read. */
  print(text: string): void;
  /** Progress and messages for a person. */
  tell(text: string): void;
  /** Where results go, when that is a terminal that can be drawn on. */
  readonly canvas?: NodeJS.WriteStream;
  /** How far something has come, where whoever asked for it shows that in a way of its own. */
  progress?(counted: Counted): void;
  readonly interactive: boolean;
  readonly color: boolean;
  readonly ask: Ask;
}

export interface Interrupts {
  /** Until disposed, the handler gets Ctrl-C instead of the command being aborted. */
  take(handler: () => void): Disposable;
}
