import type { Fields } from '../fields.ts';
import type { Tool, ToolChoice } from '../prompt.ts';
import { badRequest } from '../refusal.ts';
import { type Api, checkSupported } from './tools.ts';

export function choiceOf(body: Fields, tools: readonly Tool[], api: Api): ToolChoice {
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
  const wanted = body.required('tool_choice', body.inner('tool_choice'));
  const type = wanted.required('type', wanted.string('type'));
  checkSupported(type, wanted.path('type'));
  const known = wanted.oneOf('type', ['function', 'custom', 'allowed_tools']);
  return known === 'allowed_tools'
    ? allowedOf(api === 'chat' ? wanted.required(known, wanted.inner(known)) : wanted, tools, api)
    : { kind: 'named', name: namedIn(wanted, tools, api) };
}

/** Some of the tools, so that the others needn't leave the prompt's cache. */
function allowedOf(allowed: Fields, tools: readonly Tool[], api: Api): ToolChoice {
  const kind = allowed.required('mode', allowed.oneOf('mode', ['auto', 'required'] as const));
  const listed = allowed.required('tools', allowed.objects('tools'));
  return { kind, only: listed.map((one) => namedIn(one, tools, api)) };
}

function namedIn(choice: Fields, tools: readonly Tool[], api: Api): string {
  const type = choice.required('type', choice.string('type'));
  checkSupported(type, choice.path('type'));
  const named = api === 'chat' ? choice.required(type, choice.inner(type)) : choice;
  const name = named.required('name', named.string('name'));
  if (tools.some((tool) => tool.name === name)) return name;
  throw badRequest(`Tool choice '${name}' not found in 'tools' parameter.`, 'tool_choice', 'invalid_value');
}
