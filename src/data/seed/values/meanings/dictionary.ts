/** Names of columns by what they mean, in snake_case. The longest one that a column's name ends with counts. */
const NAMES = {
  firstName: 'first_name firstname given_name forename fname',
  lastName: 'last_name lastname surname family_name lname',
  middleName: 'middle_name middlename',
  fullName: 'full_name fullname display_name real_name person_name account_holder recipient author reviewer assignee',
  username: 'username user_name login handle nickname nick screen_name',
  email: 'email e_mail email_address mail mail_address',
  phone:
    'phone phone_number telephone telephone_number tel mobile mobile_number mobile_phone cell cell_phone fax fax_number contact_number',
  gender: 'gender sex',
  salutation: 'salutation honorific name_prefix',
  image:
    'avatar avatar_url image image_url img photo photo_url picture picture_url profile_picture thumbnail thumbnail_url logo logo_url cover cover_url cover_image banner banner_url icon_url poster_url',
  passwordHash:
    'password password_hash encrypted_password password_digest hashed_password crypted_password passwd pass_hash pwd pwd_hash',
  token:
    'token access_token refresh_token api_key apikey secret secret_key client_secret session_token reset_token reset_password_token confirmation_token verification_token remember_token invite_token session_key nonce signature',
  hash: 'hash checksum digest sha256 etag fingerprint content_hash',
  uuid: 'uuid guid',
  externalId:
    'external_id public_id customer_ref stripe_id provider_id remote_id transaction_id payment_id session_id request_id trace_id',
  company:
    'company company_name organization organisation organization_name organisation_name employer vendor vendor_name supplier supplier_name manufacturer brand brand_name publisher merchant merchant_name business_name legal_name carrier',
  jobTitle: 'job_title occupation profession job',
  department: 'department',
  product: 'product_name product item_name item',
  price:
    'price unit_price list_price sale_price cost unit_cost amount total total_amount total_price subtotal sub_total grand_total balance fee revenue value tax tax_amount discount_amount shipping_cost shipping_fee net gross amount_paid amount_due credit debit deposit rent',
  salary: 'salary budget income annual_salary base_salary',
  cents: 'cents price_cents amount_cents total_cents price_in_cents amount_in_cents minor_units',
  currency: 'currency currency_code',
  quantity:
    'quantity qty stock stock_quantity inventory units stock_level on_hand in_stock capacity seats quantity_available',
  count: 'count views view_count likes like_count downloads hits clicks followers visits impressions num number_of',
  attempts: 'attempts retries retry_count attempt_count failed_attempts failed_login_attempts',
  sku: 'sku product_code article_number part_number item_number',
  ean: 'ean ean13 gtin barcode upc ean_code',
  iban: 'iban',
  bic: 'bic swift swift_code bic_code',
  isbn: 'isbn isbn13 isbn_13',
  lastFour: 'last4 last_four card_last4 last_four_digits',
  color: 'color colour',
  hexColor: 'hex_color color_hex hex color_code',
  slug: 'slug permalink url_slug url_key',
  title: 'title subject headline heading post_title',
  name: 'name',
  sentence:
    'summary excerpt caption note notes comment comments remark remarks reason subtitle tagline meta_description slogan question motto hint',
  prose:
    'description desc body content contents message text article details bio biography about review feedback long_description answer instructions abstract transcript',
  url: 'url link website homepage uri href web_site webpage site_url callback_url redirect_uri webhook_url source_url canonical_url',
  domain: 'domain hostname host domain_name fqdn subdomain',
  ip: 'ip ip_address remote_addr client_ip ipv4 ip_addr remote_ip',
  mac: 'mac mac_address',
  userAgent: 'user_agent useragent browser',
  city: 'city town city_name municipality locality birthplace',
  state: 'province region county state_name',
  stateOrStatus: 'state',
  stateCode: 'state_code province_code region_code',
  country: 'country country_name nation nationality',
  countryCode: 'country_code iso_code iso2 country_iso alpha2 alpha_2 country_code2',
  countryCode3: 'iso3 alpha3 alpha_3 country_code3',
  postcode: 'zip zip_code zipcode postal_code postcode post_code postalcode',
  street:
    'street street_address street_name address_line1 address_line_1 line1 line_1 address1 address_1 addr1 address_line',
  streetTwo: 'address_line2 address_line_2 line2 line_2 address2 address_2 addr2 apartment',
  address: 'address full_address addr location venue_address',
  latitude: 'latitude lat',
  longitude: 'longitude lng lon long',
  locale: 'locale language_code lang language_tag',
  language: 'language language_name',
  timezone: 'timezone time_zone tz',
  status: 'status stage phase state_machine',
  role: 'role user_role access_level permission',
  kind: 'type kind variant',
  category: 'category genre section category_name topic',
  priority: 'priority severity urgency importance',
  plan: 'plan tier subscription_plan plan_name',
  paymentMethod: 'payment_method payment_type pay_method',
  provider: 'provider auth_provider oauth_provider',
  size: 'size shirt_size',
  unit: 'unit uom unit_of_measure',
  material: 'material',
  rating: 'rating stars star_rating',
  score: 'score points karma reputation',
  age: 'age',
  birthDate: 'birth_date birthdate date_of_birth dob birthday born_on born_at',
  percent: 'percent percentage pct discount progress discount_percent completion',
  rate: 'rate ratio share tax_rate vat_rate interest_rate conversion_rate probability confidence',
  year: 'year model_year release_year published_year fiscal_year',
  month: 'month',
  weekday: 'weekday day_of_week',
  position:
    'position sort_order sort sort_key ordinal display_order order_index seq sequence sequence_number idx row_number line_number line_no order_no',
  rank: 'rank ranking',
  version: 'version app_version schema_version',
  revision: 'revision lock_version row_version version_number',
  fileName: 'file_name filename original_filename attachment',
  path: 'path file_path filepath directory',
  mimeType: 'mime_type content_type mimetype media_type',
  bytes: 'bytes file_size filesize byte_size size_bytes content_length',
  seconds: 'duration duration_seconds seconds elapsed runtime length_seconds ttl timeout',
  minutes: 'minutes duration_minutes prep_time cook_time',
  milliseconds: 'duration_ms milliseconds latency latency_ms response_time response_time_ms elapsed_ms',
  measure: 'weight height width depth length weight_kg weight_grams height_cm width_cm',
  temperature: 'temperature temp',
  httpMethod: 'http_method request_method',
  httpStatus: 'status_code http_status response_code http_code',
  couponCode: 'coupon_code promo_code discount_code voucher_code coupon voucher invite_code referral_code',
  reference:
    'code reference reference_number ref order_number invoice_number invoice_no tracking_number tracking_code serial_number serial account_number confirmation_code confirmation_number ticket_number number customer_number employee_number license_plate passport_number license_number vat_number tax_id policy_number',
  tags: 'tag tags keyword keywords label labels topics interests skills skill hobby hobbies',
  created:
    'created_at created created_on date_created create_date creation_date inserted_at registered_at joined_at signed_up_at added_at ordered_at order_date placed_at hired_at hire_date posted_at sent_at purchased_at purchase_date occurred_at logged_at recorded_at issued_at issue_date submitted_at timestamp date entry_date transaction_date enrolled_at started_on joined_on created_time invoice_date event_time measured_at viewed_at clicked_at requested_at invited_at',
  updated:
    'updated_at updated modified_at modified changed_at last_modified last_modified_at last_updated last_updated_at updated_on modified_on edited_at date_modified synced_at',
  deleted:
    'deleted_at removed_at discarded_at deleted_on deleted archived_at banned_at suspended_at blocked_at revoked_at disabled_at',
  seen: 'last_login_at last_login last_seen_at last_seen last_active_at last_sign_in_at current_sign_in_at last_used_at last_activity_at last_accessed_at last_run_at',
  due: 'expires_at expiry expiry_date expiration expiration_date expires expires_on valid_until due_date due_at due_on deadline renews_at trial_ends_at',
  starts:
    'starts_at start_at start_date starts_on start start_time begin begins_at begin_date valid_from from_date check_in check_in_date scheduled_at scheduled_for effective_from event_date departure_time departs_at opens_at started_at period_start current_period_start',
  ends: 'ends_at end_at end_date ends_on end end_time finish valid_to to_date check_out check_out_date effective_to arrival_time arrives_at closes_at ended_at period_end current_period_end',
  paid: 'paid_at paid_on payment_date charged_at captured_at',
  shipped: 'shipped_at shipped_on shipped_date dispatched_at ship_date shipping_date',
  delivered: 'delivered_at delivered_on delivery_date delivered_date received_at',
  completed:
    'completed_at completed_on finished_at done_at closed_at resolved_at fulfilled_at completion_date processed_at',
  cancelled: 'cancelled_at canceled_at cancelled_on canceled_on rejected_at failed_at aborted_at declined_at',
  refunded: 'refunded_at returned_at',
  published: 'published_at published_on publication_date publish_date released_at release_date',
  approved: 'approved_at accepted_at confirmed_at activated_at approved_on',
  verified: 'verified_at email_verified_at phone_verified_at confirmed_email_at read_at opened_at email_verified',
} as const;

