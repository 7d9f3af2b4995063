export { reconcileDown } from './down.ts';
export { reconcile } from './up.ts';
