import type { Draws } from '../../../../lib/draws.ts';
import { byWeight } from '../choice.ts';
import { listed, type Source } from '../source.ts';
import { type Builder, meaningOf, type Site, textList, worded } from './site.ts';

type Weighted = Readonly<Record<string, number>>;

/** What states a thing goes through, by what the table holds; the likelier ones have the greater numbers. */
const BY_SUBJECT: readonly (readonly [RegExp, Weighted])[] = [
  [
    /(^|_)(order|purchase|shipment|parcel|delivery|package)s?$/,
    { pending: 8, paid: 12, shipped: 15, delivered: 55, cancelled: 7, refunded: 3 },
  ],
  [/(invoice|bill)$/, { draft: 8, open: 15, paid: 70, overdue: 5, void: 2 }],
  [/(payment|transaction|charge|payout|transfer)$/, { pending: 6, completed: 85, failed: 6, refunded: 3 }],
  [/(refund|return)$/, { requested: 15, approved: 20, completed: 55, rejected: 10 }],
  [/subscription$/, { trialing: 10, active: 70, past_due: 5, cancelled: 15 }],
  [/(post|article|page|story|document|product|listing|course|video)$/, { draft: 15, published: 75, archived: 10 }],
  [/(task|todo|issue|ticket|bug|story|card)$/, { open: 35, in_progress: 25, done: 40 }],
  [/(job|run|import|export|build|deployment|batch)$/, { queued: 8, running: 5, completed: 77, failed: 10 }],
  [
    /(invitation|invite|request|application|booking|reservation|appointment)$/,
    { pending: 20, accepted: 60, rejected: 12, cancelled: 8 },
  ],
  [/(message|email|notification|sms)$/, { queued: 5, sent: 20, delivered: 70, failed: 5 }],
  [/project$/, { planned: 15, active: 55, completed: 25, archived: 5 }],
];
const ANY_STATUS: Weighted = { active: 80, inactive: 12, pending: 8 };

export function weighted(site: Site, shares: Weighted): Source {
  const texts = Object.keys(shares);
  return worded(site, { draw: byWeight(texts, Object.values(shares)), list: textList(texts) });
}

/** An enumeration's own labels come by weight where they are known ones; else the earlier the likelier. */
const status: Builder = (site) => {
  const { type } = site.tools;
  const usual = BY_SUBJECT.find(([pattern]) => pattern.test(site.subject))?.[1] ?? hinted(site) ?? ANY_STATUS;
  return type.kind === 'enum' ? labels(site, type.labels, usual) : weighted(site, usual);
};

/** A table that has a day of shipping is about something that is shipped. */
function hinted(site: Site): Weighted | null {
  const { table } = site.tools.context;
  const meanings = new Set(table.columns.map((column) => meaningOf(column, table)?.meaning));
  if (meanings.has('shipped') || meanings.has('delivered')) return (BY_SUBJECT[0] as (typeof BY_SUBJECT)[0])[1];
  if (meanings.has('published')) return { draft: 15, published: 75, archived: 10 };
  if (meanings.has('paid')) return { pending: 15, paid: 80, failed: 5 };
  if (meanings.has('completed')) return { pending: 20, in_progress: 20, completed: 55, cancelled: 5 };
  return null;
}

export function labels(site: Site, all: readonly string[], usual: Weighted = {}): Source | null {
  const left = all.filter((label) => !site.tools.domain.noneOf.includes(label));
  if (left.length === 0) return null;
  const weights = left.map(
    (label, index) => KNOWN[label.toLowerCase()] ?? usual[label.toLowerCase()] ?? 30 / (index + 1),
  );
  return { draw: byWeight(left, weights), distinct: listed(left) };
}

/** Shares of words that stand in enumerations and checks of many schemas. */
const KNOWN: Weighted = {
  ...{ active: 70, inactive: 12, pending: 10, suspended: 4, banned: 2, deleted: 2, disabled: 4, blocked: 2 },
  ...{ admin: 3, owner: 3, moderator: 4, editor: 10, member: 70, user: 70, viewer: 25, guest: 15, customer: 70 },
  ...{ cancelled: 7, canceled: 7, refunded: 3, failed: 6, rejected: 7, returned: 3, draft: 12, published: 70 },
};

const role: Builder = (site) => {
  const { type } = site.tools;
  if (type.kind === 'enum') return labels(site, type.labels);
  return weighted(site, { member: 70, admin: 5, editor: 10, viewer: 15 });
};

const KINDS: readonly (readonly [RegExp, Weighted])[] = [
  [/(event|activity|log|audit)/, { created: 30, updated: 40, viewed: 25, deleted: 5 }],
  [/(address)/, { billing: 40, shipping: 60 }],
  [/(account|user|customer)/, { personal: 75, business: 25 }],
  [/(transaction|payment)/, { payment: 70, refund: 10, transfer: 20 }],
  [/(notification|message)/, { email: 60, push: 25, sms: 15 }],
  [/(phone|contact)/, { mobile: 60, home: 20, work: 20 }],
  [/(file|attachment|asset|medium)/, { image: 60, document: 25, video: 15 }],
];

const kind: Builder = (site) => {
  const { type } = site.tools;
  if (type.kind === 'enum') return labels(site, type.labels);
  const about = site.group || site.subject;
  return weighted(
    site,
    KINDS.find(([pattern]) => pattern.test(about))?.[1] ?? { standard: 70, premium: 20, custom: 10 },
  );
};

function fixed(shares: Weighted): Builder {
  return (site) => (site.tools.type.kind === 'enum' ? labels(site, site.tools.type.labels) : weighted(site, shares));
}

const priority = fixed({ low: 30, medium: 45, high: 20, urgent: 5 });
const plan = fixed({ free: 60, basic: 20, pro: 15, enterprise: 5 });
const provider = fixed({ google: 50, github: 30, apple: 15, microsoft: 5 });
const weekday = fixed({ monday: 1, tuesday: 1, wednesday: 1, thursday: 1, friday: 1, saturday: 1, sunday: 1 });

/** Flags are seldom even: most users are active, few are admins. */
export function flagShare(name: string): number {
  const rare =
    /(admin|staff|super|delet|archiv|block|ban|lock|suspend|cancel|refund|fail|spam|featur|hidden|private|test|beta|premium|default|primary|draft|expired|revoked|flag|anonym|internal|urgent|sponsor|pinned|dismiss|muted|bot)/i;
  const usual =
    /(activ|enabl|verif|confirm|visib|public|publish|available|in_?stock|subscrib|consent|accept|approv|valid|success|paid|read|seen|opt_?in|current|complete|processed|agree|notif|allow|can_)/i;
  return rare.test(name) ? 0.06 : usual.test(name) ? 0.85 : 0.3;
}

/** A boolean by its name. */
export function flag(site: Site, name: string): Source {
  const share = flagShare(name);
  const left = [true, false].filter((value) => !site.tools.domain.noneOf.includes(value));
  const [only] = left;
  if (left.length === 1) return { draw: () => only as boolean, distinct: listed(left) };
  return { draw: (draws: Draws) => draws.chance(share), distinct: listed(left), nulls: 0.02 };
}

export const STATES = { status, role, kind, priority, plan, provider, weekday } satisfies Readonly<
  Record<string, Builder>
>;
