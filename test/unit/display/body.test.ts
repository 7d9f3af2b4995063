import { describe, expect, it } from 'vitest';
import { bodyText, saidText } from '../../../src/display/body.ts';

describe('a body', () => {
  it.each([
    ['{"a":[1,{"b":"ü"}]}', '{\n  "a": [\n    1,\n    {\n      "b": "ü"\n    }\n  ]\n}'],
    ['amount=1250&items[0][price]=price%201', 'amount = 1250\nitems[0][price] = price 1'],
    ['{"cut off": "he', '{"cut off": "he'],
    ['no form = at all', 'no form = at all'],
    ['', ''],
  ])('%j is read as %j', (body, text) => {
    expect(bodyText(body)).toBe(text);
  });

  it('has nothing in it that a terminal would obey', () => {
    const bodies = ['{"a":"\\u001b[31mred\\u009b2J"}', 'a=%1B]0;title%07x', 'plain \u001b[31mred\u001b[2J\u0007'];
    for (const text of bodies.map(bodyText)) expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });
});

describe('what a model has said', () => {
  it.each([
    [
      'OpenAI, chat',
      'data: {"choices":[{"delta":{"content":"Tea "}}]}\n\ndata: {"choices":[{"delta":{"content":"is"}}]}\n\ndata: [DONE]\n',
    ],
    [
      'OpenAI, Responses',
      'event: response.output_text.delta\ndata: {"delta":"Tea "}\n\nevent: x\ndata: {"item":{}}\n\nevent: y\ndata: {"delta":"is"}\n\n',
    ],
    [
      'Anthropic',
      'event: a\ndata: {"delta":{"type":"text_delta","text":"Tea "}}\n\nevent: b\ndata: {"delta":{"type":"text_delta","text":"is"}}\n\nevent: c\ndata: {"delta":{"stop_rea',
    ],
    ['OpenAI, chat, whole', '{"choices":[{"message":{"content":"Tea is"}},{"message":{"content":"other"}}]}'],
    [
      'OpenAI, Responses, whole',
      '{"output":[{"type":"reasoning"},{"content":[{"type":"output_text","text":"Tea "},{"text":"is"}]}]}',
    ],
    ['Anthropic, whole', '{"content":[{"type":"text","text":"Tea is"},{"type":"tool_use","name":"x"}]}'],
  ])('is put together: %s', (_, body) => {
    expect(saidText(body)).toBe('Tea is');
  });

  it.each([
    '{"choices":[]}',
    '{"object":"customer"}',
    'null',
    '[1]',
    '{"content":null}',
    '{"output":[{}]}',
    '{"a',
    'x=1',
    '',
  ])('is nothing in %s', (body) => {
    expect(saidText(body)).toBe('');
  });
});
