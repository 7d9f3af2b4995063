export type Operator = '<' | '<=' | '=' | '<>' | '>=' | '>';

const MIRRORED: Readonly<Record<Operator, Operator>> = {
  '<': '>',
  '<=': '>=',
  '=': '=',
  '<>': '<>',
  '>=': '<=',
  '>': '<',
};

export function isOperator(operator: string): operator is Operator {
  return operator in MIRRORED;
}

/** What it is with its sides exchanged. */
export function mirrored(operator: Operator): Operator {
  return MIRRORED[operator];
}

/** What it is under NOT. */
export function opposite(operator: Operator): Operator {
  if (operator === '=') return '<>';
  if (operator === '<>') return '=';
  const turned = operator.startsWith('<') ? '>' : '<';
  return operator.endsWith('=') ? turned : `${turned}=`;
}

export function holds(left: number, operator: Operator, right: number): boolean {
  if (operator === '=' || operator === '<>') return (left === right) === (operator === '=');
  if (left === right) return operator.endsWith('=');
  return operator.startsWith('<') === left < right;
}
