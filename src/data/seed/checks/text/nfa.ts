import { type AST, RegExpParser } from '@eslint-community/regexpp';
import type { Translated } from './matches.ts';

/** An edge takes one character of a set, or none; `start` and `end` are passed only there. */
export interface Edge {
  readonly kind: 'chars' | 'empty' | 'start' | 'end';
  /** Of `chars`: what JavaScript takes at this place. */
  readonly one: RegExp | null;
  readonly to: number;
}

/** A pattern as states with edges between them; it begins at 0. */
export interface Nfa {
  readonly edges: readonly (readonly Edge[])[];
  readonly accept: number;
  /** False where more than the pattern's texts are accepted: it looks around, or back at a group. */
  readonly exact: boolean;
}

/** A pattern for which this would need more memory than it's worth. */
export class TooLarge extends Error {}

const LARGEST = 20_000;

export function parsed({ source }: Translated): AST.Pattern {
  return new RegExpParser({ ecmaVersion: 2022 }).parsePattern(source, 0, source.length, { unicode: true });
}

/**
 * A pattern that is found anywhere in a text (Thompson's construction). `longest`: no text is longer, so that a larger
 * number of repetitions is like any.
 */
export function nfaOf(translated: Translated, longest: number): Nfa {
  const builder = new Builder(translated.ignoreCase ? 'isu' : 'su', longest);
  const begin = builder.edge(0, 'empty');
  builder.characters(0, '.', 0);
  const accept = builder.choice(parsed(translated).alternatives, begin);
  builder.characters(accept, '.', accept);
  return { edges: builder.edges, accept, exact: builder.exact };
}

/** Adds parts of a pattern behind a state; each method gives the state behind what it added. */
class Builder {
  readonly edges: Edge[][] = [[]];
  exact = true;
  readonly #expressions = new Map<string, RegExp>();
  readonly #flags: string;
  readonly #longest: number;

  constructor(flags: string, longest: number) {
    this.#flags = flags;
    this.#longest = longest;
  }

  edge(from: number, kind: Edge['kind'], to = this.#state(), one: RegExp | null = null): number {
    this.edges[from]?.push({ kind, one, to });
    return to;
  }

  characters(from: number, raw: string, to = this.#state()): number {
    const one = this.#expressions.get(raw) ?? new RegExp(`^${raw}$`, this.#flags);
    this.#expressions.set(raw, one);
    return this.edge(from, 'chars', to, one);
  }

  choice(alternatives: readonly AST.Alternative[], from: number): number {
    const end = this.#state();
    for (const { elements } of alternatives) {
      const last = elements.reduce((at, element) => this.#element(element, at), from);
      this.edge(last, 'empty', end);
    }
    return end;
  }

  #state(): number {
    if (this.edges.length >= LARGEST) throw new TooLarge('a pattern that is too large');
    return this.edges.push([]) - 1;
  }

  #element(element: AST.Element, from: number): number {
    switch (element.type) {
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass':
        return this.characters(from, element.raw);
      case 'Group':
      case 'CapturingGroup':
        return this.choice(element.alternatives, from);
      case 'Quantifier':
        return this.#repeated(element, from);
      case 'Assertion':
        if (element.kind === 'start' || element.kind === 'end') return this.edge(from, element.kind);
        break;
      case 'Backreference':
        this.exact = false;
        return Array.isArray(element.resolved) ? from : this.#element(element.resolved, from);
    }
    // What looks around is left out here and found out by trying.
    this.exact = false;
    return from;
  }

  #repeated({ element, min, max }: AST.Quantifier, from: number): number {
    let at = from;
    for (let count = 0; count < Math.min(min, this.#longest + 1); count += 1) at = this.#element(element, at);
    if (max > this.#longest) {
      const loop = this.edge(at, 'empty');
      this.edge(this.#element(element, loop), 'empty', loop);
      return this.edge(loop, 'empty');
    }
    const end = this.#state();
    for (let count = min; count < max; count += 1) {
      this.edge(at, 'empty', end);
      at = this.#element(element, at);
    }
    return this.edge(at, 'empty', end);
  }
}
