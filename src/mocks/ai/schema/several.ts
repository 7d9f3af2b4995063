import { isObject } from '../json.ts';
import type { Material } from './material.ts';
import { symbols } from './said.ts';
import { asSchema } from './schema.ts';
import { wantedOf } from './wanted.ts';

type Values = (material: Material, name: string) => readonly string[];

/** Of what a text may name several while a tool takes one. */
const ONE_EACH: readonly (readonly [RegExp, Values])[] = [
  [
    /(?:city|town|location|place)(?:_?name)?$/i,
    ({ facts }) => facts.names.filter(({ kind }) => kind === 'city').map(({ value }) => value),
  ],
  [/(?:symbol|ticker)$/i, (material, name) => symbols(material, wantedOf(name))],
  [/(?:^|_)id$|[a-z]Id$/, ({ facts }) => facts.ids.map(({ value }) => value)],
];
const MOST = 8;

/** The material once for each value that one call of a tool can't take alone: "the weather in Paris and London". */
export function oneEach(schema: unknown, material: Material): Material[] {
  const properties = isObject(schema) && isObject(schema.properties) ? schema.properties : {};
  for (const [pattern, valuesOf] of ONE_EACH) {
    const fitting = Object.keys(properties).filter((name) => pattern.test(name));
    const [name] = fitting;
    if (
      name === undefined ||
      fitting.length > 1 ||
      !['string', 'integer'].includes(String(asSchema(properties[name]).type))
    )
      continue;
    const isWhole = asSchema(properties[name]).type === 'integer';
    const said = [...new Set(valuesOf(material, name))].filter((value) => !isWhole || /^\d{1,15}$/.test(value));
    if (said.length < 2) continue;
    return said.slice(0, MOST).map((value) => ({
      ...material,
      values: new Map([...material.values, [name.toLowerCase(), isWhole ? Number(value) : value]]),
    }));
  }
  return [material];
}
