import type { Cell, ColumnDescription, Constant } from '../../../core/data/description.ts';
import { messageOf } from '../../../core/errors.ts';
import type { Draws } from '../../../lib/draws.ts';
import { durationMs } from '../../../lib/duration.ts';
import { suggestion } from '../../../lib/suggestion.ts';
import { fits } from '../checks/index.ts';
import { isScalar, isText, MOMENTS } from '../types.ts';
import { always, choice } from './choice.ts';
import { inUnitOf } from './converted.ts';
import { asValue, describedTexts, refused, typeName } from './described-value.ts';
import { fakerFunction } from './faker-function.ts';
import { limitsOf } from './grid.ts';
import { MEANING_WORDS, matchName } from './meanings/dictionary.ts';
import { sourceOf as meant, suits } from './meanings/index.ts';
import { growing, numberSource, type Usual } from './numbers.ts';
import { patternSource } from './pattern.ts';
import type { Source } from './source.ts';
import { templateSource } from './template.ts';
import { saltOf, type Tools } from './tools.ts';

type Group = Exclude<ColumnDescription, Constant | ((cell: Cell) => Constant)>;

/** What a description says of a column. `otherwise` is what it would hold without one. */
export function describedSource(
  tools: Tools,
  description: ColumnDescription,
  otherwise: () => Source | null,
): Source | null {
  if (typeof description === 'function') return functionSource(tools, description);
  if (typeof description !== 'object' || description === null) return always(asValue(tools, description));
  const source = madeBy(tools, description, otherwise);
  const share = description.null;
  if (share !== undefined && share > 0 && tools.required) {
    throw refused(tools, `{ null: ${share} } of a column that must have a value`, 'leave `null` out');
  }
  const natural = 'like' in description ? source?.nulls : 0;
  return source && { ...source, nulls: share ?? natural };
}

function madeBy(tools: Tools, description: Group, otherwise: () => Source | null): Source | null {
  if ('oneOf' in description) return oneOfSource(tools, description.oneOf);
  if ('past' in description) return sinceSource(tools, 'past', description.past);
  if ('future' in description) return sinceSource(tools, 'future', description.future);
  if ('between' in description) return betweenSource(tools, description.between);
  if ('faker' in description) return fakerSource(tools, description.faker);
  if ('pattern' in description) return patternOf(tools, description.pattern);
  if ('template' in description) return templateSource(tools, description.template);
  return 'like' in description ? likeSource(tools, description.like) : otherwise();
}

function oneOfSource(tools: Tools, given: readonly Constant[] | Readonly<Record<string, number>>): Source {
  const { domain } = tools;
  const pairs: readonly (readonly [Constant, number])[] = isList(given)
    ? given.map((value) => [value, 1] as const)
    : Object.entries(given);
  const all = pairs
    .filter(([, weight]) => weight > 0)
    .map(([constant, weight]) => ({ value: asValue(tools, constant), weight }));
  if (all.length === 0) throw refused(tools, 'oneOf without any value', 'give a list, or values with weights above 0');
  // A way to fulfil the checks that leaves some of them has those.
  const fitting = all.filter(({ value }) => fits(value, domain));
  const left = fitting.length > 0 ? fitting : all;
  return choice(
    left.map(({ value }) => value),
    left.map(({ weight }) => weight),
  );
}

function isList(given: readonly Constant[] | Readonly<Record<string, number>>): given is readonly Constant[] {
  return Array.isArray(given);
}

function sinceSource(tools: Tools, kind: 'past' | 'future', text: string): Source {
  const duration = durationMs(text);
  if (duration === null) throw refused(tools, `${kind}: ${text}`, 'a duration such as 2y, 30d or 12h');
  if (!isScalar(tools.type, ...MOMENTS)) {
    throw refused(tools, `${kind}: a column of type ${typeName(tools)}`, `\`${kind}\` is for dates and times`);
  }
  const { now } = tools.world;
  const [low, high] = kind === 'past' ? [now - duration, now] : [now, now + duration];
  const usual = { low: inUnitOf(tools.type, low), high: inUnitOf(tools.type, high) };
  return numbersOf(tools, { ...usual, step: stepOf(tools), ...(kind === 'past' ? { shape: growing } : {}) }, text);
}

