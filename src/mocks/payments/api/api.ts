import type { DunningEnd } from '../../../core/mocks.ts';
import type { Call } from '../../provider.ts';
import { expand } from '../params/common.ts';
import { readParams } from '../params/composed.ts';
import type { Params, Shape } from '../params/kind.ts';
import { parseForm, type RawParams } from '../params/parse-form.ts';
import { text } from '../params/scalars.ts';
import { advanceStep } from '../resources/test-clocks/advance.ts';
import type { Called, Remembered } from '../store/change.ts';
import type { Due } from '../store/due.ts';
import { mixed } from '../store/ids.ts';
import type { Kind } from '../store/kinds.ts';
import type { Store } from '../store/store.ts';
import { type Cause, type Setting, Transaction } from '../store/transaction.ts';
import { authenticate, type Caller, type Keys, refusePublishable } from './authenticate.ts';
import { ApiError } from './errors.ts';
import { type AllIncluded, allIncluded, expanded } from './expand.ts';
import { followersOf } from './follow.ts';
import { fingerprintOf, idempotencyKey, otherParameters } from './idempotency.ts';
import { asToday } from './older-versions.ts';
import type { Resource, Route } from './route.ts';
import { type Match, Router } from './router.ts';
import { unknownUrl } from './unknown-url.ts';
import { askedVersion, byVersion } from './version.ts';

export interface ApiParts {
  readonly seed: string;
  /** Milliseconds since 1970. */
  readonly wallClock: () => number;
  readonly keys: Keys;
  readonly publicUrl: string;
  readonly dunningEnd: DunningEnd;
  readonly resources: readonly Resource[];
  readonly endpointsFor: (type: string, tx: Transaction) => readonly string[];
}

/** What a call comes to: an answer, and what has to be durable before it may be given. */
export interface Outcome {
  readonly status: number;
  readonly body: object;
  readonly request: string;
  readonly error: ApiError | null;
  readonly match: Match<Route> | null;
  readonly change: Called | null;
  readonly moved: Transaction['moved'];
  /** The id of the call whose answer this is, where it was one before. */
  readonly original: string | null;
}

/** Decides what a call gets. Nothing is waited for, sent or written: the state is only looked at. */
export class Api {
  readonly #parts: ApiParts;
  readonly #router: Router<Route>;
  readonly #included: AllIncluded;
  readonly #due: NonNullable<Resource['due']>;
  readonly #follow: Setting['follow'];

  constructor(parts: ApiParts) {
    this.#parts = parts;
    this.#router = new Router(parts.resources.flatMap(({ routes }) => routes));
    this.#included = allIncluded(parts.resources);
    this.#follow = followersOf(parts.resources);
    this.#due = Object.assign({}, ...parts.resources.map(({ due }) => due ?? {}));
  }

  decide(call: Call, store: Store, nowMs: number): Outcome {
    try {
      return this.#decide(call, store, nowMs, this.#requestId(nowMs));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return this.failure(error, nowMs);
    }
  }

  /** A call that never came to doing anything. */
  failure(error: ApiError, nowMs: number): Outcome {
    const nothing = { match: null, change: null, moved: null, original: null };
    return { ...nothing, request: this.#requestId(nowMs), status: error.status, body: { error: error.body }, error };
  }

  /** What happens to an object whose time has come, at that time. */
  settle(due: Due, store: Store): Called | null {
    try {
      return this.#settle(due, store, (of, tx) => this.#happen(of, tx));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // What it would need is no longer kept: nothing happens, rather than the same mistake at each call.
      return this.#settle(due, store, () => {});
    }
  }

  #settle(due: Due, store: Store, happen: (of: string, tx: Transaction) => void): Called | null {
    const tx = this.transaction(store, due.at);
    tx.unschedule(due.of);
    const clock = tx.find('test_helpers.test_clock', due.of);
    if (clock)
      advanceStep(
        clock,
        (at) => store.firstDue(clock.id, at),
        (of) => happen(of, tx),
        tx,
      );
    else happen(due.of, tx);
    return tx.change();
  }

