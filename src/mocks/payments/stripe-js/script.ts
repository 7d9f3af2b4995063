/**
 * What stands in for https://js.stripe.com/v3/, which takes no minted keys: redirects, confirming, and one simple payment
 * element. It is sent to browsers as it stands here. Anything else of Stripe.js fails with a sentence that says so.
 */
export const STRIPE_JS = String.raw`(() => {
'use strict';
const script = document.currentScript;
const base = (script ? script.src : location.href).replace(/\/v3\b.*$/, '');

function flatten(value, name, pairs) {
  if (value === undefined || value === null) return pairs;
  if (typeof value !== 'object') pairs.push([name, String(value)]);
  else for (const key of Object.keys(value)) flatten(value[key], name === '' ? key : name + '[' + key + ']', pairs);
  return pairs;
}

async function call(key, method, path, params) {
  const form = new URLSearchParams(flatten(params, '', [])).toString();
  const post = method === 'POST';
  const response = await fetch(base + path + (post || form === '' ? '' : '?' + form), {
    method,
    headers: { authorization: 'Bearer ' + key, 'content-type': 'application/x-www-form-urlencoded' },
    ...(post && { body: form }),
  });
  const body = await response.json();
  return body.error ? { error: body.error } : { body };
}

const idOf = (secret) => String(secret).split('_secret_')[0];
const pathOf = (secret) => (idOf(secret).startsWith('seti_') ? '/v1/setup_intents/' : '/v1/payment_intents/') + idOf(secret);
const nameOf = (secret) => (idOf(secret).startsWith('seti_') ? 'setupIntent' : 'paymentIntent');

/** A form within the app's page, apart from its styles. */
class CardElement {
  constructor(type) { this.type = type; this.listeners = {}; }
  mount(where) {
    const host = typeof where === 'string' ? document.querySelector(where) : where;
    if (!host) throw new Error('The selector you specified (' + where + ') applies to no DOM elements that are currently on the page.');
    this.root = document.createElement('div');
    const shadow = this.root.attachShadow({ mode: 'open' });
    shadow.innerHTML = '<style>:host{font:16px/1.4 system-ui,sans-serif;display:block}label{display:block;font-size:.875rem;margin:0 0 .75rem}'
      + 'input{display:block;width:100%;box-sizing:border-box;font:inherit;padding:.6rem;margin-top:.3rem;border:1px solid #b8c0cf;border-radius:.4rem;color:inherit;background:transparent}'
      + 'input:focus-visible{outline:3px solid #4f46e5}small{color:inherit;opacity:.7}div{display:grid;grid-template-columns:1fr 1fr;gap:.75rem}</style>'
      + '<label>Card number<input name="number" inputmode="numeric" autocomplete="cc-number" value="4242 4242 4242 4242"></label>'
      + '<div><label>Expiry (MM / YY)<input name="expiry" inputmode="numeric" autocomplete="cc-exp" value="12 / 34"></label>'
      + '<label>Security code<input name="cvc" inputmode="numeric" autocomplete="cc-csc" value="123"></label></div>'
      + '<small>The mock of Stripe of this environment: only test cards.</small>';
    host.replaceChildren(this.root);
    setTimeout(() => { this.emit('ready'); this.emit('change', { complete: true, empty: false, value: { type: 'card' } }); });
  }
  on(name, told) { (this.listeners[name] = this.listeners[name] || []).push(told); return this; }
  emit(name, what) { for (const told of this.listeners[name] || []) told({ elementType: this.type, ...what }); }
  unmount() { if (this.root) this.root.remove(); }
  destroy() { this.unmount(); }
  update() {}
  card() {
    const field = (name) => this.root.shadowRoot.querySelector('[name=' + name + ']').value.trim();
    const [month, year] = field('expiry').split('/').map((part) => part.trim());
    return { number: field('number'), exp_month: month, exp_year: year, cvc: field('cvc') };
  }
}

class Elements {
  constructor(options) { this.options = options || {}; this.made = {}; }
  create(type) {
    if (type !== 'payment' && type !== 'card') throw new Error("devenv's stand-in of Stripe.js has no element " + type + ': only payment and card.');
    return (this.made[type] = new CardElement(type));
  }
  getElement(type) { return this.made[type] || null; }
  async submit() { return { selectedPaymentMethod: 'card' }; }
  async fetchUpdates() { return {}; }
  update(options) { Object.assign(this.options, options); }
}

/** What of a payment method the app gives: an id, an element, or the one that is mounted. */
function methodOf(given, elements) {
  if (typeof given === 'string') return { payment_method: given };
  const element = (given && given.card) || (elements && (elements.getElement('payment') || elements.getElement('card')));
  if (element instanceof CardElement) {
    const { card, ...rest } = given || {};
    return { payment_method_data: { type: 'card', ...rest, card: element.card() } };
  }
  return given ? { payment_method_data: { type: 'card', ...given } } : {};
}

function goOn(to) { location.assign(to); return new Promise(() => {}); }

function returnTo(address, object) {
  const url = new URL(address, location.href);
  url.searchParams.set(object.object, object.id);
  url.searchParams.set(object.object + '_client_secret', object.client_secret);
  url.searchParams.set('redirect_status', 'succeeded');
  return url.href;
}

const KNOWN = ['payment_method', 'payment_method_data', 'return_url', 'shipping', 'receipt_email', 'setup_future_usage'];

async function confirm(key, { elements, clientSecret, confirmParams = {}, redirect = 'always' }) {
  const secret = clientSecret || (elements && elements.options.clientSecret);
  const params = { client_secret: secret };
  for (const name of KNOWN) if (confirmParams[name] !== undefined) params[name] = confirmParams[name];
  const { payment_method_data: data, ...others } = params;
  const method = data || params.payment_method === undefined ? methodOf(params.payment_method, elements) : {};
  if (data && method.payment_method_data) Object.assign(method.payment_method_data, data);
  const { error, body } = await call(key, 'POST', pathOf(secret) + '/confirm', { ...others, ...(data && { payment_method_data: data }), ...method });
  if (error) return { error };
  const next = body.next_action;
  if (next) return goOn((next.redirect_to_url && next.redirect_to_url.url) || next.use_stripe_sdk.stripe_js);
  if (redirect !== 'if_required') return goOn(returnTo(confirmParams.return_url || location.href, body));
  return { [nameOf(secret)]: body };
}

async function retrieve(key, secret) {
  const { error, body } = await call(key, 'GET', pathOf(secret), { client_secret: secret });
  return error ? { error } : { [nameOf(secret)]: body };
}

function confirmCard(key, secret, data = {}) {
  const { payment_method, return_url = location.href, ...rest } = data;
  const given = payment_method === undefined ? {} : methodOf(payment_method);
  return confirm(key, { clientSecret: secret, confirmParams: { ...rest, return_url, ...given }, redirect: 'if_required' });
}

function Stripe(key) {
  const stripe = {
    elements: (options) => new Elements(options),
    confirmPayment: (options) => confirm(key, options),
    confirmSetup: (options) => confirm(key, options),
    confirmCardPayment: (secret, data) => confirmCard(key, secret, data),
    confirmCardSetup: (secret, data) => confirmCard(key, secret, data),
    retrievePaymentIntent: (secret) => retrieve(key, secret),
    retrieveSetupIntent: (secret) => retrieve(key, secret),
    async handleNextAction({ clientSecret }) {
      const found = await retrieve(key, clientSecret);
      const object = found[nameOf(clientSecret)];
      const next = object && object.next_action;
      return next ? goOn((next.redirect_to_url && next.redirect_to_url.url) || next.use_stripe_sdk.stripe_js) : found;
    },
    async createPaymentMethod(options) {
      const { elements, params, type, card, billing_details, metadata } = options;
      const given = methodOf({ ...(card && { card }), ...(billing_details && { billing_details }), ...(metadata && { metadata }), ...params }, elements);
      const { error, body } = await call(key, 'POST', '/v1/payment_methods', { type: type || 'card', ...given.payment_method_data });
      return error ? { error } : { paymentMethod: body };
    },
    redirectToCheckout({ sessionId }) { return goOn(base + '/pay/checkout/' + sessionId); },
    registerAppInfo() {},
    _registerWrapper() {},
  };
  return new Proxy(stripe, {
    get(all, name) {
      if (name in all || typeof name !== 'string' || name === 'then') return all[name];
      return () => { throw new Error("devenv's stand-in of Stripe.js doesn't have " + name + '.'); };
    },
  });
}
Stripe.version = 3;
window.Stripe = Stripe;
})();
`;
