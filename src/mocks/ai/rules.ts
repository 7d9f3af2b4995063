import type { AiProvider } from '../../core/mocks.ts';
import type { Draws } from '../../lib/draws.ts';
import type { Harm } from '../parts.ts';
import { boundedFind } from './bounded-pattern.ts';
import { readable } from './facts/facts.ts';
import { wildcard } from './wildcard.ts';

export type { AiProvider };

/** What the configuration says of calls that match: a fixed answer, or a fault. The first rule that applies decides. */
export interface Rule {
  /** Shown in the log; without it rules are numbered. */
  readonly name?: string;
  readonly match?: Match;
  /** Share of the matching calls that it applies to, 0 to 1. Which ones is drawn from the seed. */
  readonly rate?: number;
  readonly answer: RuleAnswer;
}

/** All that is given must be so. */
export interface Match {
  readonly provider?: AiProvider;
  /** As asked for; `*` stands for any characters. */
  readonly model?: string;
  /** Contained in the last message of the user (or what is embedded), in any case. */
  readonly contains?: string;
  /** A regular expression for the same text, in any case. */
  readonly matches?: string;
  /** A tool of this name is offered. */
  readonly tool?: string;
}

export type RuleAnswer =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'json'; readonly json: unknown }
  | { readonly kind: 'tool'; readonly name: string; readonly arguments: unknown }
  | { readonly kind: 'fault'; readonly fault: Fault };

export type Fault =
  /** 429. */
  | { readonly kind: 'rate-limit'; readonly retryAfterS?: number }
  /** 500. */
  | { readonly kind: 'server-error' }
  /** Anthropic's 529; OpenAI's 503. */
  | { readonly kind: 'overloaded' }
  | Harm;

/** What of a call rules look at. */
export interface Subject {
  readonly provider: AiProvider;
  readonly model: string;
  readonly text: string;
  readonly tools: readonly string[];
}

export interface Verdict {
  readonly rule: string;
  readonly answer: RuleAnswer;
}

export interface CompiledRules {
  /** `draws` are those of the call: what is drawn doesn't depend on which rules came before. */
  decide(subject: Subject, draws: Draws): Verdict | null;
}

/** All calls of all providers wait while one expression is tried. */
const MOST_MS = 200;
/** Characters in which an expression looks. */
const READ = 10_000;

/** Throws a SyntaxError for a regular expression that isn't one; `tell` hears of one that takes too long. */
export function compileRules(rules: readonly Rule[], tell: (message: string) => void = () => {}): CompiledRules {
  const compiled = rules.map((rule, index) => ({
    rule: rule.name ?? `rule ${index + 1}`,
    answer: rule.answer,
    rate: rule.rate ?? 1,
    applies: matcher(rule.match ?? {}, tell),
  }));
  return {
    decide(subject, draws) {
      for (const { rule, answer, rate, applies } of compiled) {
        // Drawn for each rule, so that a rule's draws stay when the text of another changes.
        const drawn = rate >= 1 || draws.chance(rate);
        if (drawn && applies(subject)) return { rule, answer };
      }
      return null;
    },
  };
}

function matcher({ provider, model, contains, matches, tool }: Match, tell: (message: string) => void) {
  const name = model === undefined ? null : wildcard(model);
  const part = contains?.toLowerCase();
  const pattern = matches === undefined ? null : boundedPattern(new RegExp(matches, 'isu'), tell);
  return (subject: Subject): boolean =>
    (provider === undefined || subject.provider === provider) &&
    (name?.test(subject.model) ?? true) &&
    (part === undefined || subject.text.toLowerCase().includes(part)) &&
    (tool === undefined || subject.tools.includes(tool)) &&
    (pattern?.(subject.text) ?? true);
}

/** Whether a text matches; of a long one its beginning and end are looked at. */
function boundedPattern(pattern: RegExp, tell: (message: string) => void): (text: string) => boolean {
  const find = boundedFind(pattern, MOST_MS, () =>
    tell(
      `the regular expression ${pattern} of a rule took longer than ${MOST_MS} ms, so it is taken not to match any more`,
    ),
  );
  return (text) => find([readable(text, READ)]) !== null;
}
