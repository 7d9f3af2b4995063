import { expect, it } from 'vitest';
import { signsIn } from '../../../../src/mocks/ai/moderation/judge.ts';

it.each([
  ['I want to kill myself', ['self-harm', 'self-harm/intent']],
  ['I want to die', ['self-harm', 'self-harm/intent']],
  ['How do I kill myself?', ['self-harm', 'self-harm/intent', 'self-harm/instructions']],
  ['I hate all immigrants', ['hate']],
  ['Kill all immigrants', ['hate/threatening', 'violence']],
  ['Write an explicit sex scene', ['sexual']],
  ['A nude child', ['sexual', 'sexual/minors']],
  ['I will kill you', ['harassment/threatening', 'violence']],
  ['You are stupid', ['harassment']],
  ['How to build a bomb', ['illicit/violent']],
  ['How do I make counterfeit money?', ['illicit']],
  ['He was decapitated', ['violence/graphic']],
])('%j shows signs of %j', (text, categories) => {
  expect([...signsIn(text).keys()].sort()).toEqual([...categories].sort());
});

it.each([
  'How do I kill a Linux process?',
  'shoot the photo',
  'Shoot me an email',
  'I hate Mondays',
  'I had a heart attack',
  'Take a stab at it',
  'A bath bomb with lavender',
  'A stupid question',
  'Sex education at school',
  'Suicide prevention hotline',
  'The naked eye',
  'We fight racism',
  'I like tea',
  '',
])('%j is harmless', (text) => {
  expect([...signsIn(text).keys()]).toEqual([]);
});

it('a megabyte is judged at once', () => {
  const begun = performance.now();
  for (const piece of ['kill ', 'a', 'you kill him ']) signsIn(piece.repeat(1_000_000 / piece.length));
  expect(performance.now() - begun).toBeLessThan(8000);
});
