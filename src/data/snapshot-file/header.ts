import * as z from 'zod';

export const FORMAT = 'devenv-snapshot';
export const FORMAT_VERSION = 1;

/** How a database sorts and compares text. */
const locale = z.object({
  encoding: z.string(),
  /** As `pg_database.datlocprovider` has it: c, i or b. */
  provider: z.enum(['c', 'i', 'b']),
  collate: z.string(),
  ctype: z.string(),
  /** Of ICU and of the built-in provider. */
  name: z.string().nullable(),
});

/** The first line of a snapshot's file: what is in it, and what it needs. */
export const header = z.object({
  format: z.literal(FORMAT),
  version: z.literal(FORMAT_VERSION),
  engine: z.literal('postgres'),
  /** Of the server that it was taken from: `17.2`. */
  server: z.string().regex(/^\d+(\.\d+)*/),
  compression: z.literal('gzip'),
  /** What follows, uncompressed: an archive of pg_dump in its custom format. */
  body: z.literal('pg_dump-custom'),
  /** Name of the snapshot; null: it is what was live. */
  label: z
    .string()
    .regex(/^[A-Za-z0-9][\w.-]{0,39}$/)
    .nullable(),
  database: z.string(),
  /** ISO 8601. */
  created: z.iso.datetime(),
  /** Hash of what its data was made from; null where devenv has not loaded it. */
  baseline: z.string().nullable(),
  locale,
  extensions: z.array(z.string()).readonly(),
  /** Who owns something in it or was granted something, the exporting user among them. */
  roles: z.array(z.string()).readonly(),
  /** The exporting user, a superuser; files from before this was kept don't say. */
  user: z.string().optional(),
});

export type SnapshotHeader = z.infer<typeof header>;
export type Locale = z.infer<typeof locale>;
