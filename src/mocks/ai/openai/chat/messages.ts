import type { Fields } from '../../fields.ts';
import type { Picture, Turn } from '../../prompt.ts';
import { badRequest } from '../../refusal.ts';

/** Of which only texts and pictures are looked at. */
const PARTS = ['text', 'image_url', 'input_audio', 'refusal', 'audio', 'file'] as const;

const ROLES = ['system', 'developer', 'user', 'assistant', 'tool', 'function'] as const;

export function turnOf(message: Fields): Turn {
  const role = message.required('role', message.oneOf('role', ROLES));
  const text = textOf(message);
  switch (role) {
    case 'system':
    case 'developer':
      return { role: 'system', text };
    case 'user':
      message.required('content', message.raw('content'));
      return { role, text, images: picturesOf(message) };
    case 'assistant':
      return { role, text, calls: callsOf(message) };
    case 'tool':
      return { role: 'tool', callId: message.required('tool_call_id', message.string('tool_call_id')), text };
    case 'function':
      return { role: 'tool', callId: message.string('name') ?? '', text };
  }
}

function partsOf(message: Fields): Fields[] {
  const content = message.raw('content');
  if (content === null || typeof content === 'string') return [];
  if (Array.isArray(content)) return message.objects('content') ?? [];
  throw message.wrongType(message.path('content'), 'one of a string or array of objects', content);
}

function textOf(message: Fields): string {
  const content = message.raw('content');
  if (typeof content === 'string') return content;
  return partsOf(message)
    .filter((part) => part.required('type', part.oneOf('type', PARTS)) === 'text')
    .map((part) => part.required('text', part.string('text')))
    .join('\n');
}

function picturesOf(message: Fields): Picture[] {
  return partsOf(message)
    .filter((part) => part.raw('type') === 'image_url')
    .map((part) => {
      const image = part.required('image_url', part.inner('image_url'));
      const url = image.required('url', image.string('url'));
      if (!/^(https?|data):/i.test(url)) throw badRequest('Invalid image URL.', image.path('url'), 'invalid_image_url');
      return { url, detail: image.oneOf('detail', ['low', 'high', 'auto']) === 'low' ? 'low' : 'high' };
    });
}

function callsOf(message: Fields): Extract<Turn, { role: 'assistant' }>['calls'] {
  if (message.list('tool_calls')?.length === 0) {
    const param = message.path('tool_calls');
    throw badRequest(
      `Invalid '${param}': empty array. Expected an array with minimum length 1, but got an empty array instead.`,
      param,
      'empty_array',
    );
  }
  return (message.objects('tool_calls') ?? []).map((call) => {
    const type = call.oneOf('type', ['function', 'custom']) ?? 'function';
    const called = call.required(type, call.inner(type));
    return {
      id: call.required('id', call.string('id')),
      name: called.required('name', called.string('name')),
      input: (type === 'custom' ? called.string('input') : called.string('arguments')) ?? '{}',
    };
  });
}
