export { markContent, readContent } from './content.ts';
export { dropCopy, makeCopy, readCopies, readHalfMade } from './copies.ts';
export {
  keepBaseline,
  park,
  type Reset,
  redo,
  removeSnapshot,
  reset,
  restoreSnapshot,
  saveSnapshot,
  tidy,
  undo,
} from './operations.ts';
export { ownTablespaces } from './outside.ts';
export { recreate } from './recreate.ts';
export { MAINTENANCE, type PostgresServer } from './server.ts';
export { swap } from './swap.ts';
export { trimLog } from './trim-log.ts';
