export { readSchema } from './catalog/index.ts';
export { markContent, readContent } from './content.ts';
export { dropCopy, makeCopy, readCopies, readHalfMade } from './copies.ts';
export {
  keepBaseline,
  keepUndo,
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
export { recreate } from './recreate.ts';
export { readExisting } from './seeding/existing.ts';
export { type Loaded, loadRows } from './seeding/load.ts';
export { type LoadingServer, MAINTENANCE, type PostgresServer } from './server.ts';
export { swap } from './swap.ts';
