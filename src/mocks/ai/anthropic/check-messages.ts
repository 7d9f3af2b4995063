import type Anthropic from '@anthropic-ai/sdk';
import type { Fields } from '../fields.ts';
import { badRequest } from '../refusal.ts';

/** Of the `beta` methods too; the compiler says when the SDK knows another. */
const BLOCKS: Readonly<Record<string, true>> = {
  advisor_tool_result: true,
  bash_code_execution_tool_result: true,
  code_execution_tool_result: true,
  compaction: true,
  container_upload: true,
  document: true,
  fallback: true,
  image: true,
  mcp_tool_listing: true,
  mcp_tool_result: true,
  mcp_tool_use: true,
  redacted_thinking: true,
  search_result: true,
  server_tool_use: true,
  text: true,
  text_editor_code_execution_tool_result: true,
  thinking: true,
  tool_addition: true,
  tool_removal: true,
  tool_result: true,
  tool_search_tool_result: true,
  tool_use: true,
  web_fetch_tool_result: true,
  web_search_tool_result: true,
} satisfies Record<Anthropic.Beta.BetaContentBlockParam['type'] | Anthropic.ContentBlockParam['type'], true> &
  Record<string, true>;

const PICTURES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'] as const;

/** Throws for messages that the API refuses, whoever calls tools in them. */
export function checkMessages(messages: readonly Fields[]): void {
  if (messages[0]?.raw('role') === 'assistant') {
    throw badRequest('messages: first message must use the "user" role', 'messages');
  }
  for (const [index, message] of messages.entries()) {
    const isPrefill = index === messages.length - 1 && message.raw('role') === 'assistant';
    if (!isPrefill && isEmpty(message.raw('content'))) throw noContent(message);
    if (Array.isArray(message.raw('content'))) {
      for (const block of message.objects('content') ?? []) checkBlock(block, message.raw('role'));
    }
    if (isPrefill && /\s$/.test(endOf(message))) {
      throw badRequest('messages: final assistant content cannot end with trailing whitespace', 'messages');
    }
  }
}

function isEmpty(content: unknown): boolean {
  return content === '' || (Array.isArray(content) && content.length === 0);
}

function noContent(message: Fields): Error {
  return badRequest(
    message.raw('role') === 'user'
      ? `${message.at}: user messages must have non-empty content`
      : `${message.at}: all messages must have non-empty content except for the optional final assistant message`,
  );
}

function endOf(message: Fields): string {
  const content = message.raw('content');
  if (typeof content === 'string') return content;
  const last = message.objects('content')?.at(-1);
  return last?.raw('type') === 'text' ? (last.string('text') ?? '') : '';
}

function checkBlock(block: Fields, role: unknown): void {
  const type = block.required('type', block.string('type'));
  if (BLOCKS[type] !== true) {
    const tags = Object.keys(BLOCKS).map((tag) => `'${tag}'`);
    throw badRequest(
      `${block.at}: Input tag '${type}' found using 'type' does not match any of the expected tags: ${tags.join(', ')}`,
    );
  }
  if (type === 'text') checkText(block.required('text', block.string('text')));
  if (type === 'image') checkPicture(block);
  const only = type === 'tool_use' ? 'assistant' : type === 'tool_result' ? 'user' : role;
  if (role !== only) throw badRequest(`${block.at}: \`${type}\` blocks can only be in \`${only}\` messages`);
}

function checkText(text: string): void {
  if (text === '') throw badRequest('messages: text content blocks must be non-empty', 'messages');
  if (text.trim() === '')
    throw badRequest('messages: text content blocks must contain non-whitespace text', 'messages');
}

function checkPicture(block: Fields): void {
  const source = block.required('source', block.inner('source'));
  if (source.raw('type') !== 'base64') return;
  // Of a union the API tells the branch too: `image.source.base64`.
  const at = `${block.at}.image.source.base64`;
  const media = source.required('media_type', source.string('media_type'));
  if (!(PICTURES as readonly string[]).includes(media)) {
    throw badRequest(`${at}.media_type: Input should be 'image/jpeg', 'image/png', 'image/gif' or 'image/webp'`);
  }
  const data = source.required('data', source.string('data'));
  if (data === '' || data.length % 4 === 1 || !/^[A-Za-z0-9+/]+={0,2}$/.test(data)) {
    throw badRequest(`${at}: invalid base64 data`);
  }
}
