export { loadedBaseline, markContent, readContent, readStanding, type Standing } from './content.ts';
export { dropCopy, makeCopy, readCopies, readDatabase, readHalfMade } from './copies.ts';
export { readDatabaseFacts, readServerFacts, type ServerFacts } from './facts.ts';
export { tableWith } from './find-values.ts';
export { type BornLife, readLife, readLives, setLife, withLife } from './generation.ts';
export { holdConnection } from './held-connection.ts';
export { importSnapshot } from './imports.ts';
export { dropKeptKeys, type KeptKeysOf, keepKeys, listKeptKeys, withKeptKeys } from './kept-keys.ts';
export { mend } from './mend.ts';
export {
  forgetRedo,
  keepBaseline,
  keepUndo,
  nameAt,
  park,
  type Reset,
  redo,
  reset,
  tidy,
  undo,
} from './operations.ts';
export { ownTablespaces } from './outside.ts';
export { recreate } from './recreate.ts';
export { withNewRoles } from './roles.ts';
export { type LoadingServer, MAINTENANCE, type PostgresServer } from './server.ts';
export {
  copyForSnapshot,
  keepSnapshot,
  refuseKnownSnapshot,
  removeSnapshot,
  restoreSnapshot,
  snapshotNamed,
  tablesOf,
  withDatabaseOf,
} from './snapshots.ts';
export { swap } from './swap.ts';
export { tagOf } from './swap-copy.ts';
export { inTransaction, stayingIn, TransactionLeft } from './transaction.ts';
export { transactionControl } from './transaction-control.ts';
export { trimLog } from './trim-log.ts';
