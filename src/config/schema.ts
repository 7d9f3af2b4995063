import * as z from 'zod';
import { isSchedule, SCHEDULE_WORDS } from '../lib/schedule.ts';
import { env, name, needs, nonEmpty, port, READY_SECONDS, seconds, variableName } from './fields.ts';
import { mocksSchema } from './mocks-schema.ts';
import { engineSchemas, imageSchema } from './service-schema.ts';

const insideProject = z
  .string()
  .regex(/^(?![/\\]|[A-Za-z]:)(?!(?:.*[/\\])?\.\.(?:[/\\]|$)).+$/, 'a folder inside the project, relative to it');

export const processSchema = z.strictObject({
  command: nonEmpty('a command').describe('What to run, as you would type it in a shell.'),
  port: port.optional().describe('Port that it prefers to listen on; ${web.port} is the one that it gets.'),
  ready: z
    .strictObject({
      http: z
        .string()
        .regex(/^\/\S*$/, 'a path that begins with /')
        .optional()
        .describe('Path that answers with a status below 400.'),
      timeout: seconds.default(READY_SECONDS).describe('Seconds to wait.'),
    })
    .prefault({})
    .describe('How to see that it is ready. Default: its port accepts connections.'),
  needs: needs.default([]).describe('Services and processes that have to be ready before it starts.'),
  restart: z.enum(['on-failure', 'always', 'no']).default('on-failure').describe('When to start it again.'),
  once: z
    .boolean()
    .default(false)
    .describe('It runs to its end, such as a migration; ready when it has exited with 0.'),
  watch: z.array(nonEmpty('a glob')).default([]).describe('Globs, relative to its folder; a change restarts it.'),
  env: env.default({}).describe('Variables of this process alone. References such as ${db.url} are replaced.'),
  cwd: insideProject.default('.').describe('Folder inside the project to run it in.'),
});

const file = z
  .string()
  .regex(/^(?![/\\]|[A-Za-z]:)(?!(?:.*[/\\])?\.\.(?:[/\\]|$)).+$/, 'a file inside the project, relative to it')
  .regex(/\.(?:sql|ya?ml|json|m?[jt]s)$/, 'a seed file: .sql, .yaml, .json or .ts');

const dataEntry = z.strictObject({
  service: name.optional().describe('The Postgres that it is about. Default: the only one.'),
  migrate: z
    .strictObject({
      run: nonEmpty('a command').describe('Brings an empty database to the schema of the code.'),
      files: z
        .array(nonEmpty('a glob'))
        .default([])
        .describe('Globs of all that it reads: when one of them changes, the data is to be loaded anew.'),
    })
    .optional()
    .describe('Runs on an empty database, before the seed.'),
  seed: z
    .array(file)
    .default([])
    .describe('Files that fill the migrated database, in this order: SQL, descriptions in YAML, or TypeScript.'),
  allow: z
    .array(nonEmpty('a variable'))
    .default([])
    .describe('Variables that may lead to another database while migrations and seeds run.'),
  reset: z
    .string()
    .refine(isSchedule, `${SCHEDULE_WORDS.join(', ')}, or a line of cron such as "0 4 * * *"`)
    .optional()
    .describe(
      'When the data goes back to its baseline by itself, in the time zone of the machine: for shared environments.',
    ),
  redis: z
    .union([z.literal(false), z.array(name)])
    .optional()
    .describe(
      'Redis services whose keys go with the database. Default: all that don’t need it to start; of several databases the first whose seeds write keys, else the first.',
    ),
  spares: z
    .int('a whole number')
    .min(0, 'a number from 0 on')
    .max(10, 'a number up to 10')
    .default(2)
    .describe('How many copies wait for the next resets.'),
});

const hooks = z.strictObject({
  ready: nonEmpty('a command').optional().describe('Runs once everything is ready.'),
});

const guard = z.strictObject({
  allow: z
    .array(variableName)
    .default([])
    .describe(
      'Variables that may hold a live key of a provider that has no test keys. Of payments only --allow-live lets one in.',
    ),
});

/** Everything but the services, whose kind decides what their keys are. */
export const projectSchema = z.strictObject({
  $schema: z.string().optional().describe('Address of this schema, for editors.'),
  name: name.optional().describe('Name of the project. Default: its folder’s.'),
  runtime: z
    .enum(['docker', 'embedded'])
    .optional()
    .describe('Where services run. Default: docker where there is an engine, else embedded.'),
  services: z.record(name, z.unknown()).optional(),
  processes: z.record(name, processSchema.optional()).optional().describe('Commands of the app, run on the host.'),
  data: z
    .union([dataEntry, z.array(dataEntry)], 'has to be a group of keys, or a list of them')
    .optional()
    .describe('What a new database is filled with, and a reset goes back to. For several databases a list.'),
  mocks: mocksSchema.optional().describe('Stand-ins for outside services, with keys of their own.'),
  hooks: hooks.optional().describe('Commands that run at certain moments.'),
  guard: guard.optional().describe('What the guard against live keys lets in.'),
  env: env
    .optional()
    .describe('Variables for everything. ${db.url} is the address of a service, ${NAME:-default} another variable.'),
  environments: z
    .record(name, z.record(z.string(), z.unknown()).optional())
    .optional()
    .describe('What is different in a tier, such as preview or staging: merged over the rest, and null removes a key.'),
});

const kinds = [...Object.values(engineSchemas), imageSchema];

/** The whole configuration: what the JSON Schema is made from. */
export const configSchema = projectSchema.extend({
  services: z
    .record(name, z.union(kinds))
    .optional()
    .describe('Databases, caches and other servers that the app uses.'),
});
