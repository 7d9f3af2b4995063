import type { Fields } from '../fields.ts';
import type { Tool } from '../prompt.ts';
import { Refusal } from '../refusal.ts';
import { nameOf } from './names.ts';
import { checkStrict } from './strict.ts';

/** Chat completions have what a tool is below the name of its type, responses beside it. */
export type Api = 'chat' | 'responses';

const TYPES = { chat: ['function', 'custom'], responses: ['function', 'custom'] } as const;

/** Those that OpenAI or the caller's own machine runs, or that hold others. */
const UNSUPPORTED = new Set(
  `apply_patch code_interpreter computer computer_use_preview file_search image_generation local_shell mcp namespace
  programmatic_tool_calling shell tool_search web_search web_search_2025_08_26 web_search_preview web_search_preview_2025_03_11`.split(
    /\s+/,
  ),
);

export function toolsOf(body: Fields, api: Api): Tool[] {
  return (body.objects('tools') ?? []).map((tool) => {
    const type = typeOf(tool, api);
    const definition = api === 'chat' ? tool.required(type, tool.inner(type)) : tool;
    return type === 'function' ? functionOf(definition) : customOf(definition);
  });
}

function typeOf(tool: Fields, api: Api): 'function' | 'custom' {
  const type = tool.required('type', tool.string('type'));
  if (api === 'responses') checkSupported(type, tool.path('type'));
  return tool.oneOf('type', TYPES[api]) ?? 'function';
}

/** Throws where it is a kind of tool that the API has and the mock hasn't. */
export function checkSupported(type: string, param: string): void {
  if (UNSUPPORTED.has(type)) throw new Refusal('unsupported', `tools of type ${type}`, { param });
}

function functionOf(definition: Fields): Tool {
  const name = nameOf(definition);
  const schema = definition.inner('parameters')?.object ?? { type: 'object', properties: {} };
  if (definition.boolean('strict')) {
    checkStrict(schema, `function '${name}'`, definition.path('parameters'), 'invalid_function_parameters');
  }
  return { name, description: definition.string('description') ?? '', schema };
}

/** A tool that takes a text. */
function customOf(definition: Fields): Tool {
  const name = nameOf(definition);
  const schema = { type: 'string', ...patternOf(definition.inner('format')) };
  return { name, description: definition.string('description') ?? '', schema, takesText: true };
}

/** Of a grammar that is a regular expression; a context-free one isn't understood. */
function patternOf(format: Fields | null): { pattern?: string } {
  if (format?.oneOf('type', ['text', 'grammar']) !== 'grammar') return {};
  const grammar = format.inner('grammar') ?? format;
  const syntax = grammar.required('syntax', grammar.oneOf('syntax', ['lark', 'regex']));
  if (syntax === 'lark') throw new Refusal('unsupported', 'grammars of Lark', { param: grammar.path('syntax') });
  return { pattern: `^(?:${grammar.required('definition', grammar.string('definition'))})$` };
}
