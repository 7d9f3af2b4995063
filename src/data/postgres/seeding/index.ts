/** Apart from the rest of `data/postgres`: it brings all of `data/seed` along, for which no reset is to wait. */
export { readSchema, recounted } from '../catalog/index.ts';
export { readExisting } from './existing.ts';
export { insertedRows } from './inserted-rows.ts';
export { loadRows, type Planning } from './load.ts';
export { readRows } from './read-rows.ts';
