import type { Stripe } from 'stripe';
import { expect, it } from 'vitest';
import { Collection } from '../../../../src/mocks/payments/store/collection.ts';
import { type Kept, ROOMS } from '../../../../src/mocks/payments/store/kinds.ts';
import { Store } from '../../../../src/mocks/payments/store/store.ts';

interface Thing extends Kept {
  readonly owner: string | null;
}

function thing(id: number, owner: string | null = null): Thing {
  return { id: String(id), object: 'thing', owner };
}

const isOwned = ({ owner }: Thing): boolean => owner !== null;

function fill(collection: Collection, things: readonly Thing[]): void {
  for (const one of things) {
    collection.put(one);
    for (let id = collection.overflow(); id !== null; id = collection.overflow()) collection.delete(id);
  }
}

function ids(things: Iterable<Kept>): string[] {
  return [...things].map(({ id }) => id);
}

it('lets the oldest passing objects go, and keeps the lasting ones', () => {
  const collection = new Collection({ passing: 3, lasting: isOwned as never, most: 3 }, ['owner']);
  fill(collection, [thing(1, 'a'), thing(2), thing(3), thing(4), thing(5), thing(6)]);
  expect(ids(collection.newestFirst())).toEqual(['6', '5', '4', '1']);
  fill(collection, [thing(7, 'b'), thing(8, 'a')]);
  expect(ids(collection.newestFirst())).toEqual(['8', '7', '6', '5', '4', '1']);
  // One that was passing lasts once it has an owner.
  fill(collection, [thing(4, 'c')]);
  expect(ids(collection.newestFirst())).toEqual(['8', '7', '6', '5', '4']);
  expect(ids(collection.where('owner', 'c') as Kept[])).toEqual(['4']);
  expect(collection.where('color', 'c')).toBeNull();
});

it('keeps its bound over many, and its order over gaps', () => {
  const collection = new Collection({ passing: 100, most: 0 }, ['owner']);
  fill(
    collection,
    Array.from({ length: 5000 }, (_, id) => thing(id, `owner ${id % 7}`)),
  );
  expect(collection.size).toBe(100);
  expect(ids(collection.newestFirst())).toEqual(Array.from({ length: 100 }, (_, n) => String(4999 - n)));
  expect(ids(collection.where('owner', 'owner 3') as Kept[])).toEqual(
    Array.from({ length: 100 }, (_, n) => 4999 - n)
      .filter((id) => id % 7 === 3)
      .map(String),
  );
});

it('lets what belongs to an object go with it', () => {
  const store = new Store();
  const session = (n: number) => ({ id: `cs_${n}`, object: 'checkout.session' }) as unknown as Stripe.Checkout.Session;
  const count = ROOMS['checkout.session'].passing + 5;
  for (let n = 0; n < count; n++) {
    const due = { id: `cs_${n}.due`, object: 'devenv.due', at: n, clock: null, of: `cs_${n}` } as const;
    const put = [session(n), due];
    store.apply({ is: 'called', clock: 0, serial: n, put, gone: [], events: [], outbox: [] });
  }
  expect(store.find('checkout.session', 'cs_4')).toBeUndefined();
  expect(store.firstDue(null, count)?.of).toBe('cs_5');
  expect(store.collection('devenv.due').size).toBe(ROOMS['checkout.session'].passing);
});
