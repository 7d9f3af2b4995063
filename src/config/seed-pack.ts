import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import type { Pack } from '../core/data/pack.ts';
import { UserError } from '../core/errors.ts';
import { packageFolder } from '../lib/installation.ts';
import { suggestion } from '../lib/suggestion.ts';
import { column } from './seed/column.ts';
import { count, rows } from './seed/fields.ts';
import { readChecked } from './seed-file.ts';

const role = z.strictObject({
  names: z.array(z.string()).min(1),
  short: z.array(z.string()).optional(),
  unless: z.array(z.string()).optional(),
  signs: z.array(z.string()).optional(),
  joins: z.array(z.string()).min(2).optional(),
  rows,
  per: z.record(z.string(), count).optional(),
  columns: z.record(z.string(), column).optional(),
});

const packSchema = z.strictObject({ others: rows, links: count, roles: z.record(z.string(), role) });

/** Folder of the ready packs. */
export function packsFolder(): string {
  return join(packageFolder(), 'seeds');
}

/** Names of the ready packs. */
export async function packNames(folder = packsFolder()): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml'));
  return names.map((name) => basename(name, '.yaml')).sort();
}

/** A ready pack by its name. Throws a UserError for one that there isn't. */
export async function readPack(name: string, folder = packsFolder()): Promise<Pack> {
  const known = await packNames(folder);
  if (!known.includes(name)) {
    throw new UserError(`there is no pack ${name}${suggestion(name, known, { list: true })}`, { code: 'usage' });
  }
  return (await readChecked(join(folder, `${name}.yaml`), folder, packSchema, 'roles')) as Pack;
}