function betweenSource(tools: Tools, [from, to]: readonly [number | string, number | string]): Source {
  const [low, high] = [from, to].map((bound) => asValue(tools, bound));
  if (typeof low !== 'number' || typeof high !== 'number') {
    throw refused(tools, `between of a column of type ${typeName(tools)}`, '`between` is for numbers, dates and times');
  }
  if (low > high) throw refused(tools, `between: [${from}, ${to}]`, 'the smaller one comes first');
  return numbersOf(tools, { low, high, step: stepOf(tools) }, `${from} to ${to}`);
}

/** Within the checks and between both; a column that can't have any of them is refused. */
function numbersOf(tools: Tools, usual: Usual, said: string): Source {
  const { type, domain } = tools;
  const limited = type.kind === 'scalar' && limitsOf(type);
  if (!limited) throw refused(tools, said, 'numbers, dates and times have bounds');
  const max = domain.max && domain.max.value < usual.high ? domain.max : { value: usual.high, inclusive: true };
  const min = domain.min && domain.min.value > usual.low ? domain.min : { value: usual.low, inclusive: true };
  const source = numberSource(type, { ...domain, min, max }, usual, saltOf(tools));
  if (!source) throw refused(tools, `${said} leaves nothing`, 'its type and checks allow other values');
  return source;
}

/** Seconds where the type could have more. */
function stepOf({ type }: Tools): number {
  return isScalar(type, 'timestamp', 'timestamptz', 'time', 'timetz', 'interval') ? 1000 : 0;
}

function fakerSource(tools: Tools, name: string): Source {
  const call = fakerFunction(tools.world, name);
  if (typeof call !== 'function') throw refused(tools, `faker: ${name}`, call.wanted);
  const constant = (draws: Draws): Constant => {
    const result = call(draws);
    return result instanceof Date ? result.toISOString() : (result as Constant);
  };
  if (isText(tools.type)) return describedTexts(tools, (draws) => String(constant(draws)));
  return { draw: (draws) => asValue(tools, constant(draws)) };
}

/** The whole text has to be as the expression says. */
function patternOf(tools: Tools, pattern: string): Source {
  if (!isText(tools.type))
    throw refused(tools, `pattern: a column of type ${typeName(tools)}`, '`pattern` is for text');
  const whole = { kind: 'regex', source: `^(?:${pattern})$`, ignoreCase: false, negated: false } as const;
  const source = patternSource({ ...tools, domain: { ...tools.domain, patterns: [...tools.domain.patterns, whole] } });
  if (!source)
    throw refused(tools, `pattern: ${pattern}`, 'a regular expression that its type and checks leave some text of');
  return source;
}

function likeSource(tools: Tools, name: string): Source {
  const match = matchName(name, '');
  if (!match)
    throw refused(tools, `like: ${name}`, `there is no such meaning${suggestion(name, MEANING_WORDS)}`.slice(0, 300));
  if (!suits(tools.type, match.meaning)) {
    throw refused(
      tools,
      `like: ${name} of a column of type ${typeName(tools)}`,
      'another meaning, or another way to make values',
    );
  }
  const source = meant(tools, match);
  if (!source) throw refused(tools, `like: ${name}`, 'nothing of it fits the type and the checks of the column');
  return source;
}

function functionSource(tools: Tools, make: (cell: Cell) => Constant): Source {
  return {
    draw: (draws, row) =>
      asValue(
        tools,
        given(tools, row, () => make({ row, random: () => draws.unit() })),
      ),
  };
}

/** What somebody's function gives: dates as they would be written, and nothing that has no text of its own. */
function given(tools: Tools, row: number, make: () => unknown): Constant {
  const where = `the function of row ${row}`;
  let value: unknown;
  try {
    value = make();
  } catch (error) {
    throw refused(tools, `${where} failed: ${messageOf(error)}`, 'a value for every row');
  }
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  const what =
    value instanceof Promise ? 'a promise' : value === undefined ? 'nothing' : `a value of type ${typeof value}`;
  throw refused(tools, `${where} gave ${what}`, 'text, a number, true, false, null or a Date, at once');
}
