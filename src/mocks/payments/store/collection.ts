import { FieldIndex } from './field-index.ts';
import type { Kept, Room } from './kinds.ts';

/** All that is kept of one kind, in the order in which it came. */
export class Collection {
  readonly #objects = new Map<string, Kept>();
  /** Ids by age. What is gone leaves a gap, so that places stay what they are. */
  #order: (string | null)[] = [];
  readonly #places = new Map<string, number>();
  readonly #indexes: readonly FieldIndex[];
  readonly #room: Room;
  #lasting = 0;
  /** From here on there may be some of them; nothing in the middle is looked at twice. */
  readonly #heads = { passing: 0, lasting: 0 };

  constructor(room: Room, indexes: readonly string[]) {
    this.#room = room;
    this.#indexes = indexes.map((field) => new FieldIndex(field));
  }

  get size(): number {
    return this.#objects.size;
  }

  get(id: string): Kept | undefined {
    return this.#objects.get(id);
  }

  put(object: Kept): void {
    const before = this.#objects.get(object.id);
    if (before) this.#forget(before);
    else this.#places.set(object.id, this.#order.push(object.id) - 1);
    this.#objects.set(object.id, object);
    if (this.#isLasting(object)) this.#lasting += 1;
    for (const index of this.#indexes) index.add(object);
  }

  delete(id: string): void {
    const object = this.#objects.get(id);
    if (!object) return;
    this.#forget(object);
    this.#order[this.#places.get(id) as number] = null;
    this.#objects.delete(id);
    this.#places.delete(id);
    if (this.#order.length > 64 && this.#order.length > 2 * this.#objects.size) this.#closeGaps();
  }

  *newestFirst(): Iterable<Kept> {
    for (let place = this.#order.length - 1; place >= 0; place--) {
      const id = this.#order[place];
      if (id) yield this.#objects.get(id) as Kept;
    }
  }

  oldestFirst(): Iterable<Kept> {
    return this.#order.flatMap((id) => (id ? [this.#objects.get(id) as Kept] : []));
  }

  /** Those whose field has this value, newest first; null where the field has no index. */
  where(field: string, value: unknown): readonly Kept[] | null {
    const ids = this.#indexes.find((index) => index.field === field)?.idsOf(value);
    if (!ids) return null;
    const byAge = [...ids].sort((a, b) => (this.#places.get(b) as number) - (this.#places.get(a) as number));
    return byAge.map((id) => this.#objects.get(id) as Kept);
  }

  /** The oldest one that is too much, if any. */
  overflow(): string | null {
    if (this.#objects.size - this.#lasting > this.#room.passing) return this.#oldest('passing');
    if (this.#lasting > this.#room.most) return this.#oldest('lasting');
    return null;
  }

  #oldest(which: 'passing' | 'lasting'): string | null {
    for (let place = this.#heads[which]; place < this.#order.length; place++) {
      const id = this.#order[place];
      if (!id || this.#isLasting(this.#objects.get(id) as Kept) !== (which === 'lasting')) continue;
      this.#heads[which] = place;
      return id;
    }
    // One behind the head has changed sides; it is found when it is looked for from the start.
    this.#heads[which] = 0;
    return null;
  }

  #isLasting(object: Kept): boolean {
    return this.#room.lasting?.(object as never) ?? false;
  }

  #forget(object: Kept): void {
    if (this.#isLasting(object)) this.#lasting -= 1;
    for (const index of this.#indexes) index.remove(object);
  }

  #closeGaps(): void {
    this.#order = this.#order.filter((id) => id !== null);
    this.#order.forEach((id, place) => {
      this.#places.set(id as string, place);
    });
    this.#heads.passing = 0;
    this.#heads.lasting = 0;
  }
}
