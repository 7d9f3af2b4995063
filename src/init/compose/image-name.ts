import { engines } from '../../engines/index.ts';
import type { EngineName } from '../finding.ts';

/** What the name of an image tells. */
export interface ImageName {
  readonly engine: EngineName | undefined;
  /** A major that the engine knows; undefined where the tag doesn't tell. */
  readonly version: string | undefined;
  /** The image to keep: one with more in it than the engine's own, or from another registry. */
  readonly image: string | undefined;
  /** The major that the tag tells and the engine doesn't know. */
  readonly unknown: string | undefined;
}

/** Postgres with more in it. They start like the official image. */
const RICHER =
  /(^|\/)(pgvector\/pgvector|ankane\/pgvector|postgis\/postgis|imresamu\/postgis|timescale\/timescaledb(-ha)?|citusdata\/citus)$/;
/** The official images, wherever they are fetched from. */
const OFFICIAL = /^(?:(?:docker\.io|index\.docker\.io)\/)?(?:library\/)?(postgres|redis)$/;
/** The same server, packed in another way: the engine's own image takes its place. */
const REPACKED = /(^|\/)bitnami(?:legacy)?\/(postgresql|redis|valkey)$/;
const MIRRORED = /\/(?:library\/)(postgres|redis)$/;
const VALKEY = /(^|\/)valkey\/valkey$/;

export function readImageName(image: string): ImageName {
  const { repository, tag } = split(image);
  const official = OFFICIAL.exec(repository)?.[1];
  if (official) return named(official === 'postgres' ? 'postgres' : 'redis', tag, undefined);
  const repacked = REPACKED.exec(repository)?.[2];
  if (repacked) return named(repacked === 'postgresql' ? 'postgres' : 'redis', tag, undefined);
  if (RICHER.test(repository)) return named('postgres', tag, image);
  if (VALKEY.test(repository)) return named('redis', tag, image);
  const mirrored = MIRRORED.exec(repository)?.[1];
  if (mirrored) return named(mirrored === 'postgres' ? 'postgres' : 'redis', tag, image);
  return { engine: undefined, version: undefined, image, unknown: undefined };
}

function split(image: string): { readonly repository: string; readonly tag: string } {
  const [name = ''] = image.split('@');
  const [, repository = name, tag = ''] = /^(.*?)(?::([^/:]+))?$/.exec(name) ?? [];
  return { repository, tag };
}

/** `16.2-alpine`, `pg16`, `latest-pg16`, `16-3.4`, `16-master`. */
function named(engine: EngineName, tag: string, image: string | undefined): ImageName {
  const major = /(?:^|-)pg(\d+)/.exec(tag)?.[1] ?? /^v?(\d+)(?=[.-]|$)/.exec(tag)?.[1];
  const known: readonly string[] = engines[engine].versions;
  const version = known.includes(major ?? '') ? major : undefined;
  return { engine, version, image, unknown: version === undefined ? major : undefined };
}
