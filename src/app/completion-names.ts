import { outline } from '../config/outline.ts';
import { readRecords } from '../state/records.ts';
import { templateNames } from './template.ts';

export const NAME_KINDS = [
  /** Services and processes. */
  'names',
  /** Those with a page. */
  'pages',
  'services',
  'services:postgres',
  'services:redis',
  'environments',
  'tiers',
  'templates',
  'variables',
] as const;
export type NameKind = (typeof NAME_KINDS)[number];

export interface CompletionName {
  readonly name: string;
  /** For shells that show more than the name; may be empty. */
  readonly about: string;
}

export interface CompletionOptions {
  readonly cwd: string;
  readonly tier: string;
}

/** What a key press waits for: from files alone, no engine is asked and nothing is resolved. */
export async function completionNames(
  kind: NameKind,
  { cwd, tier }: CompletionOptions,
): Promise<readonly CompletionName[]> {
  switch (kind) {
    case 'environments':
      return (await readRecords()).map(({ id, project, path }) => ({ name: id, about: `${project}  ${path}` }));
    case 'templates':
      return (await templateNames()).map(plain);
    case 'tiers':
      return unique((await outline(cwd, tier)).tiers);
    case 'variables':
      return unique([...(await outline(cwd, tier)).variables, 'DVE_ENVIRONMENT', 'DVE_PROJECT']);
    case 'pages':
      return unique((await outline(cwd, tier)).pages);
    case 'names': {
      const { services, processes } = await outline(cwd, tier);
      return [...described(services), ...described(processes)];
    }
    case 'services':
      return described((await outline(cwd, tier)).services);
    case 'services:postgres':
    case 'services:redis': {
      const engine = kind.slice('services:'.length);
      return described((await outline(cwd, tier)).services).filter(({ about }) => about === engine);
    }
    default:
      return kind satisfies never;
  }
}

function described(names: ReadonlyMap<string, string>): readonly CompletionName[] {
  return [...names].map(([name, about]) => ({ name, about }));
}

function unique(names: readonly string[]): readonly CompletionName[] {
  return [...new Set(names)].map(plain);
}

function plain(name: string): CompletionName {
  return { name, about: '' };
}
