import type { Stripe } from 'stripe';
import { type Html, html } from '../../pages/html.ts';
import { ADDRESS, fullAddress } from '../address.ts';
import { typedIn } from '../card-form.ts';

type Session = Stripe.Checkout.Session;

interface Field {
  readonly name: string;
  readonly label: string;
  readonly autocomplete: string;
  readonly required: boolean;
  /** What may be chosen; null: anything is typed. */
  readonly choices: readonly string[] | null;
}

interface Group {
  readonly legend: string;
  /** What the shop says to it. */
  readonly text: string | null;
  readonly fields: readonly Field[];
}

/** What was typed, by the names of the fields. */
export type TypedDetails = Readonly<Record<string, string>>;

/** What somebody who pays is asked for beside a card; null where they aren't. */
export interface Details {
  readonly address: Stripe.Address | null;
  readonly shipping: { readonly name: string; readonly address: Stripe.Address } | null;
  readonly phone: string | null;
}

export function typedDetails(session: Session, form: URLSearchParams): TypedDetails {
  const names = groupsOf(session).flatMap(({ fields }) => fields.map(({ name }) => name));
  return Object.fromEntries(names.map((name) => [name, typedIn(form, name)]));
}

/** What is wrong with it is a sentence for whoever typed it. */
export function detailsOfPayer(session: Session, typed: TypedDetails): Details | string {
  for (const { legend, fields } of groupsOf(session)) {
    for (const { name, label, required, choices } of fields) {
      const value = typed[name] ?? '';
      if (required && value === '') return `${legend}: ${label} is missing.`;
      if (choices && !choices.includes(value)) return `${legend}: ${label} can't be ${value}.`;
    }
  }
  const { billing_address_collection: billing, shipping_address_collection: shipping } = session;
  return {
    address: billing === 'required' ? addressOf('billing', typed) : null,
    shipping: shipping ? { name: typed.shipping_name ?? '', address: addressOf('shipping', typed) } : null,
    phone: typed.phone ?? null,
  };
}

export function detailsHtml(session: Session, typed: TypedDetails): readonly Html[] {
  return groupsOf(session).map(
    ({ legend, text, fields }) => html`<fieldset><legend>${legend}</legend>
${text === null ? null : html`<p class="dim">${text}</p>`}${fields.map((field) => fieldHtml(field, typed[field.name] ?? ''))}</fieldset>`,
  );
}

/** https://docs.stripe.com/payments/collect-addresses */
function groupsOf(session: Session): readonly Group[] {
  const { billing_address_collection: billing, shipping_address_collection: shipping } = session;
  const text = session.custom_text.shipping_address?.message ?? null;
  const name = { name: 'shipping_name', label: 'Name', autocomplete: 'shipping name', required: true, choices: null };
  const phone = { name: 'phone', label: 'Phone number', autocomplete: 'tel', required: true, choices: null };
  return [
    ...(shipping
      ? [{ legend: 'Shipping', text, fields: [name, ...addressFields('shipping', shipping.allowed_countries)] }]
      : []),
    ...(billing === 'required'
      ? [{ legend: 'Billing address', text: null, fields: addressFields('billing', null) }]
      : []),
    ...(session.phone_number_collection?.enabled ? [{ legend: 'Contact', text: null, fields: [phone] }] : []),
  ];
}

type Part = keyof typeof ADDRESS;
const AUTOCOMPLETE: Readonly<Record<Part, string>> = {
  line1: 'address-line1',
  line2: 'address-line2',
  postal_code: 'postal-code',
  city: 'address-level2',
  state: 'address-level1',
  country: 'country',
};
/** Not all countries have the others. */
const NEEDED: ReadonlySet<string> = new Set(['line1', 'city', 'country']);

function addressFields(of: 'billing' | 'shipping', countries: readonly string[] | null): readonly Field[] {
  return (Object.keys(ADDRESS) as Part[]).map((part) => ({
    name: `${of}_${part}`,
    label: ADDRESS[part],
    autocomplete: `${of} ${AUTOCOMPLETE[part]}`,
    required: NEEDED.has(part),
    choices: part === 'country' ? countries : null,
  }));
}

function addressOf(of: 'billing' | 'shipping', typed: TypedDetails): Stripe.Address {
  const parts = Object.keys(ADDRESS).map((part) => [part, typed[`${of}_${part}`] || null] as const);
  return fullAddress(Object.fromEntries(parts));
}

function fieldHtml({ name, label, autocomplete, required, choices }: Field, value: string): Html {
  const must = required ? html` required` : null;
  if (choices === null) {
    return html`<label>${label}<input name="${name}"${must} autocomplete="${autocomplete}" value="${value}"></label>`;
  }
  const options = choices.map(
    (one) => html`<option value="${one}"${one === value ? html` selected` : null}>${one}</option>`,
  );
  return html`<label>${label}<select name="${name}"${must} autocomplete="${autocomplete}">${options}</select></label>`;
}
