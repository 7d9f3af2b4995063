import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { aiOfFile } from '../../../support/ai-mocks.ts';

const mocks = aiOfFile();

const CalendarEvent = z.object({ name: z.string(), date: z.string(), participants: z.array(z.string()) });
const sentence = 'Alice and Bob are going to a science fair on Friday.';
const expected = { name: 'Science fair', date: 'Friday', participants: ['Alice', 'Bob'] };

it("extracts the event of OpenAI's own example, by chat completions and by responses", async () => {
  const messages = [
    { role: 'system' as const, content: 'Extract the event information.' },
    { role: 'user' as const, content: sentence },
  ];
  const model = 'gpt-4o';
  const chat = await mocks.openai.chat.completions.parse({
    model,
    messages,
    response_format: zodResponseFormat(CalendarEvent, 'event'),
  });
  expect(chat.choices[0]?.message.parsed).toEqual(expected);
  const response = await mocks.openai.responses.parse({
    model,
    input: messages,
    text: { format: zodTextFormat(CalendarEvent, 'event') },
  });
  expect(response.output_parsed).toEqual(expected);
});

it("extracts it by Anthropic's messages too, whose schemas have no name", async () => {
  const message = await mocks.anthropic.messages.parse({
    model: 'claude-opus-4-5',
    max_tokens: 500,
    messages: [{ role: 'user', content: sentence }],
    output_config: { format: zodOutputFormat(CalendarEvent) },
  });
  expect(message.parsed_output).toEqual(expected);
});

it('gives a tool what the user said', async () => {
  const message = await mocks.anthropic.messages.create({
    model: 'claude-opus-4-5',
    max_tokens: 500,
    messages: [{ role: 'user', content: 'Send a mail to bob@example.com about the late invoice' }],
    tools: [
      {
        name: 'send_mail',
        input_schema: {
          type: 'object',
          properties: { to: { type: 'string' }, subject: { type: 'string' } },
          required: ['to', 'subject'],
        },
      },
    ],
  });
  const call = message.content.find((block) => block.type === 'tool_use');
  expect(call?.input).toEqual({ to: 'bob@example.com', subject: 'The late invoice' });
});
