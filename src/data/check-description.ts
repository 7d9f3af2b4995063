import type { Description } from '../core/data/description.ts';
import type { Origin } from '../core/data/seed-file.ts';
import type { Problem } from '../core/errors.ts';
import { checkRedisReferences } from './redis/check-references.ts';
import { checkTables } from './seed/check-tables.ts';
import type { Schema } from './seed/schema.ts';

/** What a description says that the schema of the database doesn't have or doesn't allow. */
export function checkDescription(description: Description, schema: Schema, origin?: Origin): readonly Problem[] {
  const mistakes = [...checkTables(description, schema), ...checkRedisReferences(description, schema)];
  return mistakes.map(({ path, part, message }) => ({
    file: origin?.file ?? 'seed',
    ...origin?.at(path, part),
    path: path.join('.'),
    message,
  }));
}
