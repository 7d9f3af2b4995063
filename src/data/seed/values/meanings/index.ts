import { baseOf, type Type } from '../../schema.ts';
import { isScalar, isText, MOMENTS } from '../../types.ts';
import type { Source } from '../source.ts';
import type { Tools } from '../tools.ts';
import { amountSource, hasAmount } from './amounts.ts';
import { COMMERCE } from './commerce.ts';
import { type Match, type MeaningName, subjectOf } from './dictionary.ts';
import { idSource, isId } from './ids.ts';
import { hasSpan, momentSource } from './moments.ts';
import { NAMING } from './naming.ts';
import { PERSON } from './person.ts';
import { phone } from './phone.ts';
import { PLACE } from './place.ts';
import { PROSE } from './prose.ts';
import { type Builder, isNumber, meaningOf, type Site, sibling } from './site.ts';
import { flag, labels, STATES } from './states.ts';
import { WEB } from './web.ts';

const TEXTS: Readonly<Partial<Record<MeaningName, Builder>>> = {
  ...PERSON,
  ...PLACE,
  ...WEB,
  ...COMMERCE,
  ...PROSE,
  ...NAMING,
  ...STATES,
  phone,
  stateOrStatus,
};

/** Share of nulls where it is known what a column is for. */
const FEW_NULLS = 0.03;

/** Of these some values are likelier than others; the first ones, where nothing else is known. */
const GRADED = new Set<MeaningName>(['status', 'stateOrStatus', 'role', 'kind', 'plan']);

/** `state` beside a city or a country is a region, elsewhere a status. */
function stateOrStatus(site: Site): Source | null {
  return (sibling(site, 'city', 'country', 'countryCode', 'postcode', 'street') ? PLACE.state : STATES.status)(site);
}

/** Where the name, or the comment, of a column tells what its values mean; null where it doesn't, or not for this type. */
export function meaningSource(tools: Tools): Source | null {
  const { table, column } = tools.context;
  const named = { name: tools.name, comment: tools.path.length === 1 ? column.comment : null };
  const match = meaningOf(named, table);
  if (isScalar(tools.type, 'bool')) return flag({ tools, group: '', subject: '' }, tools.name);
  if (!match && isText(tools.type) && isId(tools.name)) return idSource(tools);
  const source = match && sourceOf(tools, match);
  return source && { ...source, nulls: source.nulls ?? FEW_NULLS };
}

/** The meaning with a list that a check gives: by weight for states and roles. */
export function listedMeaning(tools: Tools, texts: readonly string[]): Source | null {
  const { table, column } = tools.context;
  const match = meaningOf({ name: tools.name, comment: column.comment }, table);
  if (!match || !GRADED.has(match.meaning)) return null;
  return labels({ tools, group: match.group, subject: subjectOf(table.name) }, texts);
}

export function sourceOf(tools: Tools, { meaning, group }: Match): Source | null {
  const site: Site = { tools, group, subject: subjectOf(tools.context.table.name) };
  const { type } = tools;
  if (type.kind === 'enum') return GRADED.has(meaning) ? STATES.status(site) : null;
  if (isText(type)) return TEXTS[meaning]?.(site) ?? null;
  if (hasSpan(meaning)) return momentSource(site, meaning);
  if (!isNumber(type)) return null;
  if (meaning === 'latitude' || meaning === 'longitude') return PLACE[meaning](site);
  return hasAmount(meaning) ? amountSource(site, meaning) : null;
}

/** Whether values of this meaning can be made for a type, for what is said where they can't. */
export function suits(type: Type, meaning: MeaningName): boolean {
  const base = baseOf(type);
  if (isText(base)) return TEXTS[meaning] !== undefined;
  if (isNumber(base)) return hasAmount(meaning) || meaning === 'latitude' || meaning === 'longitude';
  return isScalar(base, ...MOMENTS) && hasSpan(meaning);
}
