import type { Due } from './due.ts';

/**
 * What falls due, by its time: one heap for each clock. Those that were put off or are gone stay in it until their turn
 * comes; whether one still counts is asked of the store.
 */
export class DueQueue {
  readonly #heaps = new Map<string | null, Due[]>();

  add(due: Due): void {
    const heap = this.#heaps.get(due.clock);
    if (heap) push(heap, due);
    else this.#heaps.set(due.clock, [due]);
  }

  /** The first at or before this time that still counts; it stays. */
  first(clock: string | null, at: number, counts: (due: Due) => boolean): Due | null {
    const heap = this.#heaps.get(clock);
    for (let due = heap?.[0]; heap && due && due.at <= at; due = heap[0]) {
      if (counts(due)) return due;
      pop(heap);
    }
    return null;
  }
}

function push(heap: Due[], due: Due): void {
  let place = heap.push(due) - 1;
  while (place > 0) {
    const parent = (place - 1) >> 1;
    if (!isEarlier(heap[place] as Due, heap[parent] as Due)) return;
    swap(heap, place, parent);
    place = parent;
  }
}

function pop(heap: Due[]): void {
  const last = heap.pop() as Due;
  if (heap.length === 0) return;
  heap[0] = last;
  for (let place = 0; ; ) {
    const [left, right] = [2 * place + 1, 2 * place + 2];
    let least = place;
    if (left < heap.length && isEarlier(heap[left] as Due, heap[least] as Due)) least = left;
    if (right < heap.length && isEarlier(heap[right] as Due, heap[least] as Due)) least = right;
    if (least === place) return;
    swap(heap, place, least);
    place = least;
  }
}

/** Of two at the same time the one whose id comes first: what happens is the same in each run. */
function isEarlier(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.id < b.id);
}

function swap(heap: Due[], a: number, b: number): void {
  [heap[a], heap[b]] = [heap[b] as Due, heap[a] as Due];
}
