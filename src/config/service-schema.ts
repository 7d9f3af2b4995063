import * as z from 'zod';
import type { Engine } from '../engines/engine.ts';
import { engines } from '../engines/index.ts';
import { commandList, env, needs, nonEmpty, port, READY_SECONDS, seconds } from './fields.ts';

/** Keys of every service. */
const common = {
  env: env.optional().describe('Variables of the container or server. References such as ${cache.url} are replaced.'),
  volumes: z
    .array(z.string().regex(VOLUME(), 'a mount: name:/path or ./folder:/path, with :ro at the end for reading only'))
    .optional()
    .describe(
      'Mounts: `name:/path` for a named volume, `./folder:/path` for a folder of the project, `:ro` read only.',
    ),
  command: commandList
    .optional()
    .describe('Arguments instead of the image’s own; for an engine, further arguments of its server.'),
  needs: needs.optional().describe('Services that have to be ready before this one starts.'),
};

const timeout = seconds.optional().describe(`Seconds to wait. Default: ${READY_SECONDS}.`);

const ready = z.strictObject({
  http: z
    .string()
    .regex(/^([a-z][a-z0-9-]*)?\/\S*$/, 'a port name and a path, as in `web/health`')
    .optional()
    .describe('Port name and path that answer with a status below 400, as in `web/health`.'),
  tcp: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'the name of a port')
    .optional()
    .describe('Name of a port that accepts connections.'),
  timeout,
});

const portName = z
  .string()
  .regex(
    /^(?!(?:url|host|port)$)[a-z][a-z0-9-]{0,30}$/,
    'a port name: lower-case letters, digits and -; not url, host or port',
  );

/** A service that is any image: nothing is known about what runs in it. */
export const imageSchema = z
  .strictObject({
    engine: z.never().optional().describe('An image has none.'),
    image: nonEmpty('the name of an image').describe('The image to run, such as axllent/mailpit:v1.20.'),
    ports: z
      .record(portName, port.optional())
      .optional()
      .describe('Ports inside the container by name; ${mail.web} is the address of the one named web.'),
    ready: ready.optional().describe('How to see that it is ready. Default: its first port accepts connections.'),
    ...common,
  })
  .describe('Any image.');

/** A service of an engine that devenv knows; by the engine's name. */
export const engineSchemas: Readonly<Record<string, z.ZodObject>> = Object.fromEntries(
  Object.values(engines).map((engine) => [
    engine.name,
    z
      .strictObject({
        engine: z.literal(engine.name).describe(`The engine: ${engine.name}.`),
        version: majorOf(engine.name, engine.versions).optional().describe('Major version. Default: the newest.'),
        image: nonEmpty('the name of an image')
          .optional()
          .describe('Image instead of the engine’s own, such as one with more extensions.'),
        port: port.optional().describe('Preferred port on the host. Default: a free one, kept for this checkout.'),
        ready: z.strictObject({ timeout }).optional().describe('How long it may take until it answers a query.'),
        program: nonEmpty('a path').optional().describe('Your own server program, for running without Docker.'),
        ...common,
        ...engine.settings,
      })
      .describe(`A ${engine.name} server.`),
  ]),
);

/** All keys that any service may have: checks what can be checked of one whose kind isn't known. */
export const anyServiceSchema = z.strictObject({
  ...keysOfAny(),
  engine: z.unknown().optional(),
  version: z.unknown().optional(),
});

/** Of a key that an engine and an image have the image's schema, which takes more; where engines differ, anything. */
function keysOfAny(): Record<string, z.ZodType> {
  const own = Object.values<Engine>(engines).flatMap((engine) => Object.keys(engine.settings));
  const shared = new Set(own.filter((key, index) => own.indexOf(key) !== index));
  const entries = [...Object.values(engineSchemas), imageSchema].flatMap((schema) => Object.entries(schema.shape));
  return Object.fromEntries(
    entries.map(([key, schema]) => [key, (shared.has(key) ? z.unknown() : (schema as z.ZodType)).optional()]),
  );
}

function majorOf(engine: string, versions: readonly string[]) {
  const error = (issue: { input?: unknown }) => versionMessage(engine, versions, String(issue.input));
  return z.union([z.enum(versions), z.literal(versions.map(Number))], { error }).transform(String);
}

function versionMessage(engine: string, versions: readonly string[], given: string): string {
  const known = `known majors: ${versions[0]}–${versions.at(-1)}`;
  const major = /^v?(\d+)[.-]/.exec(given)?.[1];
  if (major === undefined) return `${engine} ${given} is not known; ${known}`;
  const meant = versions.includes(major) ? `write ${major}` : known;
  return `${engine} ${given} is more than a major version; ${meant}, or name an exact \`image\``;
}

function VOLUME(): RegExp {
  const name = '[a-zA-Z0-9][\\w.-]*';
  // A folder of the project: no step leads up and out of it.
  const folder = '\\.(?:\\/(?!\\.\\.(?:\\/|:))[^:/]*)*';
  return new RegExp(`^(?:${name}|${folder}):\\/[^:]*(?::ro)?$`);
}
