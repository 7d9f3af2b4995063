import { fits } from '../../checks/fits.ts';
import { DAY } from '../../value.ts';
import { growing, middling, numberSource, skewed, type Usual } from '../numbers.ts';
import type { Source } from '../source.ts';
import { civilOf } from '../time-text.ts';
import { saltOf } from '../tools.ts';
import type { MeaningName } from './dictionary.ts';
import { isWhole, type Site } from './site.ts';

type Amount = Usual | ((site: Site) => Usual);

/** Where numbers of a meaning usually lie, and which of them are likelier. */
const AMOUNTS: Partial<Record<MeaningName, Amount>> = {
  salary: { low: 25_000, high: 180_000, step: 500, shape: skewed },
  cents: { low: 100, high: 50_000, shape: skewed },
  quantity: { low: 0, high: 500, step: 1, shape: skewed },
  count: { low: 0, high: 10_000, step: 1, shape: (unit) => unit ** 4 },
  attempts: { low: 0, high: 5, step: 1, shape: skewed },
  percent: { low: 0, high: 100, step: 1 },
  rate: (site) => (isWhole(site.tools.type) ? { low: 0, high: 100 } : { low: 0, high: 1 }),
  rating: { low: 1, high: 5, step: 1, shape: (unit) => 1 - unit * unit },
  score: { low: 0, high: 100, step: 1, shape: middling },
  age: { low: 18, high: 90, step: 1, shape: middling },
  year: (site) => ({ low: yearOf(site) - 25, high: yearOf(site), step: 1, shape: growing }),
  month: { low: 1, high: 12, step: 1 },
  weekday: { low: 1, high: 7, step: 1 },
  position: { low: 1, high: 1000, step: 1, ordered: true },
  rank: { low: 1, high: 1000, step: 1 },
  version: { low: 1, high: 9, step: 1, shape: skewed },
  revision: { low: 1, high: 20, step: 1, shape: skewed },
  bytes: { low: 1000, high: 25_000_000, step: 1, shape: (unit) => unit ** 4 },
  seconds: { low: 5, high: 7200, step: 1, shape: skewed },
  minutes: { low: 5, high: 240, step: 5, shape: skewed },
  milliseconds: { low: 1, high: 3000, step: 1, shape: skewed },
  measure: { low: 1, high: 200, shape: skewed },
  temperature: { low: -10, high: 35, shape: middling },
  httpStatus: { low: 200, high: 504, step: 1 },
  phone: { low: 12_025_550_100, high: 12_025_550_199, step: 1 },
  priority: { low: 1, high: 5, step: 1, shape: middling },
  size: { low: 1, high: 1000, step: 1, shape: skewed },
  lastFour: { low: 1000, high: 9999, step: 1 },
  sku: { low: 100_000, high: 999_999, step: 1 },
  reference: { low: 100_000, high: 999_999, step: 1 },
};

export function hasAmount(meaning: MeaningName): boolean {
  return meaning === 'price' || meaning in AMOUNTS;
}

export function amountSource(site: Site, meaning: MeaningName): Source | null {
  const { type, domain } = site.tools;
  if (type.kind !== 'scalar') return null;
  if (meaning === 'price') return priceSource(site);
  const amount = AMOUNTS[meaning];
  if (!amount) return null;
  const usual = typeof amount === 'function' ? amount(site) : amount;
  const source = numberSource(type, domain, usual, saltOf(site.tools));
  if (!source || meaning !== 'position') return source;
  // Positions go up with the row, as long as the type and the checks have more of them.
  const { distinct } = source;
  return distinct ? { ...source, draw: (_, row) => distinct.at(row % distinct.size) } : source;
}

const ENDINGS = [0.99, 0.99, 0.95, 0.5, 0];

/** Few dear things and many cheap ones, mostly with the pennies that shops like. Whole numbers are cents. */
function priceSource(site: Site): Source | null {
  const { type, domain } = site.tools;
  if (type.kind !== 'scalar') return null;
  const whole = isWhole(type);
  const usual = whole ? { low: 100, high: 50_000, shape: skewed } : { low: 1, high: 500, shape: skewed };
  const source = numberSource(type, domain, usual, saltOf(site.tools));
  if (!source || whole || (type.scale !== null && type.scale < 2)) return source;
  const limit = type.precision === null ? Number.POSITIVE_INFINITY : 10 ** (type.precision - (type.scale ?? 0));
  const free = domain.min === null && domain.max === null && domain.noneOf.length === 0 && domain.modulo.length === 0;
  const draw: Source['draw'] = (draws, row) => {
    const value = source.draw(draws, row) as number;
    const ended = (Math.floor(value) * 100 + Math.round(draws.pick(ENDINGS) * 100)) / 100;
    return (free || fits(ended, domain)) && ended < limit ? ended : value;
  };
  return { ...source, draw };
}

function yearOf(site: Site): number {
  return civilOf(Math.floor(site.tools.world.now / DAY)).year;
}
