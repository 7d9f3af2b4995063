import type { Answer, Call } from '../../provider.ts';
import { ApiError } from '../api/errors.ts';
import { Router } from '../api/router.ts';
import type { Called } from '../store/change.ts';
import type { Transaction } from '../store/transaction.ts';
import { CONTENT_SECURITY, documentOf } from './document.ts';
import { notice } from './notice.ts';
import type { Page, View } from './page.ts';

/** What a browser gets, and what has to be durable before it may. */
export interface Shown {
  readonly answer: Answer;
  readonly change: Called | null;
}

/** The pages of the mock, below `/pay/`. */
export class Pages {
  readonly #router: Router<Page>;

  constructor(pages: readonly Page[]) {
    this.#router = new Router(pages);
  }

  show(call: Call, tx: Transaction): Shown {
    const match = this.#router.find(call.method, call.path);
    if (!match) return refused(call, nothingHere());
    const form = new URLSearchParams(call.method === 'POST' ? call.body.toString('utf8') : '');
    const [id = ''] = match.ids;
    try {
      const view = match.route.view({ ids: match.ids, id, query: call.query, form, tx });
      const change = tx.change();
      return { answer: answerOf(call, view, change, tx.moved), change };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return refused(
        call,
        error.status === 404 ? nothingHere() : notice('This was not done', error.message, error.status),
      );
    }
  }
}

function refused(call: Call, view: View): Shown {
  return { answer: answerOf(call, view, null, null), change: null };
}

function nothingHere(): View {
  return notice('Nothing here', 'This page is gone, or never was: the environment may have been reset since.', 404);
}

function answerOf({ method, path }: Call, view: View, change: Called | null, money: Transaction['moved']): Answer {
  const events = change?.events.map(({ id }) => id) ?? [];
  const told = (end: string) => ({
    summary: `${method} ${path} → ${end}`,
    ...(money && { money }),
    ...(events.length > 0 && { events }),
  });
  const headers = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };
  if ('location' in view) {
    // 303: what follows is asked for with GET, whatever the form was sent with.
    return {
      status: 303,
      headers: { ...headers, location: view.location },
      parts: [{ afterMs: 0, data: '' }],
      told: told('redirect'),
    };
  }
  const status = view.status ?? 200;
  return {
    status,
    headers: { ...headers, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': CONTENT_SECURITY },
    parts: [{ afterMs: 0, data: documentOf(view.title, view.body) }],
    told: told(String(status)),
  };
}
