import type { Due } from './due.ts';

/** Whether one still counts: it may have been put off, or be gone. */
type Counts = (due: Due) => boolean;

/** What falls due, by its time: one heap for each clock. What no longer counts stays in it for a while. */
export class DueQueue {
  readonly #heaps = new Map<string | null, Heap>();
  readonly #counts: Counts;

  constructor(counts: Counts) {
    this.#counts = counts;
  }

  add(due: Due): void {
    const heap = this.#heaps.get(due.clock) ?? new Heap();
    this.#heaps.set(due.clock, heap);
    heap.push(due);
    heap.shrink(this.#counts);
  }

  /** The first at or before this time; it stays. */
  first(clock: string | null, at: number): Due | null {
    const heap = this.#heaps.get(clock);
    for (let due = heap?.first; heap && due && due.at <= at; due = heap.first) {
      if (this.#counts(due)) return due;
      heap.pop();
    }
    return null;
  }
}

const SMALL = 1024;

/** A binary heap: a parent is never later than its children. */
class Heap {
  #items: Due[] = [];
  #limit = SMALL;

  get first(): Due | undefined {
    return this.#items[0];
  }

  push(due: Due): void {
    let place = this.#items.push(due) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.#isEarlier(place, parent)) return;
      this.#swap(place, parent);
      place = parent;
    }
  }

  pop(): void {
    const last = this.#items.pop() as Due;
    if (this.#items.length === 0) return;
    this.#items[0] = last;
    for (let place = 0; ; ) {
      let least = place;
      for (const child of [2 * place + 1, 2 * place + 2]) {
        if (child < this.#items.length && this.#isEarlier(child, least)) least = child;
      }
      if (least === place) return;
      this.#swap(place, least);
      place = least;
    }
  }

  /** As long as the clock stands still nothing is popped: once it has doubled, what no longer counts is thrown out. */
  shrink(counts: Counts): void {
    if (this.#items.length <= this.#limit) return;
    const kept = this.#items.filter(counts);
    this.#items = [];
    for (const due of kept) this.push(due);
    this.#limit = Math.max(SMALL, 2 * kept.length);
  }

  /** Of two at the same time the one whose id comes first: what happens is the same in each run. */
  #isEarlier(one: number, other: number): boolean {
    const [a, b] = [this.#items[one] as Due, this.#items[other] as Due];
    return a.at < b.at || (a.at === b.at && a.id < b.id);
  }

  #swap(one: number, other: number): void {
    [this.#items[one], this.#items[other]] = [this.#items[other] as Due, this.#items[one] as Due];
  }
}
