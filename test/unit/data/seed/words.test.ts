import { describe, expect, it } from 'vitest';
import { endsWith, isSame, wordsOf } from '../../../../src/data/seed/words.ts';

describe('the words of a name', () => {
  it.each([
    ['order_items', 'order item'],
    ['OrderItem', 'order item'],
    ['orderLines', 'order line'],
    ['Order Details', 'order detail'],
    ['tbl_users', 'tbl user'],
    ['HTTPRequests', 'http request'],
    ['people', 'person'],
    ['categories', 'category'],
    ['addresses', 'address'],
    ['statuses', 'status'],
    ['status', 'status'],
    ['boxes', 'box'],
    ['branches', 'branch'],
    ['purchases', 'purchase'],
    ['invoices', 'invoice'],
    ['analysis', 'analysis'],
    ['movies', 'movie'],
    ['news', 'news'],
    ['kategorie', 'kategorie'],
    ['größen', 'größen'],
  ])('%s: %s', (name, words) => {
    expect(wordsOf(name).join(' ')).toBe(words);
  });

  it('are the same however they are separated, and may end another name', () => {
    expect(isSame(wordsOf('orderitems'), wordsOf('order_item'))).toBe(true);
    expect(endsWith(wordsOf('shop_orders'), ['order'])).toBe(true);
    expect(endsWith(wordsOf('border'), ['order'])).toBe(false);
    expect(endsWith(wordsOf('orders'), ['order'])).toBe(false);
  });
});
