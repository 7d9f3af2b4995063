import type Dockerode from 'dockerode';
import { UserError } from '../../core/errors.ts';
import type { Report } from '../../core/execute.ts';
import { onAbort } from '../../lib/on-abort.ts';
import { engineCall, engineMessage } from './connect.ts';

interface PullMessage {
  readonly id?: string;
  readonly status?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
  readonly error?: string;
}

/** Pulls an image and reports the bytes of all its layers together. */
export async function pullImage(docker: Dockerode, image: string, report: Report, signal: AbortSignal): Promise<void> {
  const stream = await pull(docker, image);
  const layers = new Map<string, { current: number; total: number }>();
  onAbort(signal, () => (stream as { destroy?: () => void }).destroy?.());
  await new Promise<void>((resolve, reject) => {
    const finished = (error: Error | null): void => (error ? reject(pullError(image, error)) : resolve());
    docker.modem.followProgress(stream, finished, (message: PullMessage) => {
      if (!message.id || !message.progressDetail?.total) return;
      layers.set(message.id, { current: message.progressDetail.current ?? 0, total: message.progressDetail.total });
      report(`pulling ${image}`, sum(layers, 'current'), sum(layers, 'total'));
    });
  });
}

async function pull(docker: Dockerode, image: string): Promise<NodeJS.ReadableStream> {
  try {
    return await engineCall(`pulling ${image}`, () => docker.pull(withTag(image)));
  } catch (error) {
    throw pullError(image, error instanceof UserError && error.cause instanceof Error ? error.cause : (error as Error));
  }
}

/** Without a tag the engine would pull every tag there is. */
function withTag(image: string): string {
  return /[:@][^/]*$/.test(image) ? image : `${image}:latest`;
}

function pullError(image: string, error: Error): UserError {
  return new UserError(`the image ${image} can't be pulled: ${engineMessage(error)}`, {
    hints: [`Is the name right? Try: docker pull ${image}. Private registries need a docker login first.`],
    cause: error,
  });
}

function sum(layers: ReadonlyMap<string, { current: number; total: number }>, part: 'current' | 'total'): number {
  return [...layers.values()].reduce((bytes, layer) => bytes + layer[part], 0);
}
