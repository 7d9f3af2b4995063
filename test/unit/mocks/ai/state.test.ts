import { expect, it } from 'vitest';
import { ResponseStore } from '../../../../src/mocks/ai/response-store.ts';
import { AiState, type Change } from '../../../../src/mocks/ai/state.ts';

const kept = (id: string, previous: string | null = null, text = '') => ({
  response: { id, text },
  input: [],
  previous,
});

it('keeps a bounded number of answers of a bounded size, the last ones', () => {
  const store = new ResponseStore();
  for (let index = 0; index < 1500; index += 1) store.add(kept(`r${index}`));
  expect(store.all()).toHaveLength(1000);
  expect([store.get('r499'), store.get('r500')?.response.id]).toEqual([null, 'r500']);
  const large = 'x'.repeat(3 * 1024 * 1024);
  for (let index = 0; index < 10; index += 1) store.add(kept(`l${index}`, null, large));
  expect(store.all().map(({ response }) => response.id)).toEqual(['l5', 'l6', 'l7', 'l8', 'l9']);
});

it('finds all of a conversation, or tells what is missing', () => {
  const store = new ResponseStore();
  for (const one of [kept('a'), kept('b', 'a'), kept('c', 'b')]) store.add(one);
  const ids = (id: string): unknown => {
    const found = store.conversation(id);
    return 'missing' in found ? found : found.map(({ response }) => response.id);
  };
  expect(ids('c')).toEqual(['a', 'b', 'c']);
  store.delete('a');
  expect(ids('c')).toEqual({ missing: 'a' });
});

it('is again what it was after its changes, all of them or the fewest', () => {
  const changes: Change[] = [];
  const state = new AiState((change) => changes.push(change));
  for (const [index, tokens] of [10, 20, 0].entries()) {
    state.nextCall();
    state.store(kept(`r${index}`));
    state.use(tokens);
  }
  state.delete('r1');
  expect(state.tokens).toBe(30);
  for (const list of [changes, state.changes()]) {
    const other = new AiState(() => {});
    for (const change of list) other.replay(change);
    expect(other.changes()).toEqual(state.changes());
    expect([other.tokens, other.nextCall()]).toEqual([30, 4]);
  }
  expect(state.changes()).toHaveLength(3);
});
