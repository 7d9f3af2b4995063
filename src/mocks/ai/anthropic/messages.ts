import type { Fields } from '../fields.ts';
import type { Picture, Turn } from '../prompt.ts';
import { badRequest } from '../refusal.ts';

const ROLES = ['user', 'assistant', 'system'] as const;

export function turnsOf(body: Fields, messages: readonly Fields[]): Turn[] {
  const system = body.raw('system');
  const text = typeof system === 'string' ? system : blocksText(body.objects('system') ?? []);
  const turns = messages.flatMap(turnsOfMessage);
  return text === '' ? turns : [{ role: 'system', text }, ...turns];
}

/** One message may hold results of tools and text: each is a turn. */
function turnsOfMessage(message: Fields): Turn[] {
  const role = message.required('role', message.oneOf('role', ROLES));
  const content = message.required('content', message.raw('content'));
  if (typeof content === 'string') return [plain(role, content)];
  if (!Array.isArray(content)) throw message.wrongType(message.path('content'), 'a valid list', content);
  const blocks = message.objects('content') ?? [];
  if (role !== 'user')
    return [
      { ...plain(role, blocksText(blocks)), ...(role === 'assistant' ? { calls: callsOf(blocks) } : {}) } as Turn,
    ];
  const results = blocks.filter((block) => block.raw('type') === 'tool_result').map(resultOf);
  const said = blocks.filter((block) => block.raw('type') !== 'tool_result');
  if (said.length === 0) return results;
  return [...results, { role, text: blocksText(said), images: said.flatMap(pictureOf) }];
}

function plain(role: 'user' | 'assistant' | 'system', text: string): Turn {
  if (role === 'user') return { role, text, images: [] };
  return role === 'system' ? { role, text } : { role, text, calls: [] };
}

function resultOf(block: Fields): Turn {
  const content = block.raw('content');
  const text = typeof content === 'string' ? content : blocksText(block.objects('content') ?? []);
  return { role: 'tool', callId: block.required('tool_use_id', block.string('tool_use_id')), text };
}

function blocksText(blocks: readonly Fields[]): string {
  return blocks.flatMap(blockText).join('\n');
}

/** Text, or a document that is sent as text; others aren't read. */
function blockText(block: Fields): string[] {
  const type = block.required('type', block.string('type'));
  if (type === 'text') return [block.required('text', block.string('text'))];
  const source = type === 'document' ? block.inner('source') : null;
  return source?.raw('type') === 'text' ? [source.required('data', source.string('data'))] : [];
}

function callsOf(blocks: readonly Fields[]): Extract<Turn, { role: 'assistant' }>['calls'] {
  return blocks
    .filter((block) => block.raw('type') === 'tool_use')
    .map((block) => ({
      id: block.required('id', block.string('id')),
      name: block.required('name', block.string('name')),
      input: JSON.stringify(block.raw('input') ?? {}),
    }));
}

function pictureOf(block: Fields): Picture[] {
  if (block.raw('type') !== 'image') return [];
  const source = block.required('source', block.inner('source'));
  if (source.raw('type') === 'url') return [{ url: source.string('url') ?? '', detail: 'high' }];
  const [media, data] = [source.string('media_type') ?? 'image/png', source.string('data')];
  if (data === null && source.raw('type') === 'base64') throw badRequest(`${source.path('data')}: Field required`);
  return [{ url: `data:${media};base64,${data ?? ''}`, detail: 'high' }];
}
