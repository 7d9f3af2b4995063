import type Dockerode from 'dockerode';
import { UserError } from '../../core/errors.ts';
import { Label } from '../../core/labels.ts';
import type { CopyWay } from '../../core/runtime.ts';
import { userId } from '../../lib/paths.ts';
import { processStart } from '../../lib/process-identity.ts';
import { engineCall } from './connect.ts';
import { serviceLogs } from './logs.ts';

export interface VolumeCopy {
  /** Of the service whose data it is: it is here already, and has a shell and cp(1). */
  readonly image: string;
  readonly from: string;
  readonly to: string;
  /** Where the image keeps data: else the engine would make a nameless volume for that. */
  readonly dataPath: string;
  /** What it is about, for the label of the helper. */
  readonly key: string;
  /** Wait until the copy is on the disk. */
  readonly durable: boolean;
}

const FROM = '/devenv-from';

/**
 * $1 to, $2 whether to flush. What a copy that was cut off left goes first. cp(1) doesn't say whether it cloned, so that
 * is tried with one file; the one of busybox may not know the flag. The last line says how, and how many kilobytes.
 */
const SCRIPT = `set -e
find "$1" -mindepth 1 -delete
way=copy
probe=$(find ${FROM} -type f -size +0 | head -n 1)
if cp --reflink=always "$probe" "$1/.reflink" 2>/dev/null; then way=reflink; fi
rm -f "$1/.reflink"
cp -a --reflink=auto ${FROM}/. "$1/" 2>/dev/null || cp -a ${FROM}/. "$1/"
if [ "$2" = flush ]; then sync -f "$1" 2>/dev/null || sync; fi
echo "$way $(du -sk "$1" | cut -f1)"`;

/**
 * Copies one volume into another with a helper container: nothing passes the engine's API, which took 1.0 s for 280 MB
 * where this took 0.4 s, and a file system that can clone blocks does.
 */
export async function copyVolume(
  docker: Dockerode,
  copy: VolumeCopy,
  signal?: AbortSignal,
): Promise<{ readonly way: CopyWay; readonly sizeBytes: number }> {
  const request = copyRequest(copy, await maker());
  const helper = await engineCall('copying data', () => docker.createContainer(request));
  try {
    await engineCall('copying data', () => helper.start());
    const { StatusCode } = await helper.wait(signal ? { abortSignal: signal } : {});
    const said: string[] = [];
    const log = serviceLogs(async () => helper, { follow: false }, signal ?? new AbortController().signal);
    for await (const { line } of log) said.push(line);
    const [, way, kilobytes] = /^(reflink|copy) (\d+)$/.exec(said.at(-1) ?? '') ?? [];
    if (StatusCode === 0 && way !== undefined) return { way: way as CopyWay, sizeBytes: Number(kilobytes) * 1024 };
    throw new UserError(`data could not be copied: ${said.at(-1) ?? `cp ended with exit code ${StatusCode}`}`);
  } finally {
    await helper.remove({ force: true, v: true }).catch(() => {});
  }
}

/** This devenv, for labels. */
export async function maker(): Promise<string> {
  return `${process.pid} ${await processStart(process.pid)}`;
}

function copyRequest(copy: VolumeCopy, by: string): Dockerode.ContainerCreateOptions {
  const { image, from, to, dataPath, key, durable } = copy;
  return {
    Image: image,
    Entrypoint: ['sh', '-c', SCRIPT, 'sh', dataPath, durable ? 'flush' : 'leave'],
    User: '0:0',
    // As for a template's container: what a devenv that was killed left is found by it.
    Labels: { [Label.template]: key, [Label.maker]: by, [Label.owner]: userId() },
    HostConfig: {
      NetworkMode: 'none',
      Mounts: [
        { Type: 'volume', Source: from, Target: FROM, ReadOnly: true, VolumeOptions: withoutContent() },
        { Type: 'volume', Source: to, Target: dataPath, VolumeOptions: withoutContent() },
      ],
    },
  };
}

/** Else the engine would fill an empty volume from the image. */
function withoutContent(): Dockerode.MountSettings['VolumeOptions'] {
  return { NoCopy: true, Labels: {}, DriverConfig: { Name: 'local', Options: {} } };
}
