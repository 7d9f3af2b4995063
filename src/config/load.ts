import { join, relative } from 'node:path';
import { ConfigError, type Problem, UserError } from '../core/errors.ts';
import type { VariableSource } from '../core/stack.ts';
import { checkLayers } from './check-layers.ts';
import type { Config } from './config.ts';
import { type NamedDocument, readDocument, readDotenvFiles } from './documents.ts';
import { type ExplainedValue, explain } from './explain.ts';
import { inOrder } from './finding.ts';
import { finish, projectName } from './finish.ts';
import { readFlags } from './flags.ts';
import type { Layer } from './layers.ts';
import { masked } from './masked.ts';
import { isKeys, keysOf } from './path.ts';
import { type Found, findConfig, namingFolder } from './read.ts';
import { variableSources } from './sources.ts';
import { suggestion } from './suggestion.ts';

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
  explain(): readonly ExplainedValue[];
  /** The configuration with its secrets masked. */
  masked(): Config;
}

const TIERS = ['development', 'preview', 'staging', 'production'];

/** Reads, merges and checks the configuration of the folder's project. Throws a ConfigError with all its problems. */
export async function loadConfig(options: LoadOptions): Promise<LoadedConfig> {
  const found = await findConfig(options.cwd);
  if (!found) throw notFound(options.cwd);
  const problems: Problem[] = [];
  const fail = () => {
    const shown = problems.map((problem) => ({ ...problem, file: displayed(problem.file, found) }));
    return new ConfigError(inOrder(shown));
  };

  const [base, local, dotenv] = await Promise.all([
    readDocument(found, found.base, options.tier, problems),
    readDocument(found, found.local, options.tier, problems),
    readDotenvFiles(found.root, problems),
  ]);
  const flags = readFlags(options);
  problems.push(...flags.problems);
  // Without the documents there is nothing to check; the rest is reported together with what the checks find.
  if (!base || (found.local.length > 0 && !local)) throw fail();

  const { selected, others } = layersOf(base, local, flags.layer, options.tier);
  const checked = checkLayers(selected, others);
  problems.push(...checked.problems, ...unknownTier(base, options.tier));
  if (problems.length > 0) throw fail();

  const config = finish(checked.shaped, projectName(await namingFolder(found.root)));
  const sources = variableSources(selected, flags, dotenv);
  return {
    config,
    root: found.root,
    tier: options.tier,
    files: [base, ...(local ? [local] : []), ...dotenv].map(({ name }) => join(found.root, name)),
    sources,
    explain: () => explain(checked.shaped, config.name, selected, sources),
    masked: () => masked(config),
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

function notFound(cwd: string): UserError {
  return new UserError(`no devenv.config.yaml, .json, .ts or .mjs in ${cwd} or above it`, {
    code: 'usage',
    hints: ['Write one: the README begins with a small example.', 'To look around first: devenv demo.'],
  });
}
