import { Secret } from '../core/secret.ts';
import { parseTemplate, type Template, type TemplatePart } from '../core/variables.ts';
import type { Engine, EngineInput } from '../engines/engine.ts';
import { engines } from '../engines/index.ts';
import { suggestion } from '../lib/suggestion.ts';
import type { Finding } from './finding.ts';
import { entriesOf, type Keys, keysOf, type Path } from './path.ts';

/** References in values of `env:`. Those to other variables are checked when all variables are known. */
export function checkReferences(value: unknown): readonly Finding[] {
  const targets = targetsOf(value);
  return envValues(value).flatMap(({ path, text }) =>
    references(parseTemplate(text)).flatMap((part) => {
      const message = mistakeIn(part, targets, path);
      if (message === undefined) return [];
      const finding: Finding = { path, part: 'value', message };
      return part.kind === 'mistake' ? [finding] : [{ ...finding, absence: true }];
    }),
  );
}

interface Target {
  readonly kind: 'service' | 'process';
  /** What can be said of it. */
  readonly words: readonly string[];
}

type Targets = ReadonlyMap<string, Target>;

const BASIC = ['url', 'host', 'port'];
/** Of a plain image, which may be part of the app: where a browser finds it. */
const PUBLIC = 'publicUrl';

function targetsOf(value: unknown): Targets {
  const { services, processes } = keysOf(value);
  const targets = new Map<string, Target>();
  for (const [name, entry] of entriesOf(processes)) {
    const words = keysOf(entry).port === undefined ? [] : BASIC;
    targets.set(name, { kind: 'process', words });
  }
  for (const [name, entry] of entriesOf(services)) {
    targets.set(name, { kind: 'service', words: wordsOf(keysOf(entry)) });
  }
  return targets;
}

/** Of a service whose kind is not known: what any could have. */
function wordsOf(service: Keys): readonly string[] {
  const known = Object.values<Engine>(engines).find((candidate) => candidate.name === service.engine);
  if (known) return engineWords(known);
  const ports = entriesOf(service.ports).map(([port]) => port);
  const words = ports.flatMap((port) => [port, ...BASIC.map((word) => `${port}.${word}`)]);
  const isImage = service.engine === undefined && service.image !== undefined;
  if (!isImage) return [...new Set([...Object.values<Engine>(engines).flatMap(engineWords), ...words])];
  return ports.length === 0 ? [] : [...BASIC, ...words, PUBLIC, ...ports.map((port) => `${port}.${PUBLIC}`)];
}

function engineWords(engine: Engine): readonly string[] {
  return [...BASIC, ...Object.keys(engine.attributes(SAMPLE))];
}

/** Only the names of an engine's attributes are asked for. */
const SAMPLE: EngineInput = {
  name: 'sample',
  version: '',
  settings: {},
  env: {},
  command: [],
  volumes: [],
  ports: [],
  password: new Secret(''),
  templatePassword: new Secret(''),
};

function mistakeIn(part: TemplatePart, targets: Targets, owner: Path): string | undefined {
  if (part.kind === 'mistake') return part.message;
  if (part.kind === 'variable' && targets.has(part.name)) {
    return `\${${part.name}} names no attribute; did you mean \`\${${part.name}.url}\`?`;
  }
  if (part.kind !== 'attribute') return undefined;
  const target = targets.get(part.name);
  const reference = `\${${[part.name, ...part.path].join('.')}}`;
  if (!target) return `${reference}: there is no \`${part.name}\`${suggestion(part.name, [...targets.keys()])}`;
  if (target.kind === 'process' && owner[0] === 'services') {
    return `${reference}: \`${part.name}\` is a process; a service can only refer to services`;
  }
  return unknownWord(target, part.name, part.path.join('.'), reference);
}

function unknownWord({ kind, words }: Target, name: string, word: string, reference: string): string | undefined {
  if (words.includes(word)) return undefined;
  if (words.length === 0) return `${reference}: \`${name}\` has no \`${kind === 'process' ? 'port' : 'ports'}\``;
  return `${reference}: \`${name}\` has no \`${word}\`${suggestion(word, words, { list: true })}`;
}

function references(template: Template): readonly TemplatePart[] {
  return template.flatMap((part) => [
    part,
    ...(part.kind === 'variable' && part.fallback ? references(part.fallback) : []),
  ]);
}

function envValues(value: unknown): readonly { readonly path: Path; readonly text: string }[] {
  const { env, services, processes } = keysOf(value);
  const owners = Object.entries({ services, processes }).flatMap(([kind, entries]) =>
    entriesOf(entries).map(([name, entry]) => ({ path: [kind, name, 'env'], env: keysOf(entry).env })),
  );
  return [{ path: ['env'], env }, ...owners].flatMap((owner) =>
    entriesOf(owner.env).flatMap(([name, text]) =>
      typeof text === 'string' ? [{ path: [...owner.path, name], text }] : [],
    ),
  );
}
