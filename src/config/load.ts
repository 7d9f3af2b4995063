import { join, relative } from 'node:path';
import { ConfigError, type Problem, UserError } from '../core/errors.ts';
import type { VariableSource } from '../core/stack.ts';
import { suggestion } from '../lib/suggestion.ts';
import { checkLayers } from './check-layers.ts';
import type { Config } from './config.ts';
import { besideFlaws, flawsOf, type NamedDocument, readDocument, readDotenvFiles } from './documents.ts';
import { type ExplainedValue, explain } from './explain.ts';
import { inOrder } from './finding.ts';
import { finish, projectName } from './finish.ts';
import { readFlags } from './flags.ts';
import { keyVariables } from './key-variables.ts';
import type { Layer } from './layers.ts';
import { masked } from './masked.ts';
import { isKeys, type Keys, keysOf } from './path.ts';
import { type Found, findConfig, namingFolder } from './read.ts';
import { variableSources } from './sources.ts';
import { TIERS } from './tiers.ts';
import { written } from './written.ts';

export interface LoadOptions {
  readonly cwd: string;
  readonly tier: string;
  /** `services.db.version=16` */
  readonly set: readonly string[];
  /** `NAME=value` */
  readonly env: readonly string[];
}

export interface LoadedConfig {
  readonly config: Config;
  /** Real path of the project's folder. */
  readonly root: string;
  readonly tier: string;
  /** All files that were read, absolute. */
  readonly files: readonly string[];
  /** Every value of flags, layers and `.env` files for the variables of the whole; places relative to `root`. */
  readonly sources: readonly VariableSource[];
  /** Those of variables that hold a provider's own key: nothing is given them, and they are in none of the others. */
  readonly withheld: readonly VariableSource[];
  /** With variables that devenv itself gives, which are no part of any file. */
  explain(minted?: readonly VariableSource[]): readonly ExplainedValue[];
  /** The configuration as it could be written, its secrets masked. */
  masked(): Keys;
}

/** Where the project of a folder is, whatever its files say. */
export async function findProject(cwd: string): Promise<Found> {
  const found = await findConfig(cwd);
  if (found) return found;
  throw new UserError(`no devenv.config.yaml, .json, .ts or .mjs in ${cwd} or above it`, {
    code: 'usage',
    hints: ['devenv init writes one, from what it finds here.', 'To look around first: devenv demo.'],
  });
}

/** Reads, merges and checks the configuration of the folder's project. Throws a ConfigError with all its problems. */
export async function loadConfig(options: LoadOptions): Promise<LoadedConfig> {
  const found = await findProject(options.cwd);
  const problems: Problem[] = [];
  // One after the other: both may be programs.
  const base = await readDocument(found.root, found.base, options.tier);
  const local = found.local.length > 0 ? await readDocument(found.root, found.local, options.tier) : undefined;
  const dotenv = await readDotenvFiles(found.root, problems);
  const documents = [base, local].filter((document) => document !== undefined);
  const flags = readFlags(options);
  problems.push(...documents.flatMap((document) => flawsOf(document, found.root)), ...flags.problems);

  const { selected, others } = layersOf(base, local, flags.layer, options.tier);
  const whole = documents.every(({ flaws }) => flaws.every(({ harmless }) => harmless));
  const checked = checkLayers(selected, others, { whole });
  problems.push(...besideFlaws(checked.problems, problems, documents));
  if (whole) problems.push(...unknownTier(base, options.tier));
  if (problems.length > 0) {
    throw new ConfigError(inOrder(problems.map((problem) => ({ ...problem, file: displayed(problem.file, found) }))));
  }

  const config = finish(checked.shaped, projectName(await namingFolder(found.root)));
  const names = keyVariables(config);
  const given = variableSources(selected, flags, dotenv);
  const sources = given.filter(({ name }) => !names.has(name));
  return {
    config,
    root: found.root,
    tier: options.tier,
    files: [base, ...(local ? [local] : []), ...dotenv].map(({ name }) => join(found.root, name)),
    sources,
    withheld: given.filter(({ name }) => names.has(name)),
    explain: (minted = []) => explain(written(checked.shaped, config.name), selected, [...minted, ...sources]),
    masked: () => masked(written(checked.shaped, config.name)),
  };
}

/** The layers of this tier, the weaker first; and those of every other tier, for their problems. */
function layersOf(base: NamedDocument, local: NamedDocument | undefined, flags: Layer, tier: string) {
  const layer = (name: Layer['name'], document: NamedDocument, prefix: Layer['prefix'], value: unknown): Layer => ({
    name,
    file: document.name,
    prefix,
    value: value ?? {},
    at: document.at,
  });
  const tiers = Object.entries(keysOf(keysOf(base.value).environments)).filter(([, value]) => isKeys(value));
  const bottom = layer('base', base, [], base.value);
  const tierLayer = (name: string, value: unknown) => layer('tier', base, ['environments', name], value);
  const top = [...(local ? [layer('local', local, [], local.value)] : []), flags];
  return {
    selected: [
      bottom,
      ...tiers.filter(([name]) => name === tier).map(([name, value]) => tierLayer(name, value)),
      ...top,
    ],
    others: tiers.filter(([name]) => name !== tier).map(([name, value]) => [bottom, tierLayer(name, value)]),
  };
}

function unknownTier(base: NamedDocument, tier: string): readonly Problem[] {
  const known = [...new Set([...TIERS, ...Object.keys(keysOf(keysOf(base.value).environments))])];
  if (known.includes(tier)) return [];
  const message = `unknown tier \`${tier}\`${suggestion(tier, known, { list: true })}`;
  return [{ file: base.name, path: 'environments', message }];
}

/** As a person in the working folder would write it; a flag has no path. */
function displayed(file: string, { root, cwd }: Found): string {
  return file.startsWith('--') ? file : relative(cwd, join(root, file));
}
