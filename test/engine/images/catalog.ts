import type { Suite } from '../apt.ts';
import { nodeLayer } from './node-layer.ts';

/** Where a file or folder of an image comes from; paths of sources are relative to this folder or absolute. */
export interface LayerEntry {
  to: string;
  /** With neither `from` nor `link` the entry is an empty folder. */
  from?: string;
  /** Where a symbolic link points. */
  link?: string;
  mode?: number;
  uid?: number;
}

export interface ImageSpec {
  name: string;
  suite: Suite;
  /** On top of the suite's root file system, one list for each layer. */
  layers: LayerEntry[][];
  /** The image's runtime part, in the shape of the OCI image config. */
  config: {
    Env: string[];
    Cmd: string[];
    Entrypoint?: string[];
    ExposedPorts?: Record<string, object>;
    Volumes?: Record<string, object>;
    WorkingDir?: string;
    StopSignal?: string;
  };
}

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const IMAGES: ImageSpec[] = [
  postgres(15, 'bookworm'),
  postgres(17, 'trixie'),
  postgres(18, 'sid'),
  redis(7, 'bookworm'),
  redis(8, 'trixie'),
  node(),
  http(),
];

export function imageSpec(name: string): ImageSpec {
  const spec = IMAGES.find((image) => image.name === name);
  if (spec) return spec;
  throw new Error(`No recipe for the image ${name}; there is one for ${IMAGES.map((image) => image.name).join(', ')}.`);
}

function postgres(major: number, suite: Suite): ImageSpec {
  // The official image moved its data one folder up with 18, so that pg_upgrade can link files.
  const [volume, data] =
    major < 18
      ? ['/var/lib/postgresql/data', '/var/lib/postgresql/data']
      : ['/var/lib/postgresql', `/var/lib/postgresql/${major}/docker`];
  return {
    name: `postgres:${major}`,
    suite,
    layers: [
      [
        {
          to: 'usr/local/bin/docker-entrypoint.sh',
          from: 'postgres/docker-entrypoint.sh',
          mode: 0o755,
        },
      ],
    ],
    config: {
      Env: [`PATH=${PATH}:/usr/lib/postgresql/${major}/bin`, 'LANG=en_US.utf8', `PG_MAJOR=${major}`, `PGDATA=${data}`],
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['postgres'],
      ExposedPorts: { '5432/tcp': {} },
      Volumes: { [volume]: {} },
      StopSignal: 'SIGINT',
    },
  };
}

function redis(major: number, suite: Suite): ImageSpec {
  return {
    name: `redis:${major}`,
    suite,
    layers: [
      [
        {
          to: 'usr/local/bin/docker-entrypoint.sh',
          from: 'redis/docker-entrypoint.sh',
          mode: 0o755,
        },
        { to: 'etc/passwd', from: 'redis/passwd' },
        { to: 'etc/group', from: 'redis/group' },
        { to: 'data', uid: 999 },
      ],
    ],
    config: {
      Env: [`PATH=${PATH}`],
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['redis-server'],
      ExposedPorts: { '6379/tcp': {} },
      Volumes: { '/data': {} },
      WorkingDir: '/data',
    },
  };
}

function node(): ImageSpec {
  return {
    name: 'node:20',
    suite: 'bookworm',
    layers: [nodeLayer()],
    config: {
      Env: [`PATH=${PATH}`],
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['node'],
    },
  };
}

function http(): ImageSpec {
  return {
    name: 'devenv-test/http:1',
    suite: 'bookworm',
    layers: [nodeLayer(), [{ to: 'srv/server.mjs', from: 'http/server.mjs' }]],
    config: {
      Env: [`PATH=${PATH}`],
      Cmd: ['node', '/srv/server.mjs'],
      ExposedPorts: { '8025/tcp': {}, '1025/tcp': {} },
    },
  };
}
