import { createInterface } from 'node:readline';
import { PassThrough, type Readable } from 'node:stream';
import type Dockerode from 'dockerode';
import type { LogLine, LogOptions } from '../../core/runtime.ts';
import { onAbort } from '../../lib/on-abort.ts';

/** The lines of a container, oldest first. The two streams are merged in the order in which they arrive. */
export async function* containerLogs(
  container: Dockerode.Container,
  options: LogOptions,
  signal: AbortSignal,
): AsyncIterable<LogLine> {
  const merged = new PassThrough();
  let open = 2;
  const ended = (): void => {
    open -= 1;
    if (open === 0) merged.end();
  };
  const out = tagged('o', merged, ended);
  const err = tagged('e', merged, ended);
  const raw = await rawStream(container, options);
  // A last line may have no end.
  const end = (): void => {
    out.end();
    err.end();
  };
  raw.on('end', end).on('close', end).on('error', end);
  container.modem.demuxStream(raw, out, err);
  onAbort(signal, () => raw.destroy());
  for await (const line of createInterface({ input: merged, crlfDelay: Number.POSITIVE_INFINITY })) {
    yield parse(line);
  }
}

async function rawStream(container: Dockerode.Container, options: LogOptions): Promise<Readable> {
  const common = {
    stdout: true,
    stderr: true,
    timestamps: true,
    ...(options.since ? { since: Date.parse(options.since) / 1000 } : {}),
    ...(options.tail === undefined ? {} : { tail: options.tail }),
  };
  if (options.follow) return (await container.logs({ ...common, follow: true })) as unknown as Readable;
  const all = await container.logs({ ...common, follow: false });
  const stream = new PassThrough();
  // In the next turn: the listeners have to be there first.
  setImmediate(() => stream.end(all));
  return stream;
}

/** Cuts one stream into lines and marks them, so that both can share one pipe without mixing inside a line. */
function tagged(mark: 'o' | 'e', into: PassThrough, ended: () => void): PassThrough {
  const stream = new PassThrough();
  createInterface({ input: stream })
    .on('line', (line) => into.write(`${mark}${line}\n`))
    .on('close', ended);
  return stream;
}

function parse(line: string): LogLine {
  const stream = line.startsWith('e') ? 'err' : 'out';
  const space = line.indexOf(' ');
  const time = line.slice(1, space);
  if (space < 0 || Number.isNaN(Date.parse(time))) return { stream, time: null, line: line.slice(1) };
  return { stream, time: new Date(time).toISOString(), line: line.slice(space + 1) };
}
