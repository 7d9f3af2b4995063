import type { Raw, RawParams } from '../params/parse-form.ts';

/** Something that was called otherwise before a version of the API: https://docs.stripe.com/changelog */
interface Renamed {
  readonly before: string;
  readonly name: string;
  readonly now: string;
  /** Of values that were called otherwise. */
  readonly values?: Readonly<Record<string, string>>;
}

const RENAMED: readonly Renamed[] = [
  { before: '2026-09-30', name: 'payment_method_types', now: 'allowed_payment_method_types' },
  {
    before: '2026-03-25',
    name: 'ui_mode',
    now: 'ui_mode',
    values: { hosted: 'hosted_page', embedded: 'embedded_page', custom: 'elements' },
  },
];

/** The parameters of a call as they are called today, for libraries that ask for an older version. */
export function asToday(raw: RawParams, version: string, path: string): RawParams {
  const params: Record<string, Raw> = { ...raw };
  for (const { before, name, now, values = {} } of RENAMED) {
    const value = params[name];
    if (value === undefined || version.slice(0, 10) >= before) continue;
    delete params[name];
    params[now] = (typeof value === 'string' && values[value]) || value;
  }
  return { ...params, ...withoutDashboard(params, version, path) };
}

/** Before then an intent had the Dashboard's payment methods only where they were asked for. */
function withoutDashboard(params: RawParams, version: string, path: string): RawParams {
  const isIntent = path === '/v1/payment_intents' || path === '/v1/setup_intents';
  if (version >= '2023-08-16' || !isIntent || params.automatic_payment_methods !== undefined) return {};
  return { automatic_payment_methods: { enabled: 'false' } };
}
