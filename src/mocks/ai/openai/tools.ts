import type { Fields } from '../fields.ts';
import type { Tool, ToolChoice } from '../prompt.ts';
import { badRequest } from '../refusal.ts';
import { checkStrict } from './strict.ts';

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;

/** Tools of type `function`; those that OpenAI runs itself are never called by the mock. */
export function functionsOf(body: Fields): Tool[] {
  return (body.objects('tools') ?? []).flatMap((tool) => {
    const type = tool.required('type', tool.string('type'));
    if (type !== 'function') return [];
    // Chat completions have the definition one level deeper than responses.
    return toolOf(
      tool.raw('function') === null && tool.raw('name') !== null
        ? tool
        : tool.required('function', tool.inner('function')),
    );
  });
}

function toolOf(definition: Fields): Tool {
  const name = definition.required('name', definition.string('name'));
  const param = definition.path('name');
  if (!NAME.test(name)) {
    throw badRequest(
      `Invalid '${param}': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`,
      param,
      'invalid_value',
    );
  }
  const schema = definition.inner('parameters')?.object ?? { type: 'object', properties: {} };
  if (definition.boolean('strict')) {
    checkStrict(schema, `function '${name}'`, definition.path('parameters'), 'invalid_function_parameters');
  }
  return { name, description: definition.string('description') ?? '', schema };
}

export function choiceOf(body: Fields, tools: readonly Tool[]): ToolChoice {
  const choice = body.raw('tool_choice');
  if (choice === null) return { kind: 'auto' };
  if (tools.length === 0 && body.raw('tools') === null) {
    throw badRequest(
      "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.",
      'tool_choice',
    );
  }
  if (typeof choice === 'string') {
    return { kind: body.oneOf('tool_choice', ['none', 'auto', 'required']) ?? 'auto' };
  }
  const named = body.required('tool_choice', body.inner('tool_choice'));
  const name = named.inner('function')?.string('name') ?? named.string('name');
  if (name === null) return { kind: named.raw('mode') === 'required' ? 'required' : 'auto' };
  if (!tools.some((tool) => tool.name === name)) {
    throw badRequest(`Tool choice '${name}' not found in 'tools' parameter.`, 'tool_choice', 'invalid_value');
  }
  return { kind: 'named', name };
}
