import type { ServedPayments } from './payments.ts';

export const CARD = {
  email: 'ada@example.com',
  number: '4242 4242 4242 4242',
  expiry: '12 / 30',
  cvc: '123',
  name: 'Ada',
};

interface Visited {
  readonly status: number;
  /** Where it leads; '' where it doesn't. */
  readonly to: string;
  readonly text: string;
}

/** A page of the mock as a browser asks for it, or sends its form; without following where it leads. */
export async function visit({ mocks }: ServedPayments, url: string, form?: Record<string, string>): Promise<Visited> {
  const post = form && { method: 'POST', body: new URLSearchParams(form) };
  const response = await fetch(url.replace('http://localhost:1', mocks.url), { redirect: 'manual', ...post });
  return { status: response.status, to: response.headers.get('location') ?? '', text: await response.text() };
}
