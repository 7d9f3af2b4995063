import type { Fields } from '../../fields.ts';
import type { JsonObject } from '../../json.ts';
import type { Picture, Turn } from '../../prompt.ts';
import { badRequest, Refusal } from '../../refusal.ts';

/** Of which only texts and pictures are looked at. */
const PARTS = [
  'input_text',
  'input_image',
  'input_file',
  'input_audio',
  'output_text',
  'refusal',
  'text',
  'summary_text',
  'reasoning_text',
  'computer_screenshot',
] as const;

const ROLES = ['system', 'developer', 'user', 'assistant'] as const;

/** The items of `input`; a text alone is a message of the user. */
export function itemsOf(body: Fields): Fields[] {
  const input = body.raw('input');
  if (typeof input === 'string')
    return [body.other({ type: 'message', role: 'user', content: [{ type: 'input_text', text: input }] })];
  if (input === null) throw badRequest("Missing required parameter: 'input'.", 'input', 'missing_required_parameter');
  const items = body.objects('input') ?? [];
  if (items.length > 0 || body.raw('previous_response_id') !== null) return items;
  throw badRequest(
    `One of "input" or "previous_response_id" or 'prompt' or 'conversation_id' must be provided.`,
    'input',
    'missing_required_parameter',
  );
}

/** An item as it is told later: a message has parts, also where it was sent as a text. */
export function keptItem(item: JsonObject): JsonObject {
  const { type = 'message', role, content: text } = item;
  if (type !== 'message') return item;
  if (typeof text !== 'string') return { type, ...item };
  const part = role === 'assistant' ? { type: 'output_text', text, annotations: [] } : { type: 'input_text', text };
  return { type, status: 'completed', ...item, content: [part] };
}

export function turnsOfItems(items: readonly Fields[]): Turn[] {
  return items.flatMap(turnOf);
}

function turnOf(item: Fields): Turn[] {
  const type = item.string('type') ?? 'message';
  switch (type) {
    case 'message':
      return [messageTurn(item)];
    case 'function_call':
      return [callTurn(item, item.string('arguments') ?? '{}')];
    case 'custom_tool_call':
      return [callTurn(item, item.required('input', item.string('input')))];
    case 'function_call_output':
    case 'custom_tool_call_output':
      return [{ role: 'tool', callId: item.required('call_id', item.string('call_id')), text: textOf(item, 'output') }];
    case 'reasoning':
    case 'compaction':
      return [];
    default:
      throw new Refusal('unsupported', `input items of type ${type}`, { param: item.path('type') });
  }
}

function callTurn(item: Fields, input: string): Turn {
  const call = {
    id: item.required('call_id', item.string('call_id')),
    name: item.required('name', item.string('name')),
    input,
  };
  return { role: 'assistant', text: '', calls: [call] };
}

function messageTurn(item: Fields): Turn {
  const role = item.required('role', item.oneOf('role', ROLES));
  item.required('content', item.raw('content'));
  const text = textOf(item, 'content');
  if (role === 'user') return { role, text, images: picturesOf(item) };
  return role === 'assistant' ? { role, text, calls: [] } : { role: 'system', text };
}

function textOf(item: Fields, name: string): string {
  const content = item.raw(name);
  if (typeof content === 'string') return content;
  return (item.objects(name) ?? [])
    .filter((part) => /^(input_|output_)?text$/.test(part.required('type', part.oneOf('type', PARTS))))
    .map((part) => part.required('text', part.string('text')))
    .join('\n');
}

function picturesOf(item: Fields): Picture[] {
  if (!Array.isArray(item.raw('content'))) return [];
  const images = (item.objects('content') ?? []).filter((part) => part.raw('type') === 'input_image');
  return images.map((part) => ({
    url: part.string('image_url') ?? '',
    detail: part.string('detail') === 'low' ? 'low' : 'high',
  }));
}
