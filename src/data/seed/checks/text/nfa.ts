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
  const edges: Edge[][] = [[]];
  const flags = translated.ignoreCase ? 'isu' : 'su';
  const known = new Map<string, RegExp>();
  let exact = true;

  const state = () => {
    if (edges.length >= LARGEST) throw new TooLarge('a pattern that is too large');
    return edges.push([]) - 1;
  };
  const edge = (from: number, kind: Edge['kind'], to = state(), one: RegExp | null = null) => {
    edges[from]?.push({ kind, one, to });
    return to;
  };
  const oneOf = (raw: string) => {
    const expression = known.get(raw) ?? new RegExp(`^${raw}$`, flags);
    known.set(raw, expression);
    return expression;
  };
  const choice = (alternatives: readonly AST.Alternative[], from: number) => {
    const end = state();
    for (const { elements } of alternatives)
      edge(
        elements.reduce((at, element) => add(element, at), from),
        'empty',
        end,
      );
    return end;
  };
  const repeat = ({ element, min, max }: AST.Quantifier, from: number) => {
    const most = max > longest ? Number.POSITIVE_INFINITY : max;
    let at = from;
    for (let count = 0; count < Math.min(min, longest + 1); count += 1) at = add(element, at);
    if (most === Number.POSITIVE_INFINITY) {
      const loop = edge(at, 'empty');
      edge(add(element, loop), 'empty', loop);
      return edge(loop, 'empty');
    }
    const end = state();
    for (let count = min; count < most; count += 1) {
      edge(at, 'empty', end);
      at = add(element, at);
    }
    return edge(at, 'empty', end);
  };
  const add = (element: AST.Element, from: number): number => {
    switch (element.type) {
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass':
        return edge(from, 'chars', state(), oneOf(element.raw));
      case 'Group':
      case 'CapturingGroup':
        return choice(element.alternatives, from);
      case 'Quantifier':
        return repeat(element, from);
      case 'Assertion':
        if (element.kind === 'start' || element.kind === 'end') return edge(from, element.kind);
        exact = false;
        return from;
      case 'Backreference':
        exact = false;
        return Array.isArray(element.resolved) ? from : add(element.resolved, from);
      default:
        throw new TooLarge(`a pattern with ${element.raw}`);
    }
  };

  const begin = edge(0, 'empty');
  edge(0, 'chars', 0, oneOf('.'));
  const accept = choice(parsed(translated).alternatives, begin);
  edge(accept, 'chars', accept, oneOf('.'));
  return { edges, accept, exact };
}
