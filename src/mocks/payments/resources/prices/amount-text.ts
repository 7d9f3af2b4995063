import { invalid } from '../../api/errors.ts';

/** An amount as Stripe writes it, with no zeros at the end of a fraction; null where none is given. */
export function amountText(amount: number | undefined, decimal: string | undefined, param: string): string | null {
  if (amount !== undefined && decimal !== undefined) {
    throw invalid(`You may only specify one of these parameters: ${param}, ${param.replace(/\]?$/, '_decimal$&')}.`);
  }
  if (amount !== undefined) return String(amount);
  return decimal === undefined ? null : decimal.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}
