export { reconcileDown } from './down.ts';
export { reconcileRestart } from './restart.ts';
export { reconcile } from './up.ts';
