import { ConfigError, type Problem } from './errors.ts';
import { Secret } from './secret.ts';
import { VARIABLE_LAYERS, type Variable, type VariableLayer, type VariableSource, type Variables } from './stack.ts';

/**
 * A value, cut at its references: `${db.url}` is an attribute of a service or process, `${NAME}` and
 * `${NAME:-default}` another variable, `$$` a dollar sign. `$NAME` is text.
 */
export type Template = readonly TemplatePart[];

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'attribute'; readonly name: string; readonly path: readonly string[] }
  | { readonly kind: 'variable'; readonly name: string; readonly fallback?: Template }
  | { readonly kind: 'mistake'; readonly message: string };

/** What the references of a value stand for; undefined for what there is not. */
export interface Scope {
  attribute(name: string, path: readonly string[]): string | Secret | undefined;
  variable(name: string): string | undefined;
}

/** Only these are templates; minted values, `.env` files and the shell's variables are taken as they are. */
const TEMPLATE_LAYERS: ReadonlySet<VariableLayer> = new Set(['flag', 'local', 'tier', 'base']);

/**
 * The winner of every variable: the strongest layer's value, within one layer the later one, with its references
 * replaced. A value may name its own variable and then gets the next weaker value, as in `PATH: ./bin:${PATH}`. Throws
 * a ConfigError with everything that can't be replaced.
 */
export function resolveVariables(sources: readonly VariableSource[], attributes: Scope['attribute']): Variables {
  const ranked = rank(sources);
  const resolver = new Resolver(ranked, attributes);
  const variables = new Map<string, Variable>();
  for (const [name, [winner, ...losers]] of ranked) {
    if (winner) variables.set(name, { name, value: new Secret(resolver.value(name, 0) ?? ''), winner, losers });
  }
  if (resolver.problems.length > 0) throw new ConfigError(resolver.problems);
  return variables;
}

/** Replaces the references of one value, such as one of a process's own `env:`. */
export function expandText(
  text: string,
  scope: Scope,
): { readonly value: Secret; readonly mistakes: readonly string[] } {
  const mistakes: string[] = [];
  return { value: new Secret(render(parseTemplate(text), scope, mistakes)), mistakes };
}

export function parseTemplate(text: string): Template {
  return new TemplateReader(text).parts('');
}

/** Each variable's sources, the strongest first; variables in the order of their first appearance. */
function rank(sources: readonly VariableSource[]): Map<string, VariableSource[]> {
  const ranked = new Map<string, VariableSource[]>();
  for (const source of sources) {
    const others = ranked.get(source.name);
    if (others) others.unshift(source);
    else ranked.set(source.name, [source]);
  }
  const strength = (source: VariableSource) => VARIABLE_LAYERS.indexOf(source.layer);
  for (const list of ranked.values()) list.sort((a, b) => strength(a) - strength(b));
  return ranked;
}

class Resolver {
  readonly problems: Problem[] = [];
  readonly #ranked: ReadonlyMap<string, readonly VariableSource[]>;
  readonly #attribute: Scope['attribute'];
  readonly #known = new Map<string, string>();
  /** What is being replaced right now, the outermost first. */
  readonly #open: { readonly name: string; readonly place: number }[] = [];

  constructor(ranked: ReadonlyMap<string, readonly VariableSource[]>, attribute: Scope['attribute']) {
    this.#ranked = ranked;
    this.#attribute = attribute;
  }

