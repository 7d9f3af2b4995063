import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConfigError } from '../../../src/core/errors.ts';
import { Secret } from '../../../src/core/secret.ts';
import { VARIABLE_LAYERS, type VariableLayer, type VariableSource } from '../../../src/core/stack.ts';
import { expandText, resolveVariables } from '../../../src/core/variables.ts';

function source(
  name: string,
  value: string,
  layer: VariableLayer = 'base',
  place = 'devenv.config.yaml:7',
): VariableSource {
  return { name, value: new Secret(value), layer, place };
}

function attribute(name: string, path: readonly string[]): string | Secret | undefined {
  if (name === 'db' && path.join('.') === 'url') return new Secret('postgres://u:pw@127.0.0.1:5/d');
  if (name === 'mail' && path.join('.') === 'smtp.port') return '1025';
  return undefined;
}

function resolve(...sources: VariableSource[]): Record<string, string> {
  const variables = resolveVariables(sources, attribute);
  return Object.fromEntries([...variables.values()].map(({ name, value }) => [name, value.reveal()]));
}

function problems(...sources: VariableSource[]): string[] {
  try {
    resolve(...sources);
    return [];
  } catch (error) {
    return (error as ConfigError).message.split('\n');
  }
}

describe('which value wins', () => {
  it('is the strongest layer, whatever the order', () => {
    const all = VARIABLE_LAYERS.map((layer) => source('A', layer, layer, layer));
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: 1 }), (some) => {
        const strongest = VARIABLE_LAYERS.filter((layer) => some.some((candidate) => candidate.layer === layer));
        const variable = resolveVariables(some, attribute).get('A');
        expect(variable?.winner.layer).toBe(strongest[0]);
        expect(variable?.losers.map((loser) => loser.layer)).toEqual(strongest.slice(1));
      }),
    );
  });

  it('is the later one within a layer', () => {
    const variable = resolveVariables(
      [source('A', '1', '.env', '.env:1'), source('A', '2', '.env', '.env:2')],
      attribute,
    ).get('A');
    expect(variable?.value.reveal()).toBe('2');
    expect(variable?.losers.map((loser) => loser.place)).toEqual(['.env:1']);
  });
});

describe('references', () => {
  it.each([
    ['${db.url}?x=1', 'postgres://u:pw@127.0.0.1:5/d?x=1'],
    ['p=${mail.smtp.port}', 'p=1025'],
    ['${B}-${B}', 'b-b'],
    ['${NO:-default}', 'default'],
    ['${EMPTY:-default}', 'default'],
    ['${EMPTY}', ''],
    ['${NO:-}', ''],
    ['${NO:-${db.url}}', 'postgres://u:pw@127.0.0.1:5/d'],
    ['${NO:-a}b}', 'ab}'],
    ['$${db.url} $$ $B $ {', '${db.url} $ $B $ {'],
    ['{"a": {"b": "$"}}', '{"a": {"b": "$"}}'],
    ['', ''],
  ])('%s becomes %s', (text, value) => {
    expect(resolve(source('A', text), source('B', 'b'), source('EMPTY', '', '.env')).A).toBe(value);
  });

  it.each(['minted', '.env', '.env.local', 'shell'] as const)('stay as they are in a value of %s', (layer) => {
    expect(resolve(source('A', '${db.url} $$', layer)).A).toBe('${db.url} $$');
  });

  it('reach a variable whichever layer it is from, through others', () => {
    expect(
      resolve(source('A', '${B}/a'), source('B', '${C}/b', 'flag'), source('C', '$x', 'shell'), source('B', 'weak')),
    ).toEqual({
      A: '$x/b/a',
      B: '$x/b',
      C: '$x',
    });
  });

  it('to the own variable give the next weaker value', () => {
    const sources = [
      source('PATH', './bin:${PATH}', 'local'),
      source('PATH', './tools:${PATH}'),
      source('PATH', '/bin', 'shell'),
    ];
    expect(resolve(...sources).PATH).toBe('./bin:./tools:/bin');
    expect(resolve(source('A', '${A:-none}')).A).toBe('none');
  });

  it.each([
    ['${db.hots}', 'devenv.config.yaml:7: env.A: nothing is known as ${db.hots}'],
    ['${NO}', 'devenv.config.yaml:7: env.A: nothing sets ${NO}; give it a value or a default: ${NO:-…}'],
    ['${A}', 'devenv.config.yaml:7: env.A: nothing sets ${A}; give it a value or a default: ${A:-…}'],
    ['x ${B', 'devenv.config.yaml:7: env.A: a reference `${` has no closing `}`'],
    ['${NO:-x', 'devenv.config.yaml:7: env.A: a reference `${` has no closing `}`'],
    ['${db.url:-x}', 'devenv.config.yaml:7: env.A: ${db.url} is always there and takes no default'],
  ])('%s is a mistake', (text, problem) => {
    expect(problems(source('A', text))).toEqual([problem]);
  });

  it.each(['${}', '${1}', '${A-b}', '${A B}', '${db.}'])('%s cannot be read', (text) => {
    expect(problems(source('A', text))).toEqual([
      expect.stringContaining("a reference can't be read; write ${service.url}"),
    ]);
  });

  it('that go round in a circle are named once', () => {
    const circle = [source('X', '${A}'), source('A', '${B}'), source('B', '${C:-x}'), source('C', '${A}')];
    expect(problems(...circle)).toEqual([
      'devenv.config.yaml:7: env.C: the values go round in a circle: A → B → C → A',
    ]);
  });

  it('are all reported, with the place of each', () => {
    expect(problems(source('A', '${NO}', 'flag', '--env A'), source('B', '${x.y} ${NO}'))).toHaveLength(3);
    expect(problems(source('A', '${NO}', 'flag', '--env A'))[0]).toMatch(/^--env A: env\.A: /);
  });

  it('keep secrets wrapped and out of messages', () => {
    const variables = resolveVariables([source('A', '${db.url}')], attribute);
    expect(inspect(variables, { depth: 9 })).not.toContain('pw');
    expect(problems(source('A', 'hunter2${'), source('B', '${hunter 2}')).join()).not.toContain('hunter');
  });

  it('are replaced in single values too', () => {
    const { value, mistakes } = expandText('${db.url} ${X} ${Y}', {
      attribute,
      variable: (name) => (name === 'X' ? 'x' : undefined),
    });
    expect(value.reveal()).toBe('postgres://u:pw@127.0.0.1:5/d x ');
    expect(mistakes).toEqual(['nothing sets ${Y}; give it a value or a default: ${Y:-…}']);
  });

  it('never fail in another way, and text without a dollar sign is left alone', () => {
    const text = fc.string({ unit: fc.constantFrom('$', '{', '}', '.', ':-', 'A', 'db', 'url', ' ') });
    fc.assert(
      fc.property(text, (value) => {
        const { value: expanded, mistakes } = expandText(value, { attribute, variable: () => 'v' });
        if (!value.includes('$')) expect(expanded.reveal()).toBe(value);
        expect(expandText(value.replaceAll('$', '$$$$'), { attribute, variable: () => 'v' }).value.reveal()).toBe(
          value,
        );
        expect(Array.isArray(mistakes)).toBe(true);
      }),
    );
  });
});
