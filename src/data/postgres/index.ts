export { type CopyMarks, dropCopy, makeCopy, readCopies, readHalfMade } from './copies.ts';
export { keepBaseline, redo, reset, tidy, undo } from './operations.ts';
export { MAINTENANCE, type PostgresServer } from './server.ts';
export { swap } from './swap.ts';