export type MeaningName = keyof typeof NAMES;

const BY_NAME: ReadonlyMap<string, MeaningName> = new Map(
  Object.entries(NAMES).flatMap(([meaning, names]) => names.split(' ').map((name) => [name, meaning as MeaningName])),
);

/** A meaning, and the words that stand before it and tell several of them in one table apart (`billing` in `billing_city`). */
export interface Match {
  readonly meaning: MeaningName;
  readonly group: string;
}

/** By the end of a name; null where nothing of it is known. `subject` is what the table holds, such as `user`. */
export function matchName(name: string, subject: string): Match | null {
  const words = wordsOf(name);
  for (let start = 0; start < words.length; start += 1) {
    const meaning = BY_NAME.get(words.slice(start).join('_'));
    if (!meaning) continue;
    const before = words.slice(0, start).filter((word) => !subject.split('_').includes(word));
    return { meaning, group: before.join('_') };
  }
  return null;
}

/** The first meaning of more than one word, or of an unmistakable one, that a comment names. */
export function matchComment(comment: string): MeaningName | null {
  const words = wordsOf(comment.slice(0, 200));
  for (let size = 3; size >= 1; size -= 1) {
    for (let start = 0; start + size <= words.length; start += 1) {
      const found = BY_NAME.get(words.slice(start, start + size).join('_'));
      if (found && (size > 1 || words.length === 1 || CLEAR.has(found))) return found;
    }
  }
  return null;
}

