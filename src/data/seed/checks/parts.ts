import { ANY, type Domain, type Rules } from '../domain.ts';
import { baseOf, type Check, quotedName, type Table, type Type } from '../schema.ts';
import { domainsOf } from './rules.ts';

/** What the checks of domains leave of the elements of arrays, and of the fields of composite types. */
export interface PartRules {
  /** By the type of the part; one of them holds. */
  readonly domains: ReadonlyMap<Type, readonly Domain[]>;
  /** Of the elements of a column's array what only Postgres understands. */
  readonly judged: Rules['judged'];
}

export async function partsOf({ columns }: Table, now: number): Promise<PartRules> {
  const domains = new Map<Type, readonly Domain[]>();
  const judged: Rules['judged'][number][] = [];
  for (const { name, type } of columns) {
    for (const part of partsIn(baseOf(type))) {
      const rules = await domainsOf(part, now);
      if (rules.contradiction) continue;
      domains.set(
        part,
        rules.alternatives.map((one) => one.domains.get('value') ?? ANY),
      );
      const base = baseOf(type);
      if (base.kind === 'array' && base.element === part) judged.push(...rules.judged.map((one) => ofEach(name, one)));
    }
  }
  return { domains, judged };
}

function ofEach<Judged extends Check>(column: string, one: Judged): Judged {
  const elements = `pg_catalog.unnest(${quotedName(column)}) as element("value")`;
  return { ...one, expression: `NOT EXISTS (SELECT FROM ${elements} WHERE NOT (${one.expression}))` };
}

/** The domains inside of a type. */
function partsIn(type: Type): readonly Type[] {
  switch (type.kind) {
    case 'domain':
      return [type, ...partsIn(type.base)];
    case 'array':
      return partsIn(type.element);
    case 'composite':
      return type.fields.flatMap((field) => partsIn(field.type));
    case 'range':
      return partsIn(type.subtype);
    default:
      return [];
  }
}
