import { expect, it } from 'vitest';
import { page } from '../../../../src/mocks/payments/api/list.ts';
import { changedAttributes } from '../../../../src/mocks/payments/events/changed-attributes.ts';
import { html } from '../../../../src/mocks/payments/pages/html.ts';

it('tells what was, of what is otherwise now', () => {
  const before = { name: 'a', nested: { x: 1, y: 2 }, list: [1], same: { deep: [1] }, gone: 1 };
  const after = { name: 'b', nested: { x: 1, y: 3 }, list: [1, 2], same: { deep: [1] }, added: true };
  expect(changedAttributes(before, after)).toEqual({ name: 'a', nested: { y: 2 }, list: [1], gone: 1, added: null });
});

it('escapes what is shown, and nothing twice', () => {
  const rows = ['<b>', '"&\''].map((text) => html`<li title="${text}">${text}</li>`);
  expect(html`<ul>${rows}${null}${3}</ul>`.text).toBe(
    '<ul><li title="&lt;b&gt;">&lt;b&gt;</li><li title="&quot;&amp;&#39;">&quot;&amp;&#39;</li>3</ul>',
  );
});

it('cuts a page from a list at its cursors', () => {
  const objects = ['e', 'd', 'c', 'b', 'a'].map((id) => ({ id }));
  const cut = (cursors: object) => {
    const { data, has_more } = page(objects, cursors, '/v1/x');
    return [data.map(({ id }) => id).join(''), has_more];
  };
  expect(cut({ limit: 2 })).toEqual(['ed', true]);
  expect(cut({ limit: 2, starting_after: 'd' })).toEqual(['cb', true]);
  expect(cut({ limit: 3, starting_after: 'd' })).toEqual(['cba', false]);
  expect(cut({ limit: 2, ending_before: 'b' })).toEqual(['dc', true]);
  expect(cut({ limit: 9, ending_before: 'c' })).toEqual(['ed', false]);
  expect(() => cut({ starting_after: 'a', ending_before: 'b' })).toThrow(/both starting_after and ending_before/);
});
