import type { Reading } from './conditions/reading.ts';
import { typedWays } from './typed-ways.ts';
import { both, type Ways } from './ways.ts';

/** Why nothing fits, for an error that a person can act on. */
export interface Contradiction {
  /** The constraint that leaves nothing. */
  readonly constraint: string;
  readonly why: string;
  readonly help: string;
}

/** A condition that has to hold by itself, and the ways in which it does. */
export interface Demand {
  readonly name: string;
  readonly expression: string;
  readonly ways: Ways;
}

/** Tells the one constraint that it goes against, if it is one. */
export function contradictionOf(demand: Demand, before: readonly Demand[], { columns }: Reading): Contradiction {
  const alone = typedWays(demand.ways, columns).list.length === 0;
  const partner = before.find(({ ways }) => typedWays(both(ways, demand.ways), columns).list.length === 0);
  const constraint = demand.name;
  if (alone) {
    const why = `no row can fulfil ${said(demand)}`;
    return { constraint, why, help: `change or drop ${constraint}` };
  }
  const others = partner ? said(partner) : `the other checks (${before.map(({ name }) => name).join(', ')})`;
  return {
    constraint,
    why: `no row can fulfil ${said(demand)} together with ${others}`,
    help:
      partner && partner.name !== constraint
        ? `change or drop ${constraint} or ${partner.name}`
        : `change or drop ${constraint}`,
  };
}

function said({ name, expression }: Demand): string {
  return `${name}: ${expression}`;
}
