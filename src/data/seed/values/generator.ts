import { Draws } from '../../../lib/draws.ts';
import { fits } from '../checks/index.ts';
import type { Generator } from '../generator.ts';
import { baseOf } from '../schema.ts';
import { isText, refusesNull } from '../types.ts';
import type { Value } from '../value.ts';
import { always, choice } from './choice.ts';
import { describedSource } from './described.ts';
import { listedMeaning, meaningSource } from './meanings/index.ts';
import { patterned } from './pattern.ts';
import { plainSource } from './plain.ts';
import type { Source } from './source.ts';
import type { ColumnContext, Tools } from './tools.ts';
import type { World } from './world.ts';

/** Share of nulls in a column of which nothing but the type is known. */
const PLAIN_NULLS = 0.1;

/**
 * Chooses how a column's values are made: by its description, else by what the checks leave and by what its name means,
 * else by its type alone. Null where a type is not known here and the column can do without a value.
 */
export function generatorOf(context: ColumnContext, world: World): Generator | null {
  const { column, table, domain } = context;
  const required = isRequired(context);
  const tools: Tools = {
    ...{ context, world, domain, required, name: column.name, type: baseOf(column.type), path: [column.name] },
  };
  const { description } = context;
  const source =
    description !== undefined
      ? describedSource(tools, description, () => sourceOf(tools))
      : domain.nullable === 'always' && !required
        ? always(null)
        : sourceOf(tools);
  if (!source) return null;
  const draws = new Draws(world.seed, table.schema, table.name, column.name);
  return ready(source, draws, required ? 0 : (source.nulls ?? PLAIN_NULLS));
}

/** Whether the column must have a value. */
export function isRequired({ column, domain }: ColumnContext): boolean {
  return column.notNull || domain.nullable === 'never' || refusesNull(column.type);
}

function sourceOf(tools: Tools): Source | null {
  const listed = listedSource(tools);
  if (listed) return listed;
  const meant = meaningSource(tools);
  if (isText(tools.type) && tools.domain.patterns.length > 0) {
    const source = patterned(tools, meant);
    if (source) return source;
  }
  return meant ?? plainSource(tools, sourceOf);
}

/** What a check lists, as far as the rest of the checks leaves it. */
function listedSource(tools: Tools): Source | null {
  const { domain } = tools;
  if (!domain.oneOf) return null;
  const fitting = domain.oneOf.filter((value) => fits(value, domain));
  const values = fitting.length > 0 ? fitting : domain.oneOf;
  const texts = values.filter((value) => typeof value === 'string');
  return (texts.length === values.length ? listedMeaning(tools, texts) : null) ?? choice(values);
}

function ready(source: Source, draws: Draws, nulls: number): Generator {
  const { within } = source;
  const value =
    nulls > 0
      ? (row: number, attempt: number): Value => {
          draws.at(row, attempt);
          return draws.unit() < nulls ? null : source.draw(draws, row);
        }
      : (row: number, attempt: number): Value => source.draw(draws.at(row, attempt), row);
  return {
    value,
    within: within ? (row, attempt, low, high) => within(draws.at(row, attempt), row, low, high) : null,
    distinct: source.distinct ?? null,
  };
}
