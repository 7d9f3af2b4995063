import type { TableRules } from '../../src/data/seed/checks/index.ts';
import type { Domain } from '../../src/data/seed/domain.ts';

/** Rules as short lines, one an alternative: what is asked of each column, and of two of them. */
export function toldRules({ alternatives }: TableRules): string[] {
  return alternatives.map(({ domains, comparisons }) =>
    [
      ...[...domains].map(([column, domain]) => `${column}: ${toldDomain(domain)}`),
      ...comparisons.map(({ left, operator, right, offset }) => `${left} ${operator} ${right}${toldOffset(offset)}`),
    ].join(' | '),
  );
}

function toldOffset(offset: number): string {
  return offset === 0 ? '' : ` ${offset < 0 ? '-' : '+'} ${Math.abs(offset)}`;
}

function toldDomain(domain: Domain): string {
  const { nullable, min, max, oneOf, noneOf, minLength, maxLength, patterns, modulo, jsonType } = domain;
  const words = [
    nullable === 'never' ? 'not null' : nullable === 'always' ? 'null' : null,
    min && `>${min.inclusive ? '=' : ''} ${min.value}`,
    max && `<${max.inclusive ? '=' : ''} ${max.value}`,
    oneOf && `in ${JSON.stringify(oneOf)}`,
    noneOf.length > 0 ? `not in ${JSON.stringify(noneOf)}` : null,
    minLength === null ? null : `length >= ${minLength}`,
    maxLength === null ? null : `length <= ${maxLength}`,
    ...patterns.map((one) => `${one.negated ? '!' : ''}${one.kind}${one.ignoreCase ? '*' : ''} ${one.source}`),
    ...modulo.map(({ divisor, remainder }) => `% ${divisor} = ${remainder}`),
    jsonType && `json ${jsonType}`,
  ];
  return words.filter((word) => word !== null).join(', ') || 'any';
}
