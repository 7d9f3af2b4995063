import type { JsonObject } from '../../json.ts';

const USUAL = 20;
const MOST = 100;

/** One page of a list, the newest first unless asked otherwise, behind the item that `after` names. */
export function pageOf(items: readonly JsonObject[], query: URLSearchParams): JsonObject {
  const ordered = query.get('order') === 'asc' ? items : items.toReversed();
  const after = query.get('after');
  const start = after === null ? 0 : ordered.findIndex(({ id }) => id === after) + 1;
  const limit = Math.min(Math.max(Number(query.get('limit') ?? USUAL) || USUAL, 1), MOST);
  const data = ordered.slice(start, start + limit);
  return {
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: start + limit < ordered.length,
  };
}