  /** `place` 0 is the winner's value, 1 that of the next weaker source. */
  value(name: string, place: number): string | undefined {
    const source = this.#ranked.get(name)?.[place];
    if (!source) return undefined;
    const key = `${place} ${name}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const value = TEMPLATE_LAYERS.has(source.layer) ? this.#expand(source, place) : source.value.reveal();
    this.#known.set(key, value);
    return value;
  }

  #expand(source: VariableSource, place: number): string {
    const { name } = source;
    const mistakes: string[] = [];
    this.#open.push({ name, place });
    const scope: Scope = {
      attribute: this.#attribute,
      variable: (other) => {
        if (other === name) return this.value(name, place + 1);
        const cycle = this.#cycle(other);
        if (cycle === undefined) return this.value(other, 0);
        mistakes.push(`the values go round in a circle: ${cycle}`);
        return '';
      },
    };
    const value = render(parseTemplate(source.value.reveal()), scope, mistakes);
    this.#open.pop();
    this.problems.push(...mistakes.map((message) => problem(source, message)));
    return value;
  }

  #cycle(name: string): string | undefined {
    const start = this.#open.findIndex((open) => open.name === name);
    if (start < 0) return undefined;
    const names = this.#open.slice(start).map((open) => open.name);
    return [...names.filter((open, index) => open !== names[index - 1]), name].join(' → ');
  }
}

function problem(source: VariableSource, message: string): Problem {
  const [, file = source.place, line] = /^(.*):(\d+)$/.exec(source.place) ?? [];
  return { file, ...(line === undefined ? {} : { line: Number(line) }), path: `env.${source.name}`, message };
}

function render(template: Template, scope: Scope, mistakes: string[]): string {
  return template.map((part) => renderPart(part, scope, mistakes)).join('');
}

function renderPart(part: TemplatePart, scope: Scope, mistakes: string[]): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'mistake':
      mistakes.push(part.message);
      return '';
    case 'attribute': {
      const value = scope.attribute(part.name, part.path);
      if (value === undefined) mistakes.push(`nothing is known as \${${[part.name, ...part.path].join('.')}}`);
      return value instanceof Secret ? value.reveal() : (value ?? '');
    }
    case 'variable': {
      const value = scope.variable(part.name);
      // As in a shell, the default also stands in for an empty value.
      if (part.fallback && (value === undefined || value === '')) return render(part.fallback, scope, mistakes);
      if (value === undefined)
        mistakes.push(`nothing sets \${${part.name}}; give it a value or a default: \${${part.name}:-…}`);
      return value ?? '';
    }
    default:
      return part satisfies never;
  }
}

// Messages don't repeat the value: it may be a secret.
const UNCLOSED = 'a reference `${` has no closing `}`';
const UNREADABLE =
  "a reference can't be read; write ${service.url}, ${NAME} or ${NAME:-default}, and $${ for the text `${`";

const TEXT = /[^$}]+/y;
const REFERENCE = /\$\{([A-Za-z_][\w-]*)((?:\.[A-Za-z0-9_-]+)*)(:-|\})/y;

class TemplateReader {
  readonly #text: string;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Up to `end`, which is consumed; a default inside a reference ends with `}`, the whole text with nothing. */
  parts(end: '' | '}'): TemplatePart[] {
    const parts: TemplatePart[] = [];
    while (this.#offset < this.#text.length) {
      if (end !== '' && this.#take(end)) return parts;
      parts.push(this.#part());
    }
    if (end !== '') parts.push({ kind: 'mistake', message: UNCLOSED });
    return parts;
  }

  #part(): TemplatePart {
    const text = this.#match(TEXT)?.[0] ?? (this.#take('$$') ? '$' : undefined);
    if (text !== undefined) return { kind: 'text', text };
    const reference = this.#match(REFERENCE);
    if (reference) return this.#reference(reference[1] ?? '', reference[2] ?? '', reference[3] === ':-');
    if (!this.#text.startsWith('${', this.#offset)) return { kind: 'text', text: this.#text.charAt(this.#offset++) };
    const rest = this.#text.slice(this.#offset);
    this.#offset += rest.includes('}') ? rest.indexOf('}') + 1 : rest.length;
    return { kind: 'mistake', message: rest.includes('}') ? UNREADABLE : UNCLOSED };
  }

  #reference(name: string, path: string, hasDefault: boolean): TemplatePart {
    const fallback = hasDefault ? this.parts('}') : undefined;
    if (path === '' && name.includes('-')) return { kind: 'mistake', message: UNREADABLE };
    if (path === '') return { kind: 'variable', name, ...(fallback ? { fallback } : {}) };
    if (fallback) return { kind: 'mistake', message: `\${${name}${path}} is always there and takes no default` };
    return { kind: 'attribute', name, path: path.slice(1).split('.') };
  }

  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#offset)) return false;
    this.#offset += text.length;
    return true;
  }

  #match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#offset;
    const found = expression.exec(this.#text) ?? undefined;
    this.#offset += found?.[0].length ?? 0;
    return found;
  }
}