const CLEAR = new Set<MeaningName>(
  'email phone url city country postcode iban ean isbn sku slug currency latitude longitude timezone username'.split(
    ' ',
  ) as MeaningName[],
);

/** For `like:` and for what is said where it names none. */
export const MEANING_WORDS: readonly string[] = [...BY_NAME.keys()];

/** `userEmail`, `user-email` and `UserEmail` are `user`, `email`; digits stay with the word before them. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

const ODD_PLURALS: Readonly<Record<string, string>> = {
  people: 'person',
  children: 'child',
  men: 'man',
  women: 'woman',
  statuses: 'status',
  addresses: 'address',
  media: 'media',
  news: 'news',
  series: 'series',
  staff: 'staff',
  movies: 'movie',
};

/** What a table holds, in singular: `order_item` of `order_items`. */
export function subjectOf(table: string): string {
  const words = wordsOf(table);
  const last = words.at(-1) ?? '';
  return [...words.slice(0, -1), singular(last)].join('_');
}

export function singular(word: string): string {
  const odd = ODD_PLURALS[word.toLowerCase()];
  if (odd) return odd;
  if (/[^aeiou]ies$/i.test(word)) return word.replace(/ies$/i, 'y');
  if (/(ss|x|ch|sh|us)es$/i.test(word)) return word.slice(0, -2);
  return /[^su]s$/i.test(word) ? word.slice(0, -1) : word;
}
