import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { aiOfFile } from '../../../support/ai-mocks.ts';

const mocks = aiOfFile();

const model = 'gpt-5';
const messages = [{ role: 'user' as const, content: 'The weather and the time in Rome' }];
const parameters = { type: 'object', properties: { city: { type: 'string' } } };

async function unsupported(asked: Promise<unknown>, what: string, param: string | null): Promise<void> {
  const refused = await asked.catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(OpenAI.BadRequestError);
  expect(refused).toMatchObject({ code: 'devenv_unsupported', ...(param === null ? {} : { param }) });
  const { answer } = mocks.calls.at(-1) ?? {};
  expect([answer?.headers['x-devenv-unsupported'], answer?.told.unsupported]).toEqual([what, true]);
}

describe('chat completions', () => {
  const named = (name: string) => ({ type: 'function' as const, function: { name, parameters } });
  const tools = [named('get_weather'), named('get_time')];
  const custom: OpenAI.ChatCompletionCustomTool = {
    type: 'custom',
    custom: { name: 'run_sql', description: 'Runs SQL', format: { type: 'text' } },
  };
  const called = async (more: Partial<OpenAI.ChatCompletionCreateParamsNonStreaming>) => {
    const { choices } = await mocks.openai.chat.completions.create({ model, messages, tools, ...more });
    return choices[0]?.message.tool_calls ?? [];
  };

  it('call of the tools those that are allowed', async () => {
    const allowed = (mode: 'auto' | 'required', name: string): OpenAI.ChatCompletionAllowedToolChoice => ({
      type: 'allowed_tools',
      allowed_tools: { mode, tools: [{ type: 'function', function: { name } }] },
    });
    expect(await called({ tool_choice: allowed('required', 'get_time') })).toMatchObject([
      { function: { name: 'get_time' } },
    ]);
    const auto = await called({ tool_choice: allowed('auto', 'get_weather') });
    expect(auto).toMatchObject([{ function: { name: 'get_weather' } }]);
    await expect(called({ tool_choice: allowed('auto', 'get_tea') })).rejects.toMatchObject({
      message: "400 Tool choice 'get_tea' not found in 'tools' parameter.",
      param: 'tool_choice',
    });
  });

  it('call tools that take a text with one, streamed too, and take their results', async () => {
    const choice = { type: 'custom' as const, custom: { name: 'run_sql' } };
    const [call] = await called({ tools: [custom], tool_choice: choice });
    if (call?.type !== 'custom') throw new Error('no call');
    expect(call.custom).toMatchObject({ name: 'run_sql', input: expect.stringMatching(/^[^"]+$/) });
    const chunks = await mocks.openai.chat.completions.create({
      ...{ model, messages, tools: [custom], tool_choice: choice, stream: true },
    });
    let streamed = '';
    for await (const { choices } of chunks) {
      const [part] = (choices[0]?.delta.tool_calls ?? []) as { custom?: { input: string } }[];
      streamed += part?.custom?.input ?? '';
    }
    expect(streamed).toBe(call.custom.input);
    const history: OpenAI.ChatCompletionMessageParam[] = [
      ...messages,
      { role: 'assistant', tool_calls: [call] },
      { role: 'tool', tool_call_id: call.id, content: 'done' },
    ];
    const { choices } = await mocks.openai.chat.completions.create({ model, messages: history, tools: [custom] });
    expect(choices[0]?.message.content).toBe('According to run_sql, the result is done.');
  });

  it('keep to a grammar that is a regular expression, and know no other', async () => {
    const grammar = (syntax: 'regex' | 'lark', definition: string): OpenAI.ChatCompletionCustomTool => ({
      type: 'custom',
      custom: { name: 'set_code', format: { type: 'grammar', grammar: { syntax, definition } } },
    });
    const [call] = await called({ tools: [grammar('regex', '[A-Z]{2}-\\d{3}')], tool_choice: 'required' });
    expect(call?.type === 'custom' && call.custom.input).toMatch(/^[A-Z]{2}-\d{3}$/);
    const lark = called({ tools: [grammar('lark', 'start: "a"')] });
    await unsupported(lark, 'grammars of Lark', 'tools[0].custom.format.grammar.syntax');
  });

  it('want what a tool is below its type', async () => {
    const flat = { type: 'function', name: 'get_weather', parameters } as unknown as OpenAI.ChatCompletionTool;
    await expect(called({ tools: [flat] })).rejects.toMatchObject({
      message: "400 Missing required parameter: 'tools[0].function'.",
      code: 'missing_required_parameter',
    });
    const asked = called({ web_search_options: {} });
    await unsupported(asked, 'the parameter web_search_options', 'web_search_options');
  });
});

describe('responses', () => {
  const named = (name: string) => ({ type: 'function' as const, name, parameters, strict: false });
  const tools: OpenAI.Responses.Tool[] = [named('get_weather'), named('get_time')];
  const input = 'The weather and the time in Rome';
  const create = (more: Partial<OpenAI.Responses.ResponseCreateParamsNonStreaming>) =>
    mocks.openai.responses.create({ model, input, tools, ...more });

  it('call of the tools those that are allowed', async () => {
    const only = { type: 'allowed_tools' as const, mode: 'required' as const };
    const { output } = await create({ tool_choice: { ...only, tools: [{ type: 'function', name: 'get_time' }] } });
    expect(output).toMatchObject([{ type: 'function_call', name: 'get_time' }]);
  });

  it('call tools that take a text with one, streamed too, and take their results', async () => {
    const custom: OpenAI.Responses.Tool[] = [{ type: 'custom', name: 'run_sql' }];
    const asked = { model, input, tools: custom, tool_choice: 'required' as const };
    const response = await mocks.openai.responses.create(asked);
    const [call] = response.output;
    if (call?.type !== 'custom_tool_call') throw new Error('no call');
    expect(call).toMatchObject({ name: 'run_sql', status: 'completed', input: expect.stringMatching(/^[^"]+$/) });
    let streamed = '';
    for await (const event of await mocks.openai.responses.create({ ...asked, stream: true })) {
      if (event.type === 'response.custom_tool_call_input.delta') streamed += event.delta;
      if (event.type === 'response.custom_tool_call_input.done') expect(event.input).toBe(streamed);
    }
    expect(streamed).toBe(call.input);
    const next = { model, previous_response_id: response.id };
    const result = { type: 'custom_tool_call_output' as const, call_id: call.call_id, output: 'done' };
    const { output_text } = await mocks.openai.responses.create({ ...next, input: [result] });
    expect(output_text).toBe('According to run_sql, the result is done.');
    await expect(mocks.openai.responses.create({ ...next, input })).rejects.toThrow(
      `No tool output found for custom tool call ${call.call_id}.`,
    );
    await expect(mocks.openai.responses.create({ model, input: [result] })).rejects.toThrow(
      `No tool call found for custom tool call output with call_id ${call.call_id}.`,
    );
  });

  it.each<OpenAI.Responses.Tool>([
    { type: 'web_search' },
    { type: 'file_search', vector_store_ids: ['vs_1'] },
    { type: 'mcp', server_label: 'wiki', server_url: 'https://example.com' },
    { type: 'code_interpreter', container: { type: 'auto' } },
  ])('say that they lack $type', async (tool) => {
    await unsupported(create({ tools: [tool] }), `tools of type ${tool.type}`, 'tools[0].type');
  });

  it('want what a tool is beside its type', async () => {
    const nested = { type: 'function', function: { name: 'get_weather', parameters } };
    await expect(create({ tools: [nested as unknown as OpenAI.Responses.Tool] })).rejects.toMatchObject({
      message: "400 Missing required parameter: 'tools[0].name'.",
      param: 'tools[0].name',
      code: 'missing_required_parameter',
    });
    const unknown = { type: 'telepathy' } as unknown as OpenAI.Responses.Tool;
    await expect(create({ tools: [unknown] })).rejects.toThrow("Invalid value: 'telepathy'.");
  });
});
