import type { Draws } from '../../../../lib/draws.ts';
import type { Column, Table } from '../../schema.ts';
import { isScalar, MOMENTS } from '../../types.ts';
import type { Value } from '../../value.ts';
import { DAY } from '../../value.ts';
import { growing, middling, numberSource, skewed, type Usual } from '../numbers.ts';
import type { Source } from '../source.ts';
import { saltOf } from '../tools.ts';
import type { MeaningName } from './dictionary.ts';
import { meaningOf, type Site, sibling } from './site.ts';

/** Days from now, and how the days between are shared out. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly shape?: Usual['shape'];
  readonly nulls?: number;
}

const SPANS: Partial<Record<MeaningName, Span>> = {
  created: { from: -730, to: 0, shape: growing, nulls: 0 },
  updated: { from: -365, to: 0, shape: growing, nulls: 0 },
  seen: { from: -90, to: 0, shape: (unit) => 1 - skewed(1 - unit), nulls: 0.1 },
  deleted: { from: -365, to: 0, shape: growing, nulls: 0.93 },
  due: { from: -60, to: 365, nulls: 0.1 },
  starts: { from: -180, to: 180, shape: middling, nulls: 0 },
  ends: { from: -150, to: 270, shape: middling, nulls: 0.1 },
  birthDate: { from: -80 * 365, to: -18 * 365, shape: middling, nulls: 0.1 },
  paid: { from: -700, to: 0, shape: growing, nulls: 0.2 },
  shipped: { from: -695, to: 0, shape: growing, nulls: 0.3 },
  delivered: { from: -690, to: 0, shape: growing, nulls: 0.4 },
  completed: { from: -690, to: 0, shape: growing, nulls: 0.4 },
  cancelled: { from: -690, to: 0, shape: growing, nulls: 0.93 },
  refunded: { from: -680, to: 0, shape: growing, nulls: 0.95 },
  published: { from: -700, to: 0, shape: growing, nulls: 0.2 },
  approved: { from: -700, to: 0, shape: growing, nulls: 0.2 },
  verified: { from: -700, to: 0, shape: growing, nulls: 0.2 },
};

/** Which states a thing has come to when a day of this kind is written down. */
const REACHED: Partial<Record<MeaningName, RegExp>> = {
  paid: /^(paid|packed|processing|shipped|in_transit|delivered|completed|complete|fulfilled|refunded|returned)$/,
  shipped: /^(shipped|dispatched|in_transit|out_for_delivery|delivered|completed|complete|fulfilled|returned)$/,
  delivered: /^(delivered|received|completed|complete|fulfilled|returned)$/,
  completed: /^(completed|complete|done|finished|closed|resolved|fulfilled|delivered|succeeded|success|failed)$/,
  cancelled: /^(cancelled|canceled|rejected|declined|failed|aborted|void)$/,
  refunded: /^(refunded|returned)$/,
  published: /^(published|publish|live|public|archived|active)$/,
  approved: /^(approved|accepted|confirmed|active|completed|done|paid|shipped|delivered)$/,
  deleted: /^(deleted|removed|archived|banned|suspended|blocked|revoked|disabled|inactive)$/,
};

/** Whether a day is written down only once a status of its row says that things have come so far. */
export function waitsForStatus(column: Column, table: Table): boolean {
  const own = column.notNull ? null : meaningOf(column, table);
  if (!own || !(own.meaning in REACHED)) return false;
  return table.columns.some((other) => {
    const match = other.name === column.name || other.generated ? null : meaningOf(other, table);
    const isStatus = match?.meaning === 'status' || match?.meaning === 'stateOrStatus';
    return isStatus && (match.group === own.group || match.group === '');
  });
}

export function hasSpan(meaning: MeaningName): boolean {
  return meaning in SPANS;
}

/** Dates and times of a meaning, relative to now; null in the rows whose status hasn't come so far. */
export function momentSource(site: Site, meaning: MeaningName): Source | null {
  const span = SPANS[meaning];
  const { type, domain, world } = site.tools;
  if (!span || !isScalar(type, ...MOMENTS)) return null;
  const unit = type.name === 'date' ? 1 : DAY;
  const now = type.name === 'date' ? Math.floor(world.now / DAY) : world.now;
  const usual: Usual = {
    ...{ low: now + span.from * unit, high: now + span.to * unit, step: type.name === 'date' ? 1 : 1000 },
    ...(span.shape ? { shape: span.shape } : {}),
  };
  const source = numberSource(type, domain, usual, saltOf(site.tools));
  return source && byStatus(site, meaning, { ...source, nulls: span.nulls });
}

function byStatus(site: Site, meaning: MeaningName, source: Source): Source {
  const reached = REACHED[meaning];
  const status = reached && statusOf(site);
  if (!reached || !status || site.tools.required) return source;
  const has = (row: number): boolean => {
    const told = status(row);
    return typeof told === 'boolean' ? told : typeof told === 'string' && reached.test(told.toLowerCase());
  };
  const draw = (draws: Draws, row: number) => (has(row) ? source.draw(draws, row) : null);
  return { ...source, draw, nulls: 0 };
}

/** The status of the same thing: of a group (`payment_status` for `payment_paid_at`), else of the table. */
function statusOf(site: Site): ((row: number) => Value) | null {
  return sibling(site, 'status', 'stateOrStatus') ?? sibling({ ...site, group: '' }, 'status', 'stateOrStatus');
}
