import { choice } from './choice.ts';
import { otherSource } from './others.ts';
import { arraySource, compositeSource, type PartMaker, rangeSource } from './parts.ts';
import { scalarSource } from './scalars.ts';
import type { Source } from './source.ts';
import type { Tools } from './tools.ts';

/** Values by the type alone; `make` makes the parts of types that have some. */
export function plainSource(tools: Tools, make: PartMaker): Source | null {
  const { type, domain } = tools;
  switch (type.kind) {
    case 'enum': {
      const labels = type.labels.filter((label) => !domain.noneOf.includes(label));
      return labels.length > 0 ? choice(labels) : null;
    }
    case 'array':
      return arraySource(tools, type.element, type.dimensions, make);
    case 'range':
      return rangeSource(tools, type.subtype, type.multi, make);
    case 'composite':
      return compositeSource(tools, type.fields, make);
    case 'scalar':
      return scalarSource(tools, type);
    case 'other':
      return otherSource(tools, type.name);
  }
}
