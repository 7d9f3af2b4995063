import type { ArgumentSpec, CommandSpec, Offer, OptionSpec } from '../command.ts';
import { BEFORE_VERB, spellings, takesValue } from '../flags.ts';

/** What may stand in a place of the command line; `anything` is for the user alone to know. */
export type Completes =
  | { readonly type: 'words'; readonly words: readonly string[] }
  | { readonly type: 'names'; readonly kind: string }
  | { readonly type: 'folders' | 'files' | 'command' | 'anything' };

export interface FlagModel {
  /** `-C`, `--cwd` */
  readonly spellings: readonly string[];
  readonly description: string;
  /** Null for one that takes no value. */
  readonly value: Completes | null;
  readonly repeatable: boolean;
}

export interface PlaceModel {
  readonly description: string;
  readonly completes: Completes;
  readonly variadic: boolean;
}

export interface VerbModel {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly FlagModel[];
  readonly places: readonly PlaceModel[];
  /** After the first argument nothing is devenv's own. */
  readonly passThrough: boolean;
}

const HELP: FlagModel = flag('-h, --help', 'show its help');

/** What can be typed before a verb. */
export const GLOBAL_FLAGS: readonly FlagModel[] = [
  flag('-h, --help', 'show every command'),
  flag('-V, --version', 'print the version'),
  ...BEFORE_VERB.map(flagModel),
];

/** The command table as completion sees it, with the `help` that commander adds. */
export function verbModels(specs: readonly CommandSpec[]): readonly VerbModel[] {
  const words = specs.map(({ name }) => name);
  const help: VerbModel = {
    name: 'help',
    summary: 'show the help of a command',
    flags: [],
    places: [{ description: 'a command', completes: { type: 'words', words }, variadic: false }],
    passThrough: false,
  };
  return [...specs.map(verbModel), help];
}

function verbModel({ name, summary, options, arguments: places = [], passThrough = false }: CommandSpec): VerbModel {
  const flags = [...options.filter(({ hidden }) => !hidden).map(flagModel), HELP];
  return { name, summary, flags, places: places.map(placeModel), passThrough };
}

function flagModel(spec: OptionSpec): FlagModel {
  return {
    spellings: spellings(spec),
    description: spec.description,
    value: takesValue(spec) ? completes(spec) : null,
    repeatable: spec.repeatable === true,
  };
}

function placeModel(spec: ArgumentSpec): PlaceModel {
  return { description: spec.description, completes: completes(spec), variadic: spec.name.includes('...') };
}

function completes({ choices, offers }: { choices?: readonly string[]; offers?: Offer }): Completes {
  if (choices) return { type: 'words', words: choices };
  switch (offers) {
    case undefined:
      return { type: 'anything' };
    case 'folders':
    case 'files':
    case 'command':
      return { type: offers };
    default:
      return { type: 'names', kind: offers };
  }
}

function flag(flags: string, description: string): FlagModel {
  return flagModel({ flags, description });
}
