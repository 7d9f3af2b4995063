import { expect, it } from 'vitest';
import { Draws } from '../../../../src/lib/draws.ts';
import { compileRules, type Match, type Subject } from '../../../../src/mocks/ai/rules.ts';

const subject: Subject = {
  provider: 'openai',
  model: 'gpt-4o-mini',
  text: 'Refund order\n12, please',
  tools: ['find'],
};

function applies(match: Match): boolean {
  const { decide } = compileRules([{ match, answer: { kind: 'text', text: '' } }]);
  return decide(subject, new Draws(1, 'x').at(0)) !== null;
}

it.each<[Match, boolean]>([
  [{}, true],
  [{ provider: 'openai' }, true],
  [{ provider: 'anthropic' }, false],
  [{ model: 'gpt-4o-mini' }, true],
  [{ model: 'gpt-4o' }, false],
  [{ model: 'gpt-*' }, true],
  [{ model: '*-mini' }, true],
  [{ model: 'gpt.4o.mini' }, false],
  [{ contains: 'REFUND' }, true],
  [{ contains: 'return' }, false],
  [{ matches: 'order.12' }, true],
  [{ matches: '^order' }, false],
  [{ tool: 'find' }, true],
  [{ tool: 'fin' }, false],
  [{ contains: 'refund', tool: 'none' }, false],
])('a rule for %j applies: %j', (match, expected) => {
  expect(applies(match)).toBe(expected);
});

it('decides by the first rule that applies, at its rate', () => {
  const { decide } = compileRules([
    { rate: 0.25, answer: { kind: 'fault', fault: { kind: 'server-error' } } },
    { name: 'rest', answer: { kind: 'text', text: '' } },
  ]);
  const names = Array.from({ length: 2000 }, (_, index) => decide(subject, new Draws(1, 'x').at(index))?.rule);
  const failed = names.filter((name) => name === 'rule 1').length;
  expect(failed / names.length).toBeCloseTo(0.25, 1);
  expect(names.filter((name) => name === 'rest')).toHaveLength(names.length - failed);
  expect(compileRules([{ rate: 0, answer: { kind: 'text', text: '' } }]).decide(subject, new Draws(1, 'x'))).toBeNull();
});

it('refuses a regular expression that is none', () => {
  expect(() => compileRules([{ match: { matches: '(' }, answer: { kind: 'text', text: '' } }])).toThrow(SyntaxError);
});

it('an expression that tries too many ways is given up for good, which is told once', () => {
  const told: string[] = [];
  const rule = { match: { matches: '^(a+)+$' }, answer: { kind: 'text', text: '' } } as const;
  const { decide } = compileRules([rule], (message) => told.push(message));
  const about = (text: string) => decide({ ...subject, text }, new Draws(1, 'x').at(0));
  expect(about(`${'a'.repeat(60)}!`)).toBeNull();
  expect(told).toEqual([expect.stringContaining('/^(a+)+$/isu')]);
  expect(about('aaa')).toBeNull();
  expect(told).toHaveLength(1);
});