  /** Of what no call asked for, such as a page. */
  transaction(store: Store, nowMs: number, cause: Cause = NOBODY): Transaction {
    return new Transaction(store, { ...this.#parts, nowMs, cause, follow: this.#follow });
  }

  #happen(of: string, tx: Transaction): void {
    const object = tx.any(of);
    const happens = object && (this.#due[object.object as Kind] as Happens | undefined);
    if (happens) happens(object, tx);
  }

  #requestId(nowMs: number): string {
    return `req_${mixed(14, this.#parts.seed, 'request', nowMs)}`;
  }

  #decide(call: Call, store: Store, nowMs: number, request: string): Outcome {
    const raw = parseForm(call.method === 'POST' ? call.body.toString('utf8') : call.query.toString());
    const caller = authenticate(call, this.#parts.keys, raw);
    const version = askedVersion(call);
    const match = this.#router.find(call.method, call.path);
    if (!match) throw unknownUrl(call);
    const key = idempotencyKey(call);
    const fingerprint = key === null ? '' : fingerprintOf(call);
    const before = key === null ? undefined : store.remembered(key, nowMs);
    if (before) {
      if (before.fingerprint !== fingerprint) throw otherParameters(before.key);
      return replayed(before, request, match);
    }
    const tx = this.transaction(store, nowMs, { id: request, idempotency_key: key });
    const done = this.#run(tx, call, match, asToday(raw, version, call.path), caller, version);
    const remembered: Remembered | undefined =
      key === null || done.error?.options.unseen ? undefined : { key, fingerprint, request, ...done.answer, at: nowMs };
    const kept = !match.route.imagines && (done.error === null || done.error.options.keeps === true);
    return {
      ...done.answer,
      request,
      error: done.error,
      match,
      moved: kept ? tx.moved : null,
      change: kept ? tx.change(remembered) : onlyRemembered(remembered, store, nowMs),
      original: null,
    };
  }

  #run(tx: Transaction, { path }: Call, match: Match<Route>, raw: RawParams, caller: Caller, version: string): Done {
    try {
      const { expand: paths = [], params } = this.#params(match, raw, caller);
      const [id = ''] = match.ids;
      const body = match.route.handle({ params: params as never, ids: match.ids, id, path, tx, caller });
      return { answer: { status: 200, body: expanded(body, paths, tx, this.#included) }, error: null };
    } catch (thrown) {
      if (!(thrown instanceof ApiError)) throw thrown;
      const error = byVersion(thrown, version);
      return { answer: { status: error.status, body: { error: error.body } }, error };
    }
  }

  #params(
    { route }: Match<Route>,
    raw: RawParams,
    caller: Caller,
  ): Params<typeof COMMON> & { readonly params: object } {
    if (caller === 'publishable' && !route.publishable) throw refusePublishable();
    const shape: Shape = { ...route.params, ...COMMON, ...(caller === 'publishable' && FROM_BROWSERS) };
    const { expand: paths, ...params } = readParams(shape, raw) as Params<typeof COMMON>;
    return { params, ...(paths && { expand: paths }) };
  }
}

const NOBODY = { id: null, idempotency_key: null };
type Happens = (object: unknown, tx: Transaction) => void;

const COMMON = { expand };
/** What Stripe.js adds to its calls. */
const FROM_BROWSERS = { key: text() };

interface Done {
  readonly answer: { readonly status: number; readonly body: object };
  readonly error: ApiError | null;
}

function replayed({ status, body, request: original }: Remembered, request: string, match: Match<Route>): Outcome {
  return { status, body: body as object, request, error: null, match, change: null, moved: null, original };
}

/** A call that failed, or only showed something, has done nothing; it is answered the same way when it comes again. */
function onlyRemembered(remembered: Remembered | undefined, { serial }: Store, clock: number): Called | null {
  return remembered ? { is: 'called', clock, serial, put: [], gone: [], events: [], outbox: [], remembered } : null;
}
