export { reconcileDown } from './down.ts';
export { reconcileRestart } from './restart.ts';
export { reconcileStop } from './stop.ts';
export { reconcile } from './up.ts';
